-- Trigrams make the staff's search of customers and the search of products fast; they find Chinese too.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "commerce";

-- CreateEnum
CREATE TYPE "commerce"."verification_method" AS ENUM ('EMAIL', 'EMAIL_AND_POSTCODE', 'TOKEN_ONLY');

-- CreateEnum
CREATE TYPE "commerce"."payment_method_kind" AS ENUM ('CREDIT_CARD', 'PAYPAL', 'GIFT_CARD');

-- CreateEnum
CREATE TYPE "commerce"."order_status" AS ENUM ('PENDING', 'PROCESSED', 'DELIVERED', 'CANCELLED', 'RETURN_REQUESTED', 'EXCHANGE_REQUESTED', 'RETURNED', 'EXCHANGED');

-- CreateEnum
CREATE TYPE "commerce"."cancel_reason" AS ENUM ('NO_LONGER_NEEDED', 'ORDERED_BY_MISTAKE');

-- CreateEnum
CREATE TYPE "commerce"."transaction_kind" AS ENUM ('PAYMENT', 'REFUND');

-- CreateEnum
CREATE TYPE "commerce"."return_status" AS ENUM ('REQUESTED', 'RECEIVED', 'COMPLETED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "commerce"."refund_status" AS ENUM ('PENDING_APPROVAL', 'APPROVED', 'COMPLETED', 'REJECTED');

-- CreateEnum
CREATE TYPE "commerce"."refund_cause" AS ENUM ('REQUEST', 'RETURN', 'EXCHANGE', 'CANCELLATION', 'PAYMENT_CHANGE', 'ITEM_CHANGE');

-- CreateEnum
CREATE TYPE "commerce"."provider_outcome" AS ENUM ('ACCEPTED', 'DECLINED', 'TIMED_OUT', 'FAILED');

-- CreateTable
CREATE TABLE "commerce"."shop_settings" (
    "id" TEXT NOT NULL DEFAULT 'shop',
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "return_window_days" INTEGER,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "business_spans" JSONB NOT NULL DEFAULT '[]',
    "link_hosts" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "automatic_refund_limit" BIGINT NOT NULL DEFAULT 5000,
    "verification" "commerce"."verification_method" NOT NULL DEFAULT 'EMAIL_AND_POSTCODE',
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shop_settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."customers" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "line1" TEXT NOT NULL,
    "line2" TEXT,
    "city" TEXT NOT NULL,
    "region" TEXT,
    "postcode" TEXT NOT NULL,
    "country_code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."payment_methods" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "kind" "commerce"."payment_method_kind" NOT NULL,
    "brand" TEXT,
    "last_four" TEXT,
    "balance" BIGINT,
    "position" INTEGER NOT NULL,
    "is_on_file" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "payment_methods_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."products" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."product_variants" (
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "price" BIGINT NOT NULL,
    "is_available" BOOLEAN NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "product_variants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."orders" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "status" "commerce"."order_status" NOT NULL,
    "cancel_reason" "commerce"."cancel_reason",
    "items_modified" BOOLEAN NOT NULL DEFAULT false,
    "line1" TEXT NOT NULL,
    "line2" TEXT,
    "city" TEXT NOT NULL,
    "region" TEXT,
    "postcode" TEXT NOT NULL,
    "country_code" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."order_items" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "product_id" TEXT,
    "variant_id" TEXT,
    "name" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "price" BIGINT NOT NULL,

    CONSTRAINT "order_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."fulfillments" (
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "tracking_numbers" TEXT[],
    "lines" INTEGER[],

    CONSTRAINT "fulfillments_pkey" PRIMARY KEY ("order_id","position")
);

-- CreateTable
CREATE TABLE "commerce"."order_transactions" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "commerce"."transaction_kind" NOT NULL,
    "amount" BIGINT NOT NULL,
    "payment_method_id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."order_returns" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "payment_method_id" TEXT NOT NULL,
    "status" "commerce"."return_status" NOT NULL,
    "amount" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_returns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."order_return_lines" (
    "order_return_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "order_item_id" TEXT NOT NULL,

    CONSTRAINT "order_return_lines_pkey" PRIMARY KEY ("order_return_id","position")
);

-- CreateTable
CREATE TABLE "commerce"."order_exchanges" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "payment_method_id" TEXT NOT NULL,
    "status" "commerce"."return_status" NOT NULL,
    "price_difference" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "order_exchanges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."order_exchange_lines" (
    "order_exchange_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "order_item_id" TEXT NOT NULL,
    "new_variant_id" TEXT NOT NULL,
    "new_price" BIGINT NOT NULL,

    CONSTRAINT "order_exchange_lines_pkey" PRIMARY KEY ("order_exchange_id","position")
);

