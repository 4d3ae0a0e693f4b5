import { canonicalJson } from '@supportgraph/data';
import { parseMoney } from '@supportgraph/kernel';
import { readMethods } from '../data/readCustomer.js';
import { readOrders } from '../data/readOrder.js';
import type { Order, OrderExchange, OrderReturn, Refund } from '../domain/order.js';
import type { PaymentMethod } from '../domain/paymentMethod.js';
import { amountOf, byId, once, referred, unique } from './importing.js';
import type { ImportContext, Placed } from './importShop.js';
import type { ExchangeRecord, RefundRecord, ReturnRecord } from './records.js';
import { refuse } from './refusal.js';

/** Writes returns; one that is there already must have the same content. */
export async function importReturns(context: ImportContext, placed: readonly Placed<ReturnRecord>[]): Promise<void> {
  const { tx } = context;
  const lookup = await readLookup(context, placed);
  const returns: OrderReturn[] = [];
  await refuseElsewhere(placed, 'ret', lookup, (where) => tx.orderReturn.findMany(where));
  for (const { path, record } of placed) {
    once(context, 'return', record.id, [...path, 'id']);
    const order = lookup.order(path, record.orderNumber);
    once(context, 'return of order', order.id, [...path, 'orderNumber']);
    const wanted: OrderReturn = {
      ...{ id: `ret_${record.id}`, orderId: order.id, status: record.status, createdAt: record.createdAt },
      itemIds: itemIdsOf(order, record.items, (index) => [...path, 'items', index]),
      paymentMethodId: lookup.method(path, record.paymentMethodId, order).id,
      amount: amountOf(context, [...path, 'amount'], record.amount),
    };
    if (isThere(path, wanted, order.return)) continue;
    if (order.exchange) refuse([...path, 'orderNumber'], 'this order has an exchange');
    returns.push(wanted);
  }
  await tx.orderReturn.createMany({ data: returns.map(({ itemIds: _, ...row }) => row) });
  await tx.orderReturnLine.createMany({
    data: returns.flatMap(({ id: orderReturnId, itemIds }) =>
      itemIds.map((orderItemId, position) => ({ orderReturnId, position, orderItemId })),
    ),
  });
}

/** Writes exchanges; one that is there already must have the same content. */
export async function importExchanges(
  context: ImportContext,
  placed: readonly Placed<ExchangeRecord>[],
): Promise<void> {
  const { tx } = context;
  const lookup = await readLookup(context, placed);
  const variantIds = unique(placed, ({ lines }) => lines.map(({ variantId }) => `var_${variantId}`));
  const variants = byId(await tx.productVariant.findMany({ where: { id: { in: variantIds } }, select: { id: true } }));
  const exchanges: OrderExchange[] = [];
  await refuseElsewhere(placed, 'exc', lookup, (where) => tx.orderExchange.findMany(where));
  for (const { path, record } of placed) {
    once(context, 'exchange', record.id, [...path, 'id']);
    const order = lookup.order(path, record.orderNumber);
    once(context, 'exchange of order', order.id, [...path, 'orderNumber']);
    const items = record.lines.map(({ item }) => item);
    const itemIds = itemIdsOf(order, items, (index) => [...path, 'lines', index, 'item']);
    const wanted: OrderExchange = {
      ...{ id: `exc_${record.id}`, orderId: order.id, status: record.status, createdAt: record.createdAt },
      lines: record.lines.map(({ variantId, price }, index) => {
        const at = [...path, 'lines', index];
        return {
          itemId: itemIds[index]!,
          newVariantId: referred(variants, `var_${variantId}`, [...at, 'variantId'], 'variant').id,
          newPrice: amountOf(context, [...at, 'price'], price),
        };
      }),
      paymentMethodId: lookup.method(path, record.paymentMethodId, order).id,
      priceDifference:
        parseMoney(record.priceDifference, context.currency) ?? refuse([...path, 'priceDifference'], 'is malformed'),
    };
    if (isThere(path, wanted, order.exchange)) continue;
    if (order.return) refuse([...path, 'orderNumber'], 'this order has a return');
    exchanges.push(wanted);
  }
  await tx.orderExchange.createMany({ data: exchanges.map(({ lines: _, ...row }) => row) });
  await tx.orderExchangeLine.createMany({
    data: exchanges.flatMap(({ id: orderExchangeId, lines }) =>
      lines.map(({ itemId: orderItemId, ...line }, position) => ({ ...line, orderExchangeId, position, orderItemId })),
    ),
  });
}

/** Writes refunds; one that is there already must have the same content. */
export async function importRefunds(context: ImportContext, placed: readonly Placed<RefundRecord>[]): Promise<void> {
  const { tx } = context;
  const lookup = await readLookup(context, placed);
  await refuseElsewhere(placed, 'ref', lookup, (where) => tx.refund.findMany(where));
  const refunds: Refund[] = [];
  for (const { path, record } of placed) {
    once(context, 'refund', record.id, [...path, 'id']);
    const order = lookup.order(path, record.orderNumber);
    const { transaction, returnId, exchangeId, orderNumber: _, ...rest } = record;
    const wanted: Refund = {
      ...{ ...rest, id: `ref_${record.id}`, orderId: order.id, customerId: order.customerId },
      paymentMethodId: lookup.method(path, record.paymentMethodId, order).id,
      amount: amountOf(context, [...path, 'amount'], record.amount) || refuse([...path, 'amount'], 'must be positive'),
      orderReturnId: checkGoods(order.return, 'ret', returnId, [...path, 'returnId']),
      orderExchangeId: checkGoods(order.exchange, 'exc', exchangeId, [...path, 'exchangeId']),
      transactionId: null,
      failedAt: null,
      failureCode: null,
    };
    wanted.transactionId = transactionOf(order, wanted, transaction, [...path, 'transaction']);
    checkState(path, record);
    checkOnlyOne(context, path, wanted, order);
    const there = order.refunds.find(({ id }) => id === wanted.id);
    if (!isThere(path, wanted, there)) refunds.push(wanted);
  }
  await tx.refund.createMany({ data: refunds.map((refund) => ({ ...refund, dueAt: refund.createdAt })) });
}

