import type { JsonObject } from '@supportgraph/data';
import type { OrderChange } from '../domain/change.js';
import type { Order } from '../domain/order.js';

/** What the audit keeps of a change: before and after, amounts in minor units, and of an address only that it changed. */
export function auditOf(order: Order, { set, items, transactions }: OrderChange): JsonObject {
  const variantBefore = new Map(order.items.map((item) => [item.id, item.variantId]));
  return {
    ...(set?.status && { status: [order.status, set.status] }),
    ...(set?.cancelReason && { cancelReason: set.cancelReason }),
    ...(set?.address && { address: 'changed' }),
    ...(items && {
      items: items.map(({ id, variantId }) => ({ id, variant: [variantBefore.get(id) ?? null, variantId] })),
    }),
    ...(transactions && {
      transactions: transactions.map(({ kind, amount, paymentMethodId }) => ({ kind, amount, paymentMethodId })),
    }),
  };
}
