import type { Database } from '@supportgraph/data';

/** Where our books and the embedded provider's do not agree. */
export interface Discrepancy {
  /** The refund's id, which is the provider's key. */
  key: string;
  problem:
    /** Completed here by the provider's word, and not in its book. */
    | 'NOT_SENT'
    /** Sent, and here not (yet) completed. */
    | 'NOT_COMPLETED'
    /** Sent, and no refund of ours, or one that nobody approved. */
    | 'NOT_OURS'
    /** Another amount, another way to pay, or another reference. */
    | 'OTHERWISE';
}

/** Compares refunds with the ledger. Gift cards, and refunds that were imported as completed, were never the provider's. */
export function reconcileLedger(db: Database): Promise<Discrepancy[]> {
  return db.query<Discrepancy>(
    `SELECT coalesce(l.idempotency_key, r.id) AS key, CASE
         WHEN l.idempotency_key IS NULL THEN 'NOT_SENT'
         WHEN r.id IS NULL OR r.status NOT IN ('APPROVED', 'COMPLETED') THEN 'NOT_OURS'
         WHEN r.status = 'APPROVED' AND l.amount = r.amount AND l.payment_method_id = r.payment_method_id THEN 'NOT_COMPLETED'
         ELSE 'OTHERWISE'
       END AS problem
       FROM (SELECT * FROM commerce.refunds WHERE provider_reference IS NOT NULL OR status <> 'COMPLETED') r
       FULL JOIN commerce.provider_ledger l ON l.idempotency_key = r.id
       WHERE (l.idempotency_key IS NULL AND r.status = 'COMPLETED')
          OR (l.idempotency_key IS NOT NULL AND (r.id IS NULL OR r.status <> 'COMPLETED' OR l.amount <> r.amount
              OR l.payment_method_id <> r.payment_method_id OR l.reference <> r.provider_reference))
       ORDER BY 1`,
  );
}
