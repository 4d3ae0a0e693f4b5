import type { Tx } from '@supportgraph/data';
import type { ReturnStatus } from '../domain/order.js';
import type { NewExchange } from '../domain/requestExchange.js';
import type { NewReturn } from '../domain/requestReturn.js';
import type { Situation } from '../domain/situation.js';

export async function writeNewReturn(tx: Tx, { order, now }: Situation, id: string, wish: NewReturn): Promise<void> {
  const { itemIds, ...rest } = wish;
  const lines = { create: itemIds.map((orderItemId, position) => ({ position, orderItemId })) };
  await tx.orderReturn.create({ data: { id, orderId: order.id, status: 'REQUESTED', createdAt: now, ...rest, lines } });
}

export async function writeNewExchange(
  tx: Tx,
  { order, now }: Situation,
  id: string,
  wish: NewExchange,
): Promise<void> {
  const { lines: wished, ...rest } = wish;
  const lines = { create: wished.map(({ itemId, ...line }, position) => ({ position, orderItemId: itemId, ...line })) };
  await tx.orderExchange.create({
    data: { id, orderId: order.id, status: 'REQUESTED', createdAt: now, ...rest, lines },
  });
}

export async function writeStatus(
  tx: Tx,
  kind: 'return' | 'exchange',
  id: string,
  status: ReturnStatus,
): Promise<void> {
  const change = { where: { id }, data: { status } };
  await (kind === 'return' ? tx.orderReturn.update(change) : tx.orderExchange.update(change));
}
