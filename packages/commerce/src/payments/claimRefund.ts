import type { Database } from '@supportgraph/data';
import type { ProviderRefund } from './provider.js';

/** A refund that a worker may send until its lease ends. */
export interface ClaimedRefund {
  id: string;
  /** How often it was claimed: fences off workers that held it before. */
  generation: number;
  wish: ProviderRefund;
}

interface Row {
  id: string;
  generation: number;
  order_id: string;
  payment_method_id: string;
  amount: number;
  currency: string;
}

/** Claims the refund that has waited longest, and writes down that the provider will be asked; null if none is due. */
export async function claimRefund(db: Database, leaseMs: number): Promise<ClaimedRefund | null> {
  const [row] = await db.query<Row>(
    `WITH due AS (
       SELECT id FROM commerce.refunds
         WHERE status = 'APPROVED' AND failed_at IS NULL AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())
         ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
     ), claimed AS (
       UPDATE commerce.refunds r SET generation = r.generation + 1, lease_until = now() + $1 * interval '1 ms'
         FROM due WHERE r.id = due.id RETURNING r.id, r.generation, r.order_id, r.payment_method_id, r.amount
     ), attempt AS (
       INSERT INTO commerce.refund_attempts (refund_id, generation, started_at) SELECT id, generation, now() FROM claimed
     )
     SELECT claimed.*, shop.currency FROM claimed, commerce.shop_settings shop`,
    [leaseMs],
    'refund-claim',
  );
  if (!row) return null;
  const { id, generation, order_id: orderId, payment_method_id: paymentMethodId, amount, currency } = row;
  return { id, generation, wish: { idempotencyKey: id, orderId, paymentMethodId, amount, currency } };
}
