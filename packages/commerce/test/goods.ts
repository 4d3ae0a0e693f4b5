import type { Result, UserError } from '@supportgraph/kernel';
import type { Order } from '../src/index.js';
import { staff, type TestCommerce, type TestOrder } from '../src/testing/index.js';

/** Delivered orders of a test file: each test takes its own, and all are imported together before the first one. */
export function orderBook() {
  const orders: TestOrder[] = [];
  return {
    orders,
    /** Adds an order of one blue shirt, delivered two days before now unless said otherwise; answers its id. */
    order(fields: Omit<TestOrder, 'number'> = {}): string {
      const number = `#G${orders.length + 1}`;
      orders.push({ number, status: 'DELIVERED', deliveredAt: '2026-01-30T12:00:00Z', ...fields });
      return `ord_${number.slice(1)}`;
    },
  };
}

/** The id of a line of an order. */
export const lineOf = (orderId: string, line = 0) => `itm_${orderId.slice('ord_'.length)}_${line}`;

let keys = 0;
/** An idempotency key that nobody has used. */
export const key = () => ({ idempotencyKey: `key ${keys++}` });

export function errorOf(result: Result<unknown>): UserError {
  if (result.ok) throw new Error('It was not refused');
  return result.errors[0]!;
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${result.errors[0]?.code} at ${result.errors[0]?.field?.join('.')}`);
  return result.value;
}

/** What a gift card holds. */
export async function balanceOf(commerce: TestCommerce, id: string): Promise<number> {
  const [method] = await commerce.customers.loadMethods(staff, [id]);
  if (method?.kind !== 'GIFT_CARD') throw new Error('Not a gift card');
  return method.balance;
}

/** An order that is there. */
export async function orderAt(commerce: TestCommerce, id: string): Promise<Order> {
  const order = await commerce.orders.find(staff, id);
  if (!order) throw new Error(`No order ${id}`);
  return order;
}

/** Transactions as kind, amount and way to pay. */
export const shown = ({ transactions }: Order) =>
  transactions.map(({ kind, amount, paymentMethodId }) => [kind, amount, paymentMethodId]);

/** What the audit keeps of something: outcomes with their codes, oldest first. */
export async function auditOf({ deps }: TestCommerce, action: string, subjectId: string) {
  const where = { action, subjectId };
  const entries = await deps.db.prisma.auditEvent.findMany({ where, orderBy: { id: 'asc' } });
  return entries.map(({ outcome, code, actorId, reason }) => [outcome, code, actorId, reason]);
}

/** Types of the events that tell others of something, oldest first. */
export async function eventsOf({ deps }: TestCommerce, subjectId: string) {
  const events = await deps.db.prisma.outboxEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } });
  return events.map(({ type }) => type);
}
