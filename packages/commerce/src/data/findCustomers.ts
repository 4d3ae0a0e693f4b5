import type { Database } from '@supportgraph/data';
import { emailKey, nameKey, type Customer } from '../domain/customer.js';
import type { VerificationMethod } from '../domain/shop.js';
import { findOrderIdByNumber } from './findOrders.js';
import { keyset, type KeysetPage } from './keyset.js';
import { inOrder } from './inOrder.js';
import { customerOf, readCustomers } from './readCustomer.js';

/** What a visitor says of themselves. */
export interface Identity {
  email?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  postcode?: string | null;
  /** Number of an order of theirs. */
  orderNumber?: string | null;
}

/** The one customer whom this identifies as the shop asks for it; null otherwise. */
export async function identifyCustomer(
  db: Database,
  identity: Identity,
  verification: VerificationMethod,
): Promise<Customer | null> {
  // All is looked up whatever was given or found, so that the time taken tells nothing.
  const said = (text: string | null | undefined) => (text && isStorable(text) ? text : '');
  const [byEmail, byName, orderId] = await Promise.all([
    db.prisma.customer.findMany({ where: { emailKey: emailKey(said(identity.email)) } }),
    db.prisma.customer.findMany({ where: { nameKey: nameKey(said(identity.firstName), said(identity.lastName)) } }),
    findOrderIdByNumber(db, said(identity.orderNumber)),
  ]);
  const order = await db.prisma.order.findUnique({ where: { id: orderId ?? '' }, select: { customerId: true } });
  const isFrom = ({ postcode }: { postcode: string }) => postcodeKey(postcode) === postcodeKey(identity.postcode ?? '');
  const fromThere = byName.filter(isFrom);
  const candidates = {
    EMAIL: byEmail.length ? byEmail : fromThere,
    EMAIL_AND_POSTCODE: [...byEmail.filter(isFrom), ...fromThere.filter(({ id }) => id === order?.customerId)],
    TOKEN_ONLY: [],
  }[verification];
  const [customer, ...others] = candidates;
  // Two people of one name and postcode cannot be told apart.
  return customer && others.every(({ id }) => id === customer.id) ? customerOf(customer) : null;
}

function postcodeKey(postcode: string): string {
  return postcode.replace(/[\s-]/g, '').toUpperCase();
}

/** Customers whose name or e-mail contains all words of the query, or who have the order of that number; newest first. */
export async function findCustomers(db: Database, query: string, page: KeysetPage): Promise<Customer[]> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8);
  if (words.length === 0 || !isStorable(query)) return [];
  const orderId = await findOrderIdByNumber(db, query);
  const { sql, values } = keyset({ column: 'created_at', type: 'timestamptz', isDescending: true }, page, 3);
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM commerce.customers
     WHERE (search_text LIKE ALL ($1) OR id = (SELECT customer_id FROM commerce.orders WHERE id = $2)) AND ${sql}`,
    [words.map(containing), orderId, ...values],
  );
  const ids = rows.map(({ id }) => id);
  return inOrder(ids, await readCustomers(db.prisma, ids)).filter((customer) => customer !== null);
}

/** PostgreSQL takes any character but this one: a text with it is in no column. */
export function isStorable(text: string): boolean {
  return !text.includes('\0');
}

/** A LIKE pattern for texts that contain this one. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
