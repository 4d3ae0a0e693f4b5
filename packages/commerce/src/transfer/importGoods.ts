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
  const lookup = await readLookup(context, placed);
  for (const { path, record } of placed) {
    once(context, 'return', record.id, [...path, 'id']);
    const order = lookup.order(path, record.orderNumber);
    const wanted: OrderReturn = {
      ...{ id: `ret_${record.id}`, orderId: order.id, status: record.status, createdAt: record.createdAt },
      itemIds: record.items.map((line, index) => itemId(order, line, [...path, 'items', index])),
      paymentMethodId: lookup.method(path, record.paymentMethodId, order).id,
      amount: amountOf(context, [...path, 'amount'], record.amount),
    };
    if (isThere(path, wanted, order.return)) continue;
    if (order.exchange) refuse([...path, 'orderNumber'], 'this order has an exchange');
    const { itemIds, ...row } = wanted;
    const lines = { create: itemIds.map((orderItemId, position) => ({ position, orderItemId })) };
    await context.tx.orderReturn.create({ data: { ...row, lines } });
  }
}

/** Writes exchanges; one that is there already must have the same content. */
export async function importExchanges(
  context: ImportContext,
  placed: readonly Placed<ExchangeRecord>[],
): Promise<void> {
  const lookup = await readLookup(context, placed);
  const variantIds = unique(placed, ({ lines }) => lines.map(({ variantId }) => `var_${variantId}`));
  const variants = byId(
    await context.tx.productVariant.findMany({ where: { id: { in: variantIds } }, select: { id: true } }),
  );
  for (const { path, record } of placed) {
    once(context, 'exchange', record.id, [...path, 'id']);
    const order = lookup.order(path, record.orderNumber);
    const wanted: OrderExchange = {
      ...{ id: `exc_${record.id}`, orderId: order.id, status: record.status, createdAt: record.createdAt },
      lines: record.lines.map(({ item, variantId, price }, index) => {
        const at = [...path, 'lines', index];
        return {
          itemId: itemId(order, item, [...at, 'item']),
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
    const { lines, ...row } = wanted;
    const create = lines.map(({ itemId: orderItemId, ...line }, position) => ({ ...line, position, orderItemId }));
    await context.tx.orderExchange.create({ data: { ...row, lines: { create } } });
  }
}

/** Writes refunds; one that is there already must have the same content. */
export async function importRefunds(context: ImportContext, placed: readonly Placed<RefundRecord>[]): Promise<void> {
  const lookup = await readLookup(context, placed);
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
      transactionId: transactionOf(order, transaction, [...path, 'transaction']),
    };
    checkState(path, record);
    if (
      isThere(
        path,
        wanted,
        order.refunds.find(({ id }) => id === wanted.id),
      )
    )
      continue;
    await context.tx.refund.create({ data: { ...wanted, dueAt: record.createdAt } });
  }
}

/** A refund is on its order from the decision on, and has a time when it is complete. */
function checkState(path: Placed<RefundRecord>['path'], { status, transaction, completedAt }: RefundRecord): void {
  const isDecided = status === 'APPROVED' || status === 'COMPLETED';
  if (isDecided !== (transaction !== null)) refuse([...path, 'transaction'], `does not fit the status ${status}`);
  if ((status === 'COMPLETED') !== (completedAt !== null))
    refuse([...path, 'completedAt'], `does not fit the status ${status}`);
}

function transactionOf(order: Order, index: number | null, path: Placed<unknown>['path']): string | null {
  if (index === null) return null;
  const transaction = order.transactions[index];
  return transaction?.kind === 'REFUND' ? transaction.id : refuse(path, 'is not a refund of this order');
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

function itemId({ items }: Order, line: number, path: Placed<unknown>['path']): string {
  return items[line]?.id ?? refuse(path, 'there is no such item');
}

/** Whether it is there already; refused if it is there with other content, or another in its place. */
function isThere<T>(path: Placed<unknown>['path'], wanted: T, there: T | null | undefined): boolean {
  if (!there) return false;
  if (canonicalJson(there) !== canonicalJson(wanted)) refuse(path, 'this is there already with other content');
  return true;
}
