import type { Order } from '@supportgraph/commerce';

/** The order as the orders subgraph told us of it: the rules then go by what the same answer shows of it elsewhere. */
export function withTold(order: Order, reference: object): Order {
  // By `@requires` the gateway sends both with the id if a field needs them, and neither if none does.
  const { status = order.status, deliveredAt } = reference as { status?: Order['status']; deliveredAt?: string | null };
  if (deliveredAt === undefined) return { ...order, status };
  return { ...order, status, deliveredAt: deliveredAt === null ? null : new Date(deliveredAt) };
}