/** A transaction, a return and an exchange have one refund each. */
function checkOnlyOne(context: ImportContext, path: Placed<unknown>['path'], wanted: Refund, { refunds }: Order): void {
  const links = { transactionId: 'transaction', orderReturnId: 'returnId', orderExchangeId: 'exchangeId' } as const;
  for (const [link, field] of Object.entries(links) as [keyof typeof links, string][]) {
    const target = wanted[link];
    if (target === null) continue;
    once(context, `refund of ${field}`, target, [...path, field]);
    if (refunds.some((other) => other.id !== wanted.id && other[link] === target))
      refuse([...path, field], 'has another refund already');
  }
}

/** A refund is on its order from the decision on, and has a time when it is complete. */
function checkState(path: Placed<RefundRecord>['path'], { status, transaction, completedAt }: RefundRecord): void {
  const isDecided = status === 'APPROVED' || status === 'COMPLETED';
  if (isDecided !== (transaction !== null)) refuse([...path, 'transaction'], `does not fit the status ${status}`);
  if ((status === 'COMPLETED') !== (completedAt !== null))
    refuse([...path, 'completedAt'], `does not fit the status ${status}`);
}

function transactionOf(
  order: Order,
  { amount, paymentMethodId }: Refund,
  index: number | null,
  path: Placed<unknown>['path'],
): string | null {
  if (index === null) return null;
  const transaction = order.transactions[index];
  if (transaction?.kind !== 'REFUND') return refuse(path, 'is not a refund of this order');
  if (transaction.amount !== amount || transaction.paymentMethodId !== paymentMethodId)
    return refuse(path, 'has another amount or payment method');
  return transaction.id;
}

function checkGoods(
  goods: { id: string } | null,
  prefix: 'ret' | 'exc',
  id: string | null,
  path: Placed<unknown>['path'],
): string | null {
  if (id === null) return null;
  return goods?.id === `${prefix}_${id}` ? goods.id : refuse(path, 'this order has no such return or exchange');
}

type Lookup = Awaited<ReturnType<typeof readLookup>>;

/** The orders and ways to pay that a batch refers to. */
async function readLookup({ tx }: ImportContext, placed: readonly Placed<{ orderNumber: string }>[]) {
  const orders = byId(
    await readOrders(
      tx,
      unique(placed, ({ orderNumber }) => [orderIdOf(orderNumber)]),
    ),
  );
  const customerIds = [...orders.values()].map(({ customerId }) => customerId);
  const methods = byId(await readMethods(tx, { customerIds }));
  return {
    order: (path: Placed<unknown>['path'], number: string): Order =>
      referred(orders, orderIdOf(number), [...path, 'orderNumber'], 'order'),
    method: (path: Placed<unknown>['path'], id: string, { customerId }: Order): PaymentMethod => {
      const at = [...path, 'paymentMethodId'];
      const method = referred(methods, `pay_${id}`, at, 'payment method');
      return method.customerId === customerId ? method : refuse(at, 'belongs to another customer');
    },
  };
}

function orderIdOf(number: string): string {
  return `ord_${number.replace(/^#/, '')}`;
}

/** The items at these lines, each of them once. */
function itemIdsOf(
  { items }: Order,
  lines: readonly number[],
  pathOf: (index: number) => Placed<unknown>['path'],
): string[] {
  return lines.map((line, index) => {
    if (lines.indexOf(line) < index) refuse(pathOf(index), 'is there twice');
    return items[line]?.id ?? refuse(pathOf(index), 'there is no such item');
  });
}

/** Refuses an id that something of another order has. */
async function refuseElsewhere(
  placed: readonly Placed<{ id: string; orderNumber: string }>[],
  prefix: 'ret' | 'exc' | 'ref',
  lookup: Lookup,
  find: (query: {
    where: { id: { in: string[] } };
    select: { id: true; orderId: true };
  }) => Promise<{ id: string; orderId: string }[]>,
): Promise<void> {
  const ids = unique(placed, ({ id }) => [`${prefix}_${id}`]);
  const known = byId(await find({ where: { id: { in: ids } }, select: { id: true, orderId: true } }));
  for (const { path, record } of placed) {
    const there = known.get(`${prefix}_${record.id}`);
    if (there && there.orderId !== lookup.order(path, record.orderNumber).id)
      refuse([...path, 'id'], 'belongs to another order');
  }
}

/** Whether it is there already; refused if it is there with other content, or another in its place. */
function isThere<T>(path: Placed<unknown>['path'], wanted: T, there: T | null | undefined): boolean {
  if (!there) return false;
  if (canonicalJson(there) !== canonicalJson(wanted)) refuse(path, 'this is there already with other content');
  return true;
}