-- CreateTable
CREATE TABLE "commerce"."refunds" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "cause" "commerce"."refund_cause" NOT NULL,
    "status" "commerce"."refund_status" NOT NULL,
    "amount" BIGINT NOT NULL,
    "payment_method_id" TEXT NOT NULL,
    "reason" TEXT,
    "decided_by" TEXT,
    "decision_note" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "order_return_id" TEXT,
    "order_exchange_id" TEXT,
    "transaction_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "provider_reference" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "generation" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commerce"."refund_attempts" (
    "refund_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" "commerce"."provider_outcome",

    CONSTRAINT "refund_attempts_pkey" PRIMARY KEY ("refund_id","generation")
);

-- CreateTable
CREATE TABLE "commerce"."provider_ledger" (
    "idempotency_key" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "payment_method_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "provider_ledger_pkey" PRIMARY KEY ("idempotency_key")
);

-- CreateIndex
CREATE UNIQUE INDEX "customers_email_key_key" ON "commerce"."customers"("email_key");

-- CreateIndex
CREATE INDEX "customers_name_key_idx" ON "commerce"."customers"("name_key");

-- CreateIndex
CREATE INDEX "customers_created_at_id_idx" ON "commerce"."customers"("created_at", "id");

-- CreateIndex
CREATE INDEX "customers_search_text_idx" ON "commerce"."customers" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "payment_methods_customer_id_position_idx" ON "commerce"."payment_methods"("customer_id", "position");

-- CreateIndex
CREATE INDEX "products_name_key_id_idx" ON "commerce"."products"("name_key", "id");

