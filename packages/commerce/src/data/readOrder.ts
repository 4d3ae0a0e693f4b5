import type { Database, Prisma, Tx } from '@supportgraph/data';
import type {
  Fulfillment,
  Order,
  OrderExchange,
  OrderItem,
  OrderReturn,
  Refund,
  Transaction,
} from '../domain/order.js';
import type { Option } from '../domain/product.js';
import { addressOf } from './address.js';

type Client = Database['prisma'] | Tx;

const parts = {
  items: { orderBy: { line: 'asc' } },
  fulfillments: { orderBy: { position: 'asc' } },
  transactions: { orderBy: { position: 'asc' } },
  return: { include: { lines: { orderBy: { position: 'asc' } } } },
  exchange: { include: { lines: { orderBy: { position: 'asc' } } } },
  refunds: { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] },
} satisfies Prisma.OrderInclude;

/** Orders with all their parts, in no particular order: a fixed number of queries, however many orders. */
export async function readOrders(client: Client, ids: readonly string[]): Promise<Order[]> {
  if (ids.length === 0) return [];
  return (await findRows(client, ids)).map(orderOf);
}

function findRows(client: Client, ids: readonly string[]) {
  return client.order.findMany({ where: { id: { in: [...ids] } }, include: parts });
}

type OrderRow = Awaited<ReturnType<typeof findRows>>[number];

function orderOf(row: OrderRow): Order {
  return {
    id: row.id,
    number: row.number,
    customerId: row.customerId,
    status: row.status,
    cancelReason: row.cancelReason,
    itemsModified: row.itemsModified,
    address: addressOf(row),
    placedAt: row.placedAt,
    deliveredAt: row.deliveredAt,
    createdAt: row.createdAt,
    items: row.items.map(itemOf),
    fulfillments: row.fulfillments.map(({ trackingNumbers, lines }): Fulfillment => ({ trackingNumbers, lines })),
    transactions: row.transactions.map(transactionOf),
    return: row.return && returnOf(row.return),
    exchange: row.exchange && exchangeOf(row.exchange),
    refunds: row.refunds.map(refundOf),
  };
}

function itemOf({ id, line, productId, variantId, name, options, price }: OrderRow['items'][number]): OrderItem {
  return { id, line, productId, variantId, name, options: optionsOf(options), price: Number(price) };
}

function transactionOf({
  id,
  kind,
  amount,
  paymentMethodId,
  occurredAt,
}: OrderRow['transactions'][number]): Transaction {
  return { id, kind, amount: Number(amount), paymentMethodId, occurredAt };
}

/** A return as the database has it. */
export function returnOf(row: NonNullable<OrderRow['return']>): OrderReturn {
  const { id, orderId, paymentMethodId, status, amount, createdAt, lines } = row;
  const itemIds = lines.map(({ orderItemId }) => orderItemId);
  return { id, orderId, itemIds, paymentMethodId, status, amount: Number(amount), createdAt };
}

/** An exchange as the database has it. */
export function exchangeOf(row: NonNullable<OrderRow['exchange']>): OrderExchange {
  const { id, orderId, paymentMethodId, status, priceDifference, createdAt } = row;
  const lines = row.lines.map(({ orderItemId, newVariantId, newPrice }) => ({
    itemId: orderItemId,
    newVariantId,
    newPrice: Number(newPrice),
  }));
  return { id, orderId, lines, paymentMethodId, status, priceDifference: Number(priceDifference), createdAt };
}

/** A refund as the database has it, without what only its worker needs. */
export function refundOf(row: OrderRow['refunds'][number]): Refund {
  return {
    id: row.id,
    orderId: row.orderId,
    customerId: row.customerId,
    cause: row.cause,
    status: row.status,
    amount: Number(row.amount),
    paymentMethodId: row.paymentMethodId,
    reason: row.reason,
    decidedBy: row.decidedBy,
    decisionNote: row.decisionNote,
    decidedAt: row.decidedAt,
    orderReturnId: row.orderReturnId,
    orderExchangeId: row.orderExchangeId,
    transactionId: row.transactionId,
    createdAt: row.createdAt,
    completedAt: row.completedAt,
    failedAt: row.failedAt,
    failureCode: row.failureCode,
  };
}

/** Options as we wrote them: a list, because jsonb does not keep the order of an object's keys. */
export function optionsOf(json: unknown): readonly Option[] {
  // Only written by this package, from values of this type.
  return json as Option[];
}
