-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "faq";

-- CreateEnum
CREATE TYPE "faq"."faq_status" AS ENUM ('DRAFT', 'PUBLISHED', 'ARCHIVED');

-- CreateTable
CREATE TABLE "faq"."categories" (
    "slug" TEXT NOT NULL,
    "names" JSONB NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "faq"."entries" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "status" "faq"."faq_status" NOT NULL DEFAULT 'DRAFT',
    "category_slug" TEXT NOT NULL,
    "original_language" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "faq"."translations" (
    "faq_id" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "keywords" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "search" tsvector GENERATED ALWAYS AS (search.document(question, keywords, answer)) STORED,
    "phrases" TEXT GENERATED ALWAYS AS (search.phrases(question, keywords)) STORED,
    "wordings" TEXT[] GENERATED ALWAYS AS (search.wordings(question, keywords)) STORED,

    CONSTRAINT "translations_pkey" PRIMARY KEY ("faq_id","language")
);

-- CreateTable
CREATE TABLE "faq"."ratings" (
    "faq_id" TEXT NOT NULL,
    "rater" TEXT NOT NULL,
    "is_helpful" BOOLEAN NOT NULL,
    "session_id" TEXT,
    "rated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ratings_pkey" PRIMARY KEY ("faq_id","rater")
);

-- CreateIndex
CREATE UNIQUE INDEX "entries_slug_key" ON "faq"."entries"("slug");

-- CreateIndex
CREATE INDEX "entries_category_slug_idx" ON "faq"."entries"("category_slug");

-- CreateIndex
CREATE INDEX "translations_search_idx" ON "faq"."translations" USING GIN ("search");

-- CreateIndex
CREATE INDEX "translations_phrases_idx" ON "faq"."translations" USING GIN ("phrases" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "faq"."entries" ADD CONSTRAINT "entries_category_slug_fkey" FOREIGN KEY ("category_slug") REFERENCES "faq"."categories"("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq"."translations" ADD CONSTRAINT "translations_faq_id_fkey" FOREIGN KEY ("faq_id") REFERENCES "faq"."entries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq"."ratings" ADD CONSTRAINT "ratings_faq_id_fkey" FOREIGN KEY ("faq_id") REFERENCES "faq"."entries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What customers can find.
CREATE VIEW "faq"."searchable" AS
SELECT "translation"."faq_id" AS "id", "translation"."search", "translation"."phrases", "translation"."wordings"
FROM "faq"."translations" AS "translation"
JOIN "faq"."entries" AS "entry" ON "entry"."id" = "translation"."faq_id"
WHERE "entry"."status" = 'PUBLISHED';

-- How useful entries are: the lower bound of Wilson's 95 % interval for the share of helpful ratings, so that one single
-- rating does not lead the list. Lists are ordered by it; subgraphs/faq refreshes it in the background.
CREATE MATERIALIZED VIEW "faq"."popular" AS
SELECT
  "entry"."id" AS "faq_id",
  CASE WHEN "count"."all" = 0 THEN 0 ELSE
    round((("count"."helpful" + 1.9208) / "count"."all"
      - 1.96 * sqrt("count"."helpful" * ("count"."all" - "count"."helpful")::numeric / "count"."all" + 0.9604) / "count"."all")
      / (1 + 3.8416 / "count"."all"), 4)
  END::double precision AS "usefulness"
FROM "faq"."entries" AS "entry"
CROSS JOIN LATERAL (
  SELECT count(*) AS "all", count(*) FILTER (WHERE "rating"."is_helpful") AS "helpful"
  FROM "faq"."ratings" AS "rating" WHERE "rating"."faq_id" = "entry"."id"
) AS "count";

CREATE UNIQUE INDEX "popular_faq_id_key" ON "faq"."popular"("faq_id");
