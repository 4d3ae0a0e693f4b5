import type { Database } from '@supportgraph/data';
import { keyset, type KeysetPage } from './keyset.js';
import type { OrderStatus } from '../domain/order.js';

/** Which orders; all of it must match. */
export interface OrderFilter {
  status?: readonly OrderStatus[] | null;
  customerId?: string | null;
  placedFrom?: Date | null;
  placedBefore?: Date | null;
}

const newestFirst = { column: 'placed_at', type: 'timestamptz', isDescending: true } as const;

/** Ids of orders, newest first (oldest first if the page walks backward). */
export async function pageOfOrderIds(db: Database, filter: OrderFilter, page: KeysetPage): Promise<string[]> {
  const { status, customerId, placedFrom, placedBefore } = filter;
  const { sql, values } = keyset(newestFirst, page, 5);
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM commerce.orders
     WHERE ($1::text[] IS NULL OR status::text = ANY ($1)) AND ($2::text IS NULL OR customer_id = $2)
       AND ($3::timestamptz IS NULL OR placed_at >= $3) AND ($4::timestamptz IS NULL OR placed_at < $4)
       AND ${sql}`,
    [status ?? null, customerId ?? null, placedFrom ?? null, placedBefore ?? null, ...values],
  );
  return rows.map(({ id }) => id);
}

/** The same page of several customers' orders, in one query. */
export async function pagesOfCustomerOrderIds(
  db: Database,
  customerIds: readonly string[],
  status: readonly OrderStatus[] | null,
  page: KeysetPage,
): Promise<Map<string, string[]>> {
  const { sql, values } = keyset(newestFirst, page, 3);
  const rows = await db.query<{ customer_id: string; id: string }>(
    `SELECT customer.id AS customer_id, own.id FROM unnest($1::text[]) customer(id) CROSS JOIN LATERAL (
       SELECT id, placed_at FROM commerce.orders
       WHERE customer_id = customer.id AND ($2::text[] IS NULL OR status::text = ANY ($2)) AND ${sql}
     ) own`,
    [customerIds, status, ...values],
  );
  const pages = new Map<string, string[]>(customerIds.map((id) => [id, []]));
  for (const row of rows) pages.get(row.customer_id)?.push(row.id);
  return pages;
}

/** The id of the order with this number, written with or without `#`, and in any case if its own is in capitals. */
export async function findOrderIdByNumber(db: Database, number: string): Promise<string | null> {
  return (await findOrderIdsByNumber(db, [number]))[0] ?? null;
}

/** The same for many numbers at once, in their order. */
export async function findOrderIdsByNumber(db: Database, numbers: readonly string[]): Promise<(string | null)[]> {
  const spellings = numbers.map(spellingsOf);
  if (spellings.every(({ length }) => length === 0)) return numbers.map(() => null);
  const rows = await db.query<{ id: string; number: string }>(
    'SELECT id, number FROM commerce.orders WHERE number = ANY ($1)',
    [spellings.flat()],
    'order-by-number',
  );
  const idOf = new Map(rows.map(({ id, number }) => [number, id]));
  return spellings.map((each) => each.map((spelling) => idOf.get(spelling)).find(Boolean) ?? null);
}

/** How a number may be written in the database, the likeliest first; none if it cannot be one. */
function spellingsOf(number: string): string[] {
  const bare = number
    .trim()
    .replace(/^[#＃]/, '')
    .trim();
  return /^[\w.-]{1,120}$/.test(bare) ? [`#${bare}`, `#${bare.toUpperCase()}`] : [];
}
