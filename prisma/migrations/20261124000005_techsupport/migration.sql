-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "techsupport";

-- CreateEnum
CREATE TYPE "techsupport"."guide_ending" AS ENUM ('SOLVED', 'NOT_SOLVED');

-- CreateTable
CREATE TABLE "techsupport"."guides" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "original_language" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guides_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "techsupport"."guide_translations" (
    "guide_id" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "symptoms" TEXT NOT NULL,
    "keywords" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "search" tsvector GENERATED ALWAYS AS (search.document(title, keywords, symptoms)) STORED,
    "phrases" TEXT GENERATED ALWAYS AS (search.phrases(title, keywords)) STORED,
    "wordings" TEXT[] GENERATED ALWAYS AS (search.wordings(title, keywords)) STORED,

    CONSTRAINT "guide_translations_pkey" PRIMARY KEY ("guide_id","language")
);

-- CreateTable
CREATE TABLE "techsupport"."guide_steps" (
    "guide_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "ending" "techsupport"."guide_ending",

    CONSTRAINT "guide_steps_pkey" PRIMARY KEY ("guide_id","key")
);

-- CreateTable
CREATE TABLE "techsupport"."guide_step_translations" (
    "guide_id" TEXT NOT NULL,
    "step_key" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "instruction" TEXT NOT NULL,

    CONSTRAINT "guide_step_translations_pkey" PRIMARY KEY ("guide_id","step_key","language")
);

-- CreateTable
CREATE TABLE "techsupport"."guide_choices" (
    "guide_id" TEXT NOT NULL,
    "step_key" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "labels" JSONB NOT NULL,
    "next_step_key" TEXT NOT NULL,

    CONSTRAINT "guide_choices_pkey" PRIMARY KEY ("guide_id","step_key","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "guides_slug_key" ON "techsupport"."guides"("slug");

-- CreateIndex
CREATE INDEX "guide_translations_search_idx" ON "techsupport"."guide_translations" USING GIN ("search");

-- CreateIndex
CREATE INDEX "guide_translations_phrases_idx" ON "techsupport"."guide_translations" USING GIN ("phrases" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "techsupport"."guide_translations" ADD CONSTRAINT "guide_translations_guide_id_fkey" FOREIGN KEY ("guide_id") REFERENCES "techsupport"."guides"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "techsupport"."guide_steps" ADD CONSTRAINT "guide_steps_guide_id_fkey" FOREIGN KEY ("guide_id") REFERENCES "techsupport"."guides"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "techsupport"."guide_step_translations" ADD CONSTRAINT "guide_step_translations_guide_id_step_key_fkey" FOREIGN KEY ("guide_id", "step_key") REFERENCES "techsupport"."guide_steps"("guide_id", "key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "techsupport"."guide_choices" ADD CONSTRAINT "guide_choices_guide_id_step_key_fkey" FOREIGN KEY ("guide_id", "step_key") REFERENCES "techsupport"."guide_steps"("guide_id", "key") ON DELETE CASCADE ON UPDATE CASCADE;

-- What customers can find.
CREATE VIEW "techsupport"."searchable" AS
SELECT "guide_id" AS "id", "search", "phrases", "wordings" FROM "techsupport"."guide_translations";
