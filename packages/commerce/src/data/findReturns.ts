import type { Database, Tx } from '@supportgraph/data';
import type { OrderExchange, OrderReturn } from '../domain/order.js';
import { keyset, type KeysetPage } from './keyset.js';
import { exchangeOf, returnOf } from './readOrder.js';

/** A return or an exchange, with whose it is. */
export type Owned<T> = T & { customerId: string };

const include = { lines: { orderBy: { position: 'asc' } }, order: { select: { customerId: true } } } as const;

export async function findReturns(db: Database, ids: readonly string[]): Promise<Owned<OrderReturn>[]> {
  const rows = await db.prisma.orderReturn.findMany({ where: { id: { in: [...ids] } }, include });
  return rows.map((row) => ({ ...returnOf(row), customerId: row.order.customerId }));
}

export async function findExchanges(db: Database, ids: readonly string[]): Promise<Owned<OrderExchange>[]> {
  const rows = await db.prisma.orderExchange.findMany({ where: { id: { in: [...ids] } }, include });
  return rows.map((row) => ({ ...exchangeOf(row), customerId: row.order.customerId }));
}

/** Ids of returns and exchanges that wait for goods, oldest first (newest first if the page walks backward). */
export async function pageOfOpenIds(db: Database, page: KeysetPage): Promise<string[]> {
  const { sql, values } = keyset({ column: 'created_at', type: 'timestamptz', isDescending: false }, page, 1);
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM (
       SELECT id, created_at FROM commerce.order_returns WHERE status = 'REQUESTED'
       UNION ALL SELECT id, created_at FROM commerce.order_exchanges WHERE status = 'REQUESTED'
     ) waiting WHERE ${sql}`,
    values,
  );
  return rows.map(({ id }) => id);
}

/** The order that a return or an exchange belongs to; null if there is none of this id. */
export async function orderOfGoods(tx: Tx, kind: 'return' | 'exchange', id: string): Promise<string | null> {
  const query = { where: { id }, select: { orderId: true } };
  const row = await (kind === 'return' ? tx.orderReturn.findUnique(query) : tx.orderExchange.findUnique(query));
  return row?.orderId ?? null;
}
