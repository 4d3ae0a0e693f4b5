import { audit, type Tx } from '@supportgraph/data';
import { nobody } from '@supportgraph/kernel';
import { tell } from '../events.js';
import type { CommerceDeps } from '../services/deps.js';
import type { ClaimedRefund } from './claimRefund.js';
import type { Receipt } from './provider.js';

interface Settled {
  id: string;
  generation: number;
  order_id: string;
  customer_id: string;
  amount: bigint;
  order_return_id: string | null;
  order_exchange_id: string | null;
}

const deed = { viewer: nobody, actorName: 'platform', action: 'refund.send' } as const;

/**
 * The money was sent: the refund is completed, with what it pays for, its event and its audit, in one transaction. By
 * a worker only if it still holds the refund; by a receipt of the provider's own accord (generation null) in any case.
 * Again it changes nothing. Answers whether it did.
 */
export function completeRefund(
  { db, clock }: CommerceDeps,
  { idempotencyKey: id, reference }: Receipt,
  generation: number | null,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const now = clock();
    const [refund] = await tx.$queryRaw<Settled[]>`
      UPDATE commerce.refunds SET status = 'COMPLETED', completed_at = ${now}, provider_reference = ${reference},
          lease_until = NULL, failed_at = NULL, failure_code = NULL
        WHERE id = ${id} AND status = 'APPROVED' AND generation = coalesce(${generation}::integer, generation)
        RETURNING id, generation, order_id, customer_id, amount, order_return_id, order_exchange_id`;
    if (!refund) return false;
    await closeAttempt(tx, refund, 'ACCEPTED');
    await completeGoods(tx, refund);
    const data = { ...dataOf(refund), reference };
    await tell(tx, { type: 'refund.completed', data }, id, now);
    const changes = { status: ['APPROVED', 'COMPLETED'], amount: data.amount, reference };
    await audit(tx, { ...deed, outcome: 'SUCCEEDED', subjectId: id, changes }, now);
    return true;
  });
}

/** What the money was for is all done now. */
async function completeGoods(tx: Tx, refund: Settled): Promise<void> {
  const { order_return_id: returnId, order_exchange_id: exchangeId } = refund;
  const change = { data: { status: 'COMPLETED' } } as const;
  if (returnId) await tx.orderReturn.updateMany({ ...change, where: { id: returnId, status: 'RECEIVED' } });
  if (exchangeId) await tx.orderExchange.updateMany({ ...change, where: { id: exchangeId, status: 'RECEIVED' } });
}

/** The provider refused for good: the refund stays approved and is no longer sent until a person has it tried again. */
export function failRefund({ db, clock }: CommerceDeps, claimed: ClaimedRefund, code: string): Promise<void> {
  const { id, generation } = claimed;
  return db.transaction(async (tx) => {
    const now = clock();
    const [refund] = await tx.$queryRaw<Settled[]>`
      UPDATE commerce.refunds SET failed_at = ${now}, failure_code = ${code}, lease_until = NULL
        WHERE id = ${id} AND status = 'APPROVED' AND generation = ${generation}
        RETURNING id, generation, order_id, customer_id, amount, order_return_id, order_exchange_id`;
    if (!refund) return;
    await closeAttempt(tx, refund, 'DECLINED');
    const data = { ...dataOf(refund), code };
    await tell(tx, { type: 'refund.failed', data }, id, now);
    await audit(tx, { ...deed, outcome: 'FAILED', code, subjectId: id, changes: { amount: data.amount } }, now);
  });
}

export interface Pauses {
  /** The longest pause after the first fault, in ms; it doubles with each. */
  firstPauseMs: number;
  longestPauseMs: number;
}

/** Nobody knows, or it was not sent: it is tried again after a random pause that may be longer each time. */
export async function releaseRefund(
  { db }: CommerceDeps,
  { id, generation }: ClaimedRefund,
  outcome: 'TIMED_OUT' | 'FAILED',
  { firstPauseMs, longestPauseMs }: Pauses,
): Promise<void> {
  await db.query(
    `WITH released AS (
       UPDATE commerce.refunds SET lease_until = NULL,
           due_at = now() + random() * least($4, $3 * power(2, least(generation - 1, 20))) * interval '1 ms'
         WHERE id = $1 AND status = 'APPROVED' AND generation = $2
     )
     UPDATE commerce.refund_attempts SET finished_at = now(), outcome = $5::text::commerce.provider_outcome
       WHERE refund_id = $1 AND generation = $2 AND finished_at IS NULL`,
    [id, generation, firstPauseMs, longestPauseMs, outcome],
    'refund-release',
  );
}

async function closeAttempt(tx: Tx, { id, generation }: Settled, outcome: 'ACCEPTED' | 'DECLINED'): Promise<void> {
  await tx.refundAttempt.updateMany({
    where: { refundId: id, generation },
    data: { finishedAt: new Date(), outcome },
  });
}

function dataOf({ id, order_id: orderId, customer_id: customerId, amount }: Settled) {
  return { refundId: id, orderId, customerId, amount: Number(amount) };
}
