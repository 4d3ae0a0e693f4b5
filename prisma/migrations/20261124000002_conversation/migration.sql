-- Sessions and all that is said and done in them. Made by `prisma migrate diff`; then `messages` was partitioned, and
-- what Prisma cannot say was added at the end: partial indexes and the functions of the hot paths.

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "conversation";

-- CreateEnum
CREATE TYPE "conversation"."session_status" AS ENUM ('ACTIVE', 'WAITING_FOR_STAFF', 'WITH_STAFF', 'CLOSED');

-- CreateEnum
CREATE TYPE "conversation"."channel" AS ENUM ('WEB', 'MOBILE', 'API', 'EMAIL');

-- CreateEnum
CREATE TYPE "conversation"."author_kind" AS ENUM ('CUSTOMER', 'ASSISTANT', 'STAFF', 'SYSTEM');

-- CreateEnum
CREATE TYPE "conversation"."message_status" AS ENUM ('STREAMING', 'COMPLETE', 'INCOMPLETE');

-- CreateEnum
CREATE TYPE "conversation"."agent_kind" AS ENUM ('ROUTER', 'FAQ', 'ORDERS', 'REFUNDS', 'TECHSUPPORT', 'HANDOFF');

-- CreateEnum
CREATE TYPE "conversation"."intent" AS ENUM ('FAQ', 'ORDER', 'REFUND', 'TECHNICAL', 'HUMAN', 'CHITCHAT', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "conversation"."routing_method" AS ENUM ('RULES', 'CLASSIFIER', 'CACHE', 'MODEL', 'FALLBACK');

-- CreateEnum
CREATE TYPE "conversation"."turn_status" AS ENUM ('QUEUED', 'RUNNING', 'AWAITING_CONFIRMATION', 'COMPLETED', 'HANDED_OFF', 'CANCELLED', 'FAILED');

-- CreateEnum
CREATE TYPE "conversation"."turn_failure_code" AS ENUM ('MODEL_TIMEOUT', 'MODEL_UNAVAILABLE', 'CONTENT_REFUSED', 'BUDGET_EXHAUSTED', 'INTERNAL');

-- CreateEnum
CREATE TYPE "conversation"."route_status" AS ENUM ('QUEUED', 'RUNNING', 'ANSWERED', 'HANDED_OFF', 'CANCELLED', 'FAILED');

-- CreateEnum
CREATE TYPE "conversation"."tool_call_status" AS ENUM ('RUNNING', 'SUCCEEDED', 'FAILED');

-- CreateEnum
CREATE TYPE "conversation"."handoff_status" AS ENUM ('QUEUED', 'CLAIMED', 'RESOLVED', 'ABANDONED');

-- CreateEnum
CREATE TYPE "conversation"."handoff_reason" AS ENUM ('CUSTOMER_ASKED', 'OUT_OF_SCOPE', 'LOW_CONFIDENCE', 'UPSET', 'APPROVAL_NEEDED', 'SYSTEM');

-- CreateEnum
CREATE TYPE "conversation"."priority" AS ENUM ('LOW', 'NORMAL', 'HIGH', 'URGENT');

-- CreateTable
CREATE TABLE "conversation"."sessions" (
    "id" TEXT NOT NULL,
    "status" "conversation"."session_status" NOT NULL DEFAULT 'ACTIVE',
    "channel" "conversation"."channel" NOT NULL,
    "language" TEXT,
    "title" TEXT,
    "customer_id" TEXT,
    "customer_name" TEXT,
    "api_client_id" TEXT,
    "opened_by" TEXT NOT NULL,
    "start_digest" TEXT NOT NULL,
    "failed_verifications" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation"."messages" (
    "id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "turn_id" TEXT,
    "author_kind" "conversation"."author_kind" NOT NULL,
    "author_name" TEXT NOT NULL,
    "author_avatar" TEXT,
    "status" "conversation"."message_status" NOT NULL,
    "parts" JSONB NOT NULL DEFAULT '[]',
    "client_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "announced" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id","created_at")
) PARTITION BY RANGE ("created_at");

-- CreateTable
CREATE TABLE "conversation"."message_keys" (
    "session_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "text_digest" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "turn_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_keys_pkey" PRIMARY KEY ("session_id","key")
);

