-- What models were asked, what was spent on it, and limits on spending. Made by `prisma migrate diff`.

-- CreateEnum
CREATE TYPE "router"."budget_period" AS ENUM ('DAY', 'MONTH');

-- CreateEnum
CREATE TYPE "router"."budget_action" AS ENUM ('WARN', 'DOWNGRADE', 'HANDOFF');

-- CreateTable
CREATE TABLE "router"."model_calls" (
    "id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "session_id" TEXT,
    "turn_id" TEXT,
    "agent" "conversation"."agent_kind" NOT NULL,
    "intent" "conversation"."intent",
    "channel" "conversation"."channel",
    "customer_id" TEXT,
    "api_client_id" TEXT,
    "model" TEXT,
    "input_tokens" INTEGER NOT NULL DEFAULT 0,
    "cache_read_tokens" INTEGER NOT NULL DEFAULT 0,
    "cache_write_tokens" INTEGER NOT NULL DEFAULT 0,
    "output_tokens" INTEGER NOT NULL DEFAULT 0,
    "cost_nano_usd" BIGINT,
    "price_version" TEXT NOT NULL,
    "saved_nano_usd" BIGINT,
    "ms" INTEGER NOT NULL DEFAULT 0,
    "first_token_ms" INTEGER,

    CONSTRAINT "model_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "router"."day_spending" (
    "day" DATE NOT NULL,
    "agent" "conversation"."agent_kind" NOT NULL,
    "shard" INTEGER NOT NULL,
    "nano_usd" BIGINT NOT NULL,

    CONSTRAINT "day_spending_pkey" PRIMARY KEY ("day","agent","shard")
);

-- CreateTable
CREATE TABLE "router"."budgets" (
    "id" TEXT NOT NULL,
    "period" "router"."budget_period" NOT NULL,
    "agent" "conversation"."agent_kind",
    "limit_nano_usd" BIGINT NOT NULL,
    "action" "router"."budget_action" NOT NULL,
    "told_for" DATE,

    CONSTRAINT "budgets_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "model_calls_occurred_at_idx" ON "router"."model_calls"("occurred_at");

-- CreateIndex
CREATE INDEX "model_calls_session_id_idx" ON "router"."model_calls"("session_id");

-- CreateIndex
CREATE INDEX "model_calls_turn_id_idx" ON "router"."model_calls"("turn_id");

-- CreateIndex
CREATE INDEX "model_calls_customer_id_occurred_at_idx" ON "router"."model_calls"("customer_id", "occurred_at");
