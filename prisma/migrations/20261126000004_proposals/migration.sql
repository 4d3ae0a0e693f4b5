-- Actions that agents propose and customers agree to. Made by `prisma migrate diff`; then what Prisma cannot say was
-- added at the end: partial indexes, checks, and the functions that end routes and turns.

-- CreateEnum
CREATE TYPE "conversation"."action_kind" AS ENUM ('CANCEL_ORDER', 'UPDATE_ORDER_ADDRESS', 'UPDATE_ORDER_ITEMS', 'UPDATE_ORDER_PAYMENT', 'UPDATE_CUSTOMER_ADDRESS', 'REQUEST_RETURN', 'REQUEST_EXCHANGE', 'REQUEST_REFUND', 'OPEN_TICKET');

-- CreateEnum
CREATE TYPE "conversation"."action_status" AS ENUM ('PENDING', 'CONFIRMED', 'EXECUTED', 'FAILED', 'DECLINED', 'EXPIRED');

-- AlterTable
ALTER TABLE "conversation"."turns" ADD COLUMN     "action_id" TEXT;

-- CreateTable
CREATE TABLE "conversation"."proposals" (
    "id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "turn_id" TEXT NOT NULL,
    "route_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "agent" "conversation"."agent_kind" NOT NULL,
    "intent" "conversation"."intent" NOT NULL,
    "kind" "conversation"."action_kind" NOT NULL,
    "title" TEXT NOT NULL,
    "lines" JSONB NOT NULL,
    "order_id" TEXT,
    "customer_id" TEXT,
    "wish" JSONB NOT NULL,
    "status" "conversation"."action_status" NOT NULL DEFAULT 'PENDING',
    "asked_after" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "announced" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "proposals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "proposals_turn_id_id_idx" ON "conversation"."proposals"("turn_id", "id");

-- AddForeignKey
ALTER TABLE "conversation"."proposals" ADD CONSTRAINT "proposals_turn_id_fkey" FOREIGN KEY ("turn_id") REFERENCES "conversation"."turns"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Few rows at any time, whatever the tables hold.
CREATE INDEX "proposals_pending_idx" ON "conversation"."proposals" ("session_id", "created_at") WHERE "status" = 'PENDING';
CREATE INDEX "proposals_expiring_idx" ON "conversation"."proposals" ("expires_at") WHERE "status" = 'PENDING';
CREATE INDEX "proposals_unannounced_idx" ON "conversation"."proposals" ("updated_at") WHERE NOT "announced";

-- A proposal is decided on once, and so one turn at most carries it out or answers that it was declined.
CREATE UNIQUE INDEX "turns_action_key" ON "conversation"."turns" ("action_id") WHERE "action_id" IS NOT NULL;
ALTER TABLE "conversation"."proposals" ADD CONSTRAINT "proposals_decided_check"
  CHECK (("decided_at" IS NULL) = ("status" IN ('PENDING', 'EXPIRED')));

-- As before, and: the turn's proposals that nobody will stand by are withdrawn (it was cancelled, their route failed, or
-- was taken over by a worker that did not propose them again); the others are now asked for; and an action whose turn
-- failed has failed. The session's row is locked before any proposal is, as whoever decides on one does too.
CREATE OR REPLACE FUNCTION "conversation"."close_turn"("turn" text) RETURNS "conversation"."turn_status"
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
  UPDATE conversation.sessions s SET updated_at = clock_timestamp() WHERE s.id = closing.session_id;

  UPDATE conversation.proposals p SET status = 'EXPIRED', updated_at = clock_timestamp(), announced = false
    FROM conversation.routes r
    WHERE p.turn_id = turn AND p.status = 'PENDING' AND r.id = p.route_id
      AND (closing.cancelled_at IS NOT NULL OR r.status = 'FAILED' OR r.generation > p.generation);
  UPDATE conversation.proposals p
    SET asked_after = (SELECT max(t.position) FROM conversation.turns t WHERE t.session_id = closing.session_id)
    WHERE p.turn_id = turn AND p.status = 'PENDING';

  SELECT CASE
      WHEN closing.cancelled_at IS NOT NULL THEN 'CANCELLED'
      WHEN EXISTS (SELECT FROM conversation.proposals p WHERE p.turn_id = turn AND p.status = 'PENDING') THEN 'AWAITING_CONFIRMATION'
      WHEN count(*) = 0 OR bool_or(r.status = 'HANDED_OFF') THEN 'HANDED_OFF'
      WHEN bool_or(r.status = 'ANSWERED') THEN 'COMPLETED'
      ELSE 'FAILED'
    END INTO outcome
    FROM conversation.routes r WHERE r.turn_id = turn;
  IF outcome = 'FAILED' THEN
    SELECT * INTO failed FROM conversation.routes r WHERE r.turn_id = turn AND r.status = 'FAILED' ORDER BY r.number LIMIT 1;
    UPDATE conversation.proposals p SET status = 'FAILED', updated_at = clock_timestamp(), announced = false
      WHERE p.id = closing.action_id AND p.status = 'CONFIRMED';
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
  PERFORM pg_notify('conversation_settled', turn);
  PERFORM pg_notify('conversation_turns', '')
    FROM conversation.turns t WHERE t.session_id = closing.session_id AND t.finished_at IS NULL LIMIT 1;
  RETURN outcome;
END $$;

-- Finishes the route that carries out an action, for the worker that holds it, and with it the proposal: the same commit
-- says what was done and tells the customer. `finished` is false if the worker was fenced off: then nothing is changed.
CREATE FUNCTION "conversation"."finish_action"(
  "route" text, "turn" text, "route_generation" integer, "turn_generation" integer,
  "is_executed" boolean, "written" jsonb, "text_since" timestamptz,
  OUT "finished" boolean, OUT "closed" "conversation"."turn_status"
) LANGUAGE plpgsql AS $$
BEGIN
  SELECT f.finished, f.closed INTO finished, closed FROM conversation.finish_route(
    route, turn, route_generation, turn_generation, 'ANSWERED', written, text_since, NULL, NULL) f;
  IF NOT finished THEN RETURN; END IF;
  UPDATE conversation.proposals p
    SET status = (CASE WHEN is_executed THEN 'EXECUTED' ELSE 'FAILED' END)::conversation.action_status,
        updated_at = clock_timestamp(), announced = false
    FROM conversation.turns t WHERE t.id = turn AND p.id = t.action_id AND p.status = 'CONFIRMED';
END $$;