-- CreateTable
CREATE TABLE "conversation"."turns" (
    "id" TEXT NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "session_id" TEXT NOT NULL,
    "request_id" TEXT,
    "reply_id" TEXT,
    "status" "conversation"."turn_status" NOT NULL DEFAULT 'QUEUED',
    "stream_cursor" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "deadline_at" TIMESTAMPTZ(3),
    "routed_at" TIMESTAMPTZ(3),
    "method" "conversation"."routing_method",
    "model" TEXT,
    "confidence" DOUBLE PRECISION,
    "reason" TEXT,
    "entities" JSONB NOT NULL DEFAULT '[]',
    "latency_ms" INTEGER,
    "failure_code" "conversation"."turn_failure_code",
    "failure_retryable" BOOLEAN,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "announced" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "turns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation"."routes" (
    "id" TEXT NOT NULL,
    "turn_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "agent" "conversation"."agent_kind" NOT NULL,
    "intent" "conversation"."intent" NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "excerpt" TEXT,
    "status" "conversation"."route_status" NOT NULL DEFAULT 'QUEUED',
    "generation" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "parts" JSONB NOT NULL DEFAULT '[]',
    "first_text_at" TIMESTAMPTZ(3),
    "failure_code" "conversation"."turn_failure_code",
    "failure_retryable" BOOLEAN,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "routes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation"."tool_calls" (
    "id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "turn_id" TEXT NOT NULL,
    "route_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "agent" "conversation"."agent_kind" NOT NULL,
    "status" "conversation"."tool_call_status" NOT NULL DEFAULT 'RUNNING',
    "arguments" JSONB NOT NULL,
    "result" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "tool_calls_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation"."handoffs" (
    "id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "status" "conversation"."handoff_status" NOT NULL DEFAULT 'QUEUED',
    "reason" "conversation"."handoff_reason" NOT NULL,
    "priority" "conversation"."priority" NOT NULL,
    "team" TEXT NOT NULL,
    "summary" TEXT,
    "message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "announced" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "handoffs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sessions_updated_at_id_idx" ON "conversation"."sessions"("updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_customer_id_updated_at_id_idx" ON "conversation"."sessions"("customer_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_api_client_id_updated_at_id_idx" ON "conversation"."sessions"("api_client_id", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "sessions_opened_by_updated_at_id_idx" ON "conversation"."sessions"("opened_by", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "messages_session_id_id_idx" ON "conversation"."messages"("session_id", "id");

-- CreateIndex
CREATE INDEX "turns_session_id_position_idx" ON "conversation"."turns"("session_id", "position");

-- CreateIndex
CREATE INDEX "routes_session_id_intent_idx" ON "conversation"."routes"("session_id", "intent");

-- CreateIndex
CREATE UNIQUE INDEX "routes_turn_id_number_key" ON "conversation"."routes"("turn_id", "number");

-- CreateIndex
CREATE INDEX "tool_calls_turn_id_id_idx" ON "conversation"."tool_calls"("turn_id", "id");

-- CreateIndex
CREATE INDEX "handoffs_session_id_id_idx" ON "conversation"."handoffs"("session_id", "id");

-- AddForeignKey
ALTER TABLE "conversation"."messages" ADD CONSTRAINT "messages_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "conversation"."sessions"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "conversation"."message_keys" ADD CONSTRAINT "message_keys_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "conversation"."sessions"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "conversation"."turns" ADD CONSTRAINT "turns_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "conversation"."sessions"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "conversation"."routes" ADD CONSTRAINT "routes_turn_id_fkey" FOREIGN KEY ("turn_id") REFERENCES "conversation"."turns"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "conversation"."tool_calls" ADD CONSTRAINT "tool_calls_turn_id_fkey" FOREIGN KEY ("turn_id") REFERENCES "conversation"."turns"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "conversation"."handoffs" ADD CONSTRAINT "handoffs_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "conversation"."sessions"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Rows that fit no month (a clock far off, or the job that makes partitions did not run) are caught here and moved later.
CREATE TABLE "conversation"."messages_default" PARTITION OF "conversation"."messages" DEFAULT;

-- What workers and sweeps look for: few rows at any time, whatever the tables hold.
CREATE INDEX "turns_waiting_idx" ON "conversation"."turns" ("position") WHERE "finished_at" IS NULL AND "routed_at" IS NULL;
CREATE INDEX "turns_unfinished_idx" ON "conversation"."turns" ("session_id", "position") WHERE "finished_at" IS NULL;
CREATE INDEX "turns_unannounced_idx" ON "conversation"."turns" ("finished_at") WHERE NOT "announced" AND "finished_at" IS NOT NULL;
CREATE INDEX "routes_unfinished_idx" ON "conversation"."routes" ("agent", "created_at") WHERE "finished_at" IS NULL;
CREATE INDEX "messages_unannounced_idx" ON "conversation"."messages" ("created_at") WHERE NOT "announced";
CREATE INDEX "handoffs_unannounced_idx" ON "conversation"."handoffs" ("created_at") WHERE NOT "announced";
CREATE INDEX "handoffs_queue_idx" ON "conversation"."handoffs" ("team", "priority" DESC, "id") WHERE "status" = 'QUEUED';

-- A session's turns run one at a time, and one handoff of a session is under way.
CREATE UNIQUE INDEX "turns_running_key" ON "conversation"."turns" ("session_id") WHERE "status" = 'RUNNING';
CREATE UNIQUE INDEX "handoffs_open_key" ON "conversation"."handoffs" ("session_id") WHERE "status" IN ('QUEUED', 'CLAIMED');

-- A turn is finished exactly when its status says so.
ALTER TABLE "conversation"."turns" ADD CONSTRAINT "turns_finished_check"
  CHECK (("finished_at" IS NULL) = ("status" IN ('QUEUED', 'RUNNING')));
ALTER TABLE "conversation"."routes" ADD CONSTRAINT "routes_finished_check"
  CHECK (("finished_at" IS NULL) = ("status" IN ('QUEUED', 'RUNNING')));
ALTER TABLE "conversation"."sessions" ADD CONSTRAINT "sessions_closed_check"
  CHECK (("closed_at" IS NULL) = ("status" <> 'CLOSED'));

-- Makes the partitions of `months` months (UTC) from the one of `first`, moving in rows that the default partition caught.
-- Answers how many it made. Safe to call at any time, by several at once; gives up rather than hold up readers for long.
CREATE FUNCTION "conversation"."make_message_partitions"("first" timestamptz, "months" integer) RETURNS integer
LANGUAGE plpgsql SET lock_timeout = '3s' AS $$
DECLARE
  starts timestamptz;
  ends timestamptz;
  partition text;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('conversation.make_message_partitions'));
  FOR month IN 0 .. months - 1 LOOP
    starts := (date_trunc('month', first AT TIME ZONE 'UTC') + make_interval(months => month)) AT TIME ZONE 'UTC';
    ends := (date_trunc('month', first AT TIME ZONE 'UTC') + make_interval(months => month + 1)) AT TIME ZONE 'UTC';
    partition := 'messages_' || to_char(starts AT TIME ZONE 'UTC', 'YYYY_MM');
    CONTINUE WHEN to_regclass(format('conversation.%I', partition)) IS NOT NULL;
    -- Before any row moves: a reader must not find the rows gone from the default partition and not yet in the new one.
    LOCK TABLE conversation.messages IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE conversation.%I (LIKE conversation.messages INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    EXECUTE format(
      'WITH moved AS (DELETE FROM conversation.messages_default WHERE created_at >= %L AND created_at < %L RETURNING *)
       INSERT INTO conversation.%I SELECT * FROM moved', starts, ends, partition);
    EXECUTE format('ALTER TABLE conversation.messages ATTACH PARTITION conversation.%I FOR VALUES FROM (%L) TO (%L)',
      partition, starts, ends);
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;

-- Closes a turn whose routes have all finished: status by precedence, reply made of the routes' parts in their order.
-- Answers the status it closed with, or null if it is closed already or routes are still at work. Each statement in here
-- sees what was committed before it, so of two routes that finish at once the one that gets the lock last closes.
CREATE FUNCTION "conversation"."close_turn"("turn" text) RETURNS "conversation"."turn_status"
LANGUAGE plpgsql AS $$
DECLARE
  closing conversation.turns%ROWTYPE;
  failed conversation.routes%ROWTYPE;
  outcome conversation.turn_status;
  reply jsonb;
BEGIN
  SELECT * INTO closing FROM conversation.turns t WHERE t.id = turn AND t.finished_at IS NULL FOR UPDATE;
  IF NOT FOUND OR EXISTS (SELECT FROM conversation.routes r WHERE r.turn_id = turn AND r.finished_at IS NULL) THEN
    RETURN NULL;
  END IF;

  SELECT CASE
      WHEN closing.cancelled_at IS NOT NULL THEN 'CANCELLED'
      WHEN count(*) = 0 OR bool_or(r.status = 'HANDED_OFF') THEN 'HANDED_OFF'
      WHEN bool_or(r.status = 'ANSWERED') THEN 'COMPLETED'
      ELSE 'FAILED'
    END INTO outcome
    FROM conversation.routes r WHERE r.turn_id = turn;
  IF outcome = 'FAILED' THEN
    SELECT * INTO failed FROM conversation.routes r WHERE r.turn_id = turn AND r.status = 'FAILED' ORDER BY r.number LIMIT 1;
  END IF;

  SELECT jsonb_agg(numbered.part || jsonb_build_object('index', numbered.place - 1) ORDER BY numbered.place) INTO reply
    FROM (
      SELECT p.part, row_number() OVER (ORDER BY r.number, p.place) AS place
        FROM conversation.routes r, jsonb_array_elements(r.parts) WITH ORDINALITY AS p (part, place)
        WHERE r.turn_id = turn
    ) numbered;
  IF reply IS NULL THEN
    DELETE FROM conversation.messages m WHERE m.id = closing.reply_id AND m.created_at >= closing.created_at;
  ELSE
    UPDATE conversation.messages m
      SET parts = reply,
          status = (CASE WHEN outcome IN ('CANCELLED', 'FAILED') THEN 'INCOMPLETE' ELSE 'COMPLETE' END)::conversation.message_status
      WHERE m.id = closing.reply_id AND m.created_at >= closing.created_at;
  END IF;

  UPDATE conversation.turns t
    SET status = outcome,
        finished_at = clock_timestamp(),
        lease_until = NULL,
        reply_id = CASE WHEN reply IS NULL THEN NULL ELSE t.reply_id END,
        failure_code = failed.failure_code,
        failure_retryable = failed.failure_retryable
    WHERE t.id = turn;
  -- Tools of a worker that died or was stopped.
  UPDATE conversation.tool_calls c SET status = 'FAILED', finished_at = clock_timestamp() WHERE c.turn_id = turn AND c.status = 'RUNNING';
  UPDATE conversation.sessions s SET updated_at = clock_timestamp() WHERE s.id = closing.session_id;
  PERFORM pg_notify('conversation_settled', turn);
  PERFORM pg_notify('conversation_turns', '')
    FROM conversation.turns t WHERE t.session_id = closing.session_id AND t.finished_at IS NULL LIMIT 1;
  RETURN outcome;
END $$;

-- Finishes one route for the worker that holds it, and closes the turn if it was the last. `finished` is false if the
-- worker was fenced off: then nothing is changed.
CREATE FUNCTION "conversation"."finish_route"(
  "route" text, "turn" text, "route_generation" integer, "turn_generation" integer,
  "outcome" "conversation"."route_status", "written" jsonb, "text_since" timestamptz,
  "code" "conversation"."turn_failure_code", "retryable" boolean,
  OUT "finished" boolean, OUT "closed" "conversation"."turn_status"
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM conversation.turns t
    WHERE t.id = turn AND t.generation = turn_generation AND t.finished_at IS NULL FOR UPDATE;
  finished := FOUND;
  IF NOT finished THEN RETURN; END IF;
  UPDATE conversation.routes r
    SET status = outcome, parts = written, failure_code = code, failure_retryable = retryable,
        first_text_at = coalesce(r.first_text_at, text_since), finished_at = clock_timestamp(), lease_until = NULL
    WHERE r.id = route AND r.turn_id = turn AND r.generation = route_generation AND r.finished_at IS NULL;
  finished := FOUND;
  IF finished THEN closed := conversation.close_turn(turn); END IF;
END $$;

SELECT "conversation"."make_message_partitions"(now(), 3);
