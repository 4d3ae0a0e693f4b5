-- AlterTable
ALTER TABLE "commerce"."refunds" ADD COLUMN     "failed_at" TIMESTAMPTZ(3),
ADD COLUMN     "failure_code" TEXT;

-- AlterTable
ALTER TABLE "platform"."audit_events" ADD COLUMN     "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp();

-- AlterTable
ALTER TABLE "platform"."outbox" ADD COLUMN     "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp();

-- CreateTable
CREATE TABLE "platform"."consumers" (
    "name" TEXT NOT NULL,
    "handled_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consumers_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "platform"."inbox_failures" (
    "consumer" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "parked_at" TIMESTAMPTZ(3),
    "error" TEXT NOT NULL,

    CONSTRAINT "inbox_failures_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateIndex
CREATE INDEX "inbox_failures_event" ON "platform"."inbox_failures"("event_id");

-- CreateIndex
CREATE INDEX "audit_events_stored" ON "platform"."audit_events"("stored_at");

-- CreateIndex
CREATE INDEX "outbox_stored" ON "platform"."outbox"("stored_at");

-- AddForeignKey
ALTER TABLE "platform"."inbox_failures" ADD CONSTRAINT "inbox_failures_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "platform"."outbox"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- A refusal of the provider is only there while the money is still to be sent.
ALTER TABLE "commerce"."refunds"
  ADD CONSTRAINT "refunds_failed_check" CHECK (("failed_at" IS NULL) = ("failure_code" IS NULL) AND ("failed_at" IS NULL OR "status" = 'APPROVED'));

-- The first event of a subject that waits: later ones are published after it.
CREATE INDEX "outbox_unpublished_subject" ON "platform"."outbox"("subject_id", "id") WHERE "published_at" IS NULL;

-- Whoever publishes or consumes events is woken when they are committed.
CREATE FUNCTION "platform"."tell_of_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('platform_outbox', '');
    RETURN NULL;
END;
$$;

CREATE TRIGGER "outbox_told" AFTER INSERT ON "platform"."outbox"
    FOR EACH STATEMENT EXECUTE FUNCTION "platform"."tell_of_events"();
