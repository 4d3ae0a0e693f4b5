-- Trigram search, in a schema on everybody's search path.
CREATE EXTENSION IF NOT EXISTS "pg_trgm" WITH SCHEMA "public";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "platform";

-- CreateEnum
CREATE TYPE "platform"."audit_actor_role" AS ENUM ('ANONYMOUS', 'CUSTOMER', 'PARTNER', 'STAFF', 'OPERATOR');

-- CreateEnum
CREATE TYPE "platform"."audit_outcome" AS ENUM ('SUCCEEDED', 'DENIED', 'FAILED');

-- CreateTable
CREATE TABLE "platform"."audit_events" (
    "id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_role" "platform"."audit_actor_role" NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" "platform"."audit_outcome" NOT NULL,
    "code" TEXT,
    "subject_id" TEXT,
    "session_id" TEXT,
    "handoff_id" TEXT,
    "reason" TEXT,
    "changes" JSONB,
    "trace_id" TEXT,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."audit_chain" (
    "position" BIGINT NOT NULL,
    "event_id" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "platform"."outbox" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "subject_id" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."inbox" (
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "handled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "platform"."idempotency_keys" (
    "scope" TEXT NOT NULL,
    "key" VARCHAR(255) NOT NULL,
    "operation" TEXT NOT NULL,
    "input_hash" BYTEA NOT NULL,
    "result" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "platform"."api_clients" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "key_prefix" TEXT NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "requests_per_minute" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_clients_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_events_subject" ON "platform"."audit_events"("subject_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_session" ON "platform"."audit_events"("session_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_actor" ON "platform"."audit_events"("actor_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_chain_event" ON "platform"."audit_chain"("event_id");

-- CreateIndex
CREATE INDEX "inbox_event" ON "platform"."inbox"("event_id");

-- CreateIndex
CREATE INDEX "idempotency_keys_expiry" ON "platform"."idempotency_keys"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_clients_key_hash" ON "platform"."api_clients"("key_hash");

-- AddForeignKey
ALTER TABLE "platform"."audit_chain" ADD CONSTRAINT "audit_chain_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "platform"."audit_events"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "platform"."inbox" ADD CONSTRAINT "inbox_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "platform"."outbox"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- What waits to be published; ids sort by time.
CREATE INDEX "outbox_unpublished" ON "platform"."outbox"("id") WHERE "published_at" IS NULL;

-- The audit can only grow.
CREATE FUNCTION "platform"."forbid_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of %.% is forbidden: it is append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END;
$$;

CREATE TRIGGER "audit_events_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "platform"."audit_events"
    FOR EACH STATEMENT EXECUTE FUNCTION "platform"."forbid_change"();

CREATE TRIGGER "audit_chain_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "platform"."audit_chain"
    FOR EACH STATEMENT EXECUTE FUNCTION "platform"."forbid_change"();
