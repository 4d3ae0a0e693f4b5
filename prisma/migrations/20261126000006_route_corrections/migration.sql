-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "router";

-- CreateTable
CREATE TABLE "router"."route_corrections" (
    "turn_id" TEXT NOT NULL,
    "intents" "conversation"."intent"[],
    "corrected_by" TEXT NOT NULL,
    "corrected_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "route_corrections_pkey" PRIMARY KEY ("turn_id")
);

-- CreateIndex
CREATE INDEX "route_corrections_corrected_at_turn_id_idx" ON "router"."route_corrections"("corrected_at", "turn_id");
