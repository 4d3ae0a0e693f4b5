import type { Database } from '@supportgraph/data';
import type { Refund, RefundStatus } from '../domain/order.js';
import { keyset, type KeysetPage } from './keyset.js';
import { refundOf } from './readOrder.js';

/** Which refunds; all of it must match. */
export interface RefundFilter {
  status?: readonly RefundStatus[] | null;
  customerId?: string | null;
  createdFrom?: Date | null;
  createdBefore?: Date | null;
}

const newestFirst = { column: 'created_at', type: 'timestamptz', isDescending: true } as const;

export async function readRefunds(db: Database, ids: readonly string[]): Promise<Refund[]> {
  return (await db.prisma.refund.findMany({ where: { id: { in: [...ids] } } })).map(refundOf);
}

/** Ids of refunds, newest first (oldest first if the page walks backward). */
export async function pageOfRefundIds(db: Database, filter: RefundFilter, page: KeysetPage): Promise<string[]> {
  const { status, customerId, createdFrom, createdBefore } = filter;
  const { sql, values } = keyset(newestFirst, page, 5);
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM commerce.refunds
     WHERE ($1::text[] IS NULL OR status::text = ANY ($1)) AND ($2::text IS NULL OR customer_id = $2)
       AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at < $4)
       AND ${sql}`,
    [status ?? null, customerId ?? null, createdFrom ?? null, createdBefore ?? null, ...values],
  );
  return rows.map(({ id }) => id);
}

/** The same page of several customers' refunds, in one query. */
export async function pagesOfCustomerRefundIds(
  db: Database,
  customerIds: readonly string[],
  page: KeysetPage,
): Promise<Map<string, string[]>> {
  const { sql, values } = keyset(newestFirst, page, 2);
  const rows = await db.query<{ customer_id: string; id: string }>(
    `SELECT customer.id AS customer_id, own.id FROM unnest($1::text[]) customer(id) CROSS JOIN LATERAL (
       SELECT id, created_at FROM commerce.refunds WHERE customer_id = customer.id AND ${sql}
     ) own`,
    [customerIds, ...values],
  );
  const pages = new Map<string, string[]>(customerIds.map((id) => [id, []]));
  for (const row of rows) pages.get(row.customer_id)?.push(row.id);
  return pages;
}