-- CreateIndex
CREATE INDEX "products_name_key_trgm_idx" ON "commerce"."products" USING GIN ("name_key" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "product_variants_product_id_position_idx" ON "commerce"."product_variants"("product_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "orders_number_key" ON "commerce"."orders"("number");

-- CreateIndex
CREATE INDEX "orders_customer_id_placed_at_id_idx" ON "commerce"."orders"("customer_id", "placed_at", "id");

-- CreateIndex
CREATE INDEX "orders_placed_at_id_idx" ON "commerce"."orders"("placed_at", "id");

-- CreateIndex
CREATE INDEX "orders_status_placed_at_id_idx" ON "commerce"."orders"("status", "placed_at", "id");

-- CreateIndex
CREATE INDEX "order_items_variant_id_idx" ON "commerce"."order_items"("variant_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_items_order_id_line_key" ON "commerce"."order_items"("order_id", "line");

-- CreateIndex
CREATE INDEX "order_transactions_payment_method_id_idx" ON "commerce"."order_transactions"("payment_method_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_transactions_order_id_position_key" ON "commerce"."order_transactions"("order_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "order_returns_order_id_key" ON "commerce"."order_returns"("order_id");

-- CreateIndex
CREATE INDEX "order_returns_status_created_at_id_idx" ON "commerce"."order_returns"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "order_returns_payment_method_id_idx" ON "commerce"."order_returns"("payment_method_id");

-- CreateIndex
CREATE INDEX "order_return_lines_order_item_id_idx" ON "commerce"."order_return_lines"("order_item_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_return_lines_order_return_id_order_item_id_key" ON "commerce"."order_return_lines"("order_return_id", "order_item_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_exchanges_order_id_key" ON "commerce"."order_exchanges"("order_id");

-- CreateIndex
CREATE INDEX "order_exchanges_status_created_at_id_idx" ON "commerce"."order_exchanges"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "order_exchanges_payment_method_id_idx" ON "commerce"."order_exchanges"("payment_method_id");

-- CreateIndex
CREATE INDEX "order_exchange_lines_order_item_id_idx" ON "commerce"."order_exchange_lines"("order_item_id");

-- CreateIndex
CREATE INDEX "order_exchange_lines_new_variant_id_idx" ON "commerce"."order_exchange_lines"("new_variant_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_exchange_lines_order_exchange_id_order_item_id_key" ON "commerce"."order_exchange_lines"("order_exchange_id", "order_item_id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_order_return_id_key" ON "commerce"."refunds"("order_return_id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_order_exchange_id_key" ON "commerce"."refunds"("order_exchange_id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_transaction_id_key" ON "commerce"."refunds"("transaction_id");

-- CreateIndex
CREATE INDEX "refunds_order_id_created_at_id_idx" ON "commerce"."refunds"("order_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "refunds_customer_id_created_at_id_idx" ON "commerce"."refunds"("customer_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "refunds_status_created_at_id_idx" ON "commerce"."refunds"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "refunds_status_due_at_idx" ON "commerce"."refunds"("status", "due_at");

-- CreateIndex
CREATE INDEX "refunds_created_at_id_idx" ON "commerce"."refunds"("created_at", "id");

-- CreateIndex
CREATE INDEX "refunds_payment_method_id_idx" ON "commerce"."refunds"("payment_method_id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_ledger_reference_key" ON "commerce"."provider_ledger"("reference");

-- AddForeignKey
ALTER TABLE "commerce"."payment_methods" ADD CONSTRAINT "payment_methods_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "commerce"."customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."product_variants" ADD CONSTRAINT "product_variants_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "commerce"."products"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."orders" ADD CONSTRAINT "orders_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "commerce"."customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_items" ADD CONSTRAINT "order_items_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "commerce"."orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_items" ADD CONSTRAINT "order_items_variant_id_fkey" FOREIGN KEY ("variant_id") REFERENCES "commerce"."product_variants"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."fulfillments" ADD CONSTRAINT "fulfillments_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "commerce"."orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_transactions" ADD CONSTRAINT "order_transactions_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "commerce"."orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_transactions" ADD CONSTRAINT "order_transactions_payment_method_id_fkey" FOREIGN KEY ("payment_method_id") REFERENCES "commerce"."payment_methods"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_returns" ADD CONSTRAINT "order_returns_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "commerce"."orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_returns" ADD CONSTRAINT "order_returns_payment_method_id_fkey" FOREIGN KEY ("payment_method_id") REFERENCES "commerce"."payment_methods"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_return_lines" ADD CONSTRAINT "order_return_lines_order_return_id_fkey" FOREIGN KEY ("order_return_id") REFERENCES "commerce"."order_returns"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_return_lines" ADD CONSTRAINT "order_return_lines_order_item_id_fkey" FOREIGN KEY ("order_item_id") REFERENCES "commerce"."order_items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_exchanges" ADD CONSTRAINT "order_exchanges_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "commerce"."orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_exchanges" ADD CONSTRAINT "order_exchanges_payment_method_id_fkey" FOREIGN KEY ("payment_method_id") REFERENCES "commerce"."payment_methods"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_exchange_lines" ADD CONSTRAINT "order_exchange_lines_order_exchange_id_fkey" FOREIGN KEY ("order_exchange_id") REFERENCES "commerce"."order_exchanges"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_exchange_lines" ADD CONSTRAINT "order_exchange_lines_order_item_id_fkey" FOREIGN KEY ("order_item_id") REFERENCES "commerce"."order_items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."order_exchange_lines" ADD CONSTRAINT "order_exchange_lines_new_variant_id_fkey" FOREIGN KEY ("new_variant_id") REFERENCES "commerce"."product_variants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."refunds" ADD CONSTRAINT "refunds_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "commerce"."orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."refunds" ADD CONSTRAINT "refunds_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "commerce"."customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."refunds" ADD CONSTRAINT "refunds_payment_method_id_fkey" FOREIGN KEY ("payment_method_id") REFERENCES "commerce"."payment_methods"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."refunds" ADD CONSTRAINT "refunds_order_return_id_fkey" FOREIGN KEY ("order_return_id") REFERENCES "commerce"."order_returns"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."refunds" ADD CONSTRAINT "refunds_order_exchange_id_fkey" FOREIGN KEY ("order_exchange_id") REFERENCES "commerce"."order_exchanges"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."refunds" ADD CONSTRAINT "refunds_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "commerce"."order_transactions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commerce"."refund_attempts" ADD CONSTRAINT "refund_attempts_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "commerce"."refunds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What must hold whatever the code does.
ALTER TABLE "commerce"."payment_methods"
  ADD CONSTRAINT "payment_methods_balance_check" CHECK ("balance" >= 0),
  ADD CONSTRAINT "payment_methods_kind_check" CHECK (("kind" = 'GIFT_CARD') = ("balance" IS NOT NULL));
ALTER TABLE "commerce"."product_variants" ADD CONSTRAINT "product_variants_price_check" CHECK ("price" >= 0);
ALTER TABLE "commerce"."order_items" ADD CONSTRAINT "order_items_price_check" CHECK ("price" >= 0);
ALTER TABLE "commerce"."order_transactions" ADD CONSTRAINT "order_transactions_amount_check" CHECK ("amount" >= 0);
ALTER TABLE "commerce"."order_returns" ADD CONSTRAINT "order_returns_amount_check" CHECK ("amount" >= 0);
ALTER TABLE "commerce"."refunds"
  ADD CONSTRAINT "refunds_amount_check" CHECK ("amount" > 0),
  ADD CONSTRAINT "refunds_completed_check" CHECK (("status" = 'COMPLETED') = ("completed_at" IS NOT NULL)),
  -- Money that is decided on is on the order; money that is not is not.
  ADD CONSTRAINT "refunds_transaction_check" CHECK (("status" IN ('APPROVED', 'COMPLETED')) = ("transaction_id" IS NOT NULL));
ALTER TABLE "commerce"."provider_ledger" ADD CONSTRAINT "provider_ledger_amount_check" CHECK ("amount" > 0);
ALTER TABLE "commerce"."shop_settings" ADD CONSTRAINT "shop_settings_single_check" CHECK ("id" = 'shop');
