import type { Tx } from '@supportgraph/data';
import { newId } from '@supportgraph/kernel';
import type { ItemReplacement, NewTransaction, OrderChange } from '../domain/change.js';
import type { Situation } from '../domain/situation.js';
import { tell } from '../events.js';
import { refundChannel } from '../payments/refundChannel.js';

/** What a refund that comes of a change belongs to. */
export interface RefundOrigin {
  /** An already stored refund that this transaction carries out. */
  refundId?: string;
  orderReturnId?: string;
  orderExchangeId?: string;
  reason?: string;
}

/**
 * Writes what was decided on a locked order. Gift cards move at once; money that goes back to any other way to pay
 * gets an approved refund that the refund worker sends. Answers the ids of the refunds that were made.
 */
export async function writeChange(
  tx: Tx,
  situation: Situation,
  change: OrderChange,
  origin: RefundOrigin = {},
): Promise<string[]> {
  const { order, now } = situation;
  if (change.set) {
    const { address, ...set } = change.set;
    await tx.order.update({ where: { id: order.id }, data: { ...set, ...address } });
  }
  for (const item of change.items ?? []) await replaceItem(tx, item);
  const refundIds: string[] = [];
  for (const [index, transaction] of (change.transactions ?? []).entries()) {
    const position = order.transactions.length + index;
    const refundId = await writeTransaction(tx, situation, transaction, position, origin);
    if (refundId) refundIds.push(refundId);
  }
  if (change.rejectedRefundIds?.length) {
    const data = {
      status: 'REJECTED',
      decidedAt: now,
      decisionNote: 'The order was cancelled and paid back.',
    } as const;
    await tx.refund.updateMany({ where: { id: { in: [...change.rejectedRefundIds] } }, data });
    for (const { id, orderId, amount } of order.refunds.filter(({ id }) => change.rejectedRefundIds?.includes(id)))
      await tell(tx, { type: 'refund.rejected', data: { refundId: id, orderId, amount } }, id, now);
  }
  return refundIds;
}

async function replaceItem(tx: Tx, { id, variantId, options, price }: ItemReplacement): Promise<void> {
  const data = { variantId, options: options.map((option) => ({ ...option })), price };
  await tx.orderItem.update({ where: { id }, data });
}

async function writeTransaction(
  tx: Tx,
  { order, methods, now }: Situation,
  transaction: NewTransaction,
  position: number,
  origin: RefundOrigin,
): Promise<string | null> {
  const { kind, amount, paymentMethodId } = transaction;
  const id = newId('txn', now.getTime());
  await tx.orderTransaction.create({
    data: { id, orderId: order.id, position, kind, amount, paymentMethodId, occurredAt: now },
  });
  const isGiftCard = methods.find((method) => method.id === paymentMethodId)?.kind === 'GIFT_CARD';
  if (isGiftCard) {
    const balance = kind === 'PAYMENT' ? { decrement: amount } : { increment: amount };
    await tx.paymentMethod.update({ where: { id: paymentMethodId }, data: { balance } });
  }
  if (kind === 'PAYMENT' || amount === 0) return null;
  const sent = isGiftCard
    ? ({ status: 'COMPLETED', completedAt: now } as const)
    : ({ status: 'APPROVED', completedAt: null } as const);
  const { refundId = newId('ref', now.getTime()), ...belongsTo } = origin;
  await tx.refund.upsert({
    where: { id: refundId },
    create: {
      ...{
        id: refundId,
        orderId: order.id,
        customerId: order.customerId,
        cause: transaction.cause,
        amount,
        paymentMethodId,
      },
      ...{ ...belongsTo, transactionId: id, createdAt: now, dueAt: now, ...sent },
    },
    update: { transactionId: id, dueAt: now, ...sent },
  });
  if (isGiftCard) {
    const data = { refundId, orderId: order.id, customerId: order.customerId, amount, reference: null };
    await tell(tx, { type: 'refund.completed', data }, refundId, now);
  } else await tx.$queryRaw`SELECT pg_notify(${refundChannel}, '')::text`;
  return refundId;
}
