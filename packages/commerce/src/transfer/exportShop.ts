import type { Prisma, Tx } from '@supportgraph/data';
import { formatMoney } from '@supportgraph/kernel';
import { readOrders } from '../data/readOrder.js';
import { customerOf, readMethods } from '../data/readCustomer.js';
import { readVariants } from '../data/readProduct.js';
import { readShop } from '../data/readShop.js';
import type { Address } from '../domain/address.js';
import type { Order } from '../domain/order.js';
import type { PaymentMethod } from '../domain/paymentMethod.js';
import type { Option } from '../domain/product.js';
import type { CommerceDeps } from '../services/deps.js';

const pageSize = 250;
const timeLimitMs = 30 * 60_000;

/**
 * Writes the whole shop as it is at one moment, in the format that `importShop` reads, page by page.
 * `write` is awaited, so that a slow reader keeps it from filling the memory.
 */
export function exportShop({ db }: CommerceDeps, write: (text: string) => Promise<void> | void): Promise<void> {
  return db.transaction((tx) => exportAll(tx, write), { isolation: 'RepeatableRead', timeoutMs: timeLimitMs });
}

async function exportAll(tx: Tx, write: (text: string) => Promise<void> | void): Promise<void> {
  const { currency, ...settings } = await readShop(tx);
  const money = (minor: number) => formatMoney(minor, currency);
  await write(`{ "currency": ${JSON.stringify(currency)},\n  "settings": `);
  await write(JSON.stringify({ ...settings, automaticRefundLimit: money(settings.automaticRefundLimit) }));
  const sections: [string, AsyncIterable<object>][] = [
    ['products', pagesOfProducts(tx, money)],
    ['customers', pagesOfCustomers(tx, money)],
    ['orders', pagesOfOrders(tx, {}, (order) => orderRecord(order, money))],
    ['returns', pagesOfOrders(tx, { return: { isNot: null } }, (order) => returnRecord(order, money))],
    ['exchanges', pagesOfOrders(tx, { exchange: { isNot: null } }, (order) => exchangeRecord(order, money))],
    ['refunds', pagesOfOrders(tx, { refunds: { some: {} } }, (order) => refundRecords(order, money))],
  ];
  for (const [name, records] of sections) {
    await write(`,\n  "${name}": [`);
    let separator = '\n    ';
    for await (const record of records) {
      await write(separator + JSON.stringify(record));
      separator = ',\n    ';
    }
    await write('\n  ]');
  }
  await write(' }\n');
}

type Money = (minor: number) => string;

/** Pages of a table by id: `take` more beyond the last one until a page is not full. */
async function* pages<Row extends { id: string }>(
  find: (where: { id: { gt: string } }, take: number) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let last = ''; ;) {
    const rows = await find({ id: { gt: last } }, pageSize);
    if (rows.length) yield rows;
    if (rows.length < pageSize) return;
    last = rows.at(-1)!.id;
  }
}

async function* pagesOfProducts(tx: Tx, money: Money): AsyncGenerator<object> {
  for await (const products of pages((where, take) => tx.product.findMany({ where, take, orderBy: { id: 'asc' } }))) {
    const variants = await readVariants(tx, { productIds: products.map(({ id }) => id) });
    for (const { id, name, createdAt } of products) {
      const own = variants.filter(({ productId }) => productId === id);
      yield {
        ...{ id: bare(id), name, createdAt },
        variants: own.map((variant) => ({
          ...{ id: bare(variant.id), options: record(variant.options) },
          ...{ price: money(variant.price), available: variant.isAvailable },
        })),
      };
    }
  }
}

async function* pagesOfCustomers(tx: Tx, money: Money): AsyncGenerator<object> {
  for await (const rows of pages((where, take) => tx.customer.findMany({ where, take, orderBy: { id: 'asc' } }))) {
    const methods = await readMethods(tx, { customerIds: rows.map(({ id }) => id) });
    for (const { id, address, ...customer } of rows.map(customerOf)) {
      const own = methods.filter(({ customerId }) => customerId === id);
      yield {
        ...{ id: bare(id), ...customer, address: addressRecord(address) },
        paymentMethods: own.map((method) => methodRecord(method, money)),
      };
    }
  }
}

async function* pagesOfOrders(
  tx: Tx,
  which: Prisma.OrderWhereInput,
  records: (order: Order) => object | object[] | null,
): AsyncGenerator<object> {
  const find = (where: { id: { gt: string } }, take: number) =>
    tx.order.findMany({ where: { ...which, ...where }, take, orderBy: { id: 'asc' }, select: { id: true } });
  for await (const rows of pages(find)) {
    const orders = await readOrders(
      tx,
      rows.map(({ id }) => id),
    );
    for (const order of orders.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      yield* [records(order) ?? []].flat();
    }
  }
}

function methodRecord(method: PaymentMethod, money: Money): object {
  const common = { id: bare(method.id), kind: method.kind, ...(!method.isOnFile && { onFile: false }) };
  switch (method.kind) {
    case 'CREDIT_CARD':
      return { ...common, brand: method.brand, lastFour: method.lastFour };
    case 'PAYPAL':
      return common;
    case 'GIFT_CARD':
      return { ...common, balance: money(method.balance) };
  }
}

function orderRecord(order: Order, money: Money): object {
  return {
    ...{ number: order.number, customerId: bare(order.customerId), status: order.status, placedAt: order.placedAt },
    ...{ deliveredAt: order.deliveredAt, cancelReason: order.cancelReason, itemsModified: order.itemsModified },
    ...{ createdAt: order.createdAt, address: addressRecord(order.address) },
    items: order.items.map(({ productId, variantId, name, price, options }) => ({
      ...{ productId: productId && bare(productId), variantId: variantId && bare(variantId) },
      ...{ name, price: money(price), options: record(options) },
    })),
    fulfillments: order.fulfillments.map(({ trackingNumbers, lines }) => ({ trackingNumbers, items: lines })),
    transactions: order.transactions.map(({ kind, amount, paymentMethodId, occurredAt }) => ({
      ...{ kind, amount: money(amount), paymentMethodId: bare(paymentMethodId), occurredAt },
    })),
  };
}

function returnRecord({ number, items, return: orderReturn }: Order, money: Money): object | null {
  if (!orderReturn) return null;
  const { id, itemIds, paymentMethodId, status, amount, createdAt } = orderReturn;
  return {
    ...{ id: bare(id), orderNumber: number, items: itemIds.map((itemId) => lineOf(items, itemId)) },
    ...{ paymentMethodId: bare(paymentMethodId), status, amount: money(amount), createdAt },
  };
}

function exchangeRecord({ number, items, exchange }: Order, money: Money): object | null {
  if (!exchange) return null;
  const { id, lines, paymentMethodId, status, priceDifference, createdAt } = exchange;
  return {
    ...{ id: bare(id), orderNumber: number, paymentMethodId: bare(paymentMethodId), status, createdAt },
    priceDifference: money(priceDifference),
    lines: lines.map(({ itemId, newVariantId, newPrice }) => ({
      ...{ item: lineOf(items, itemId), variantId: bare(newVariantId), price: money(newPrice) },
    })),
  };
}

function refundRecords({ number, refunds, transactions }: Order, money: Money): object[] {
  return refunds.map((refund) => {
    const { cause, status, reason, decidedBy, decisionNote, decidedAt, createdAt, completedAt } = refund;
    const { orderReturnId, orderExchangeId, transactionId } = refund;
    const transaction = transactions.findIndex(({ id }) => id === transactionId);
    return {
      ...{ id: bare(refund.id), orderNumber: number, cause, status, amount: money(refund.amount), reason },
      ...{ paymentMethodId: bare(refund.paymentMethodId), decidedBy, decisionNote, decidedAt, createdAt, completedAt },
      ...{ returnId: orderReturnId && bare(orderReturnId), exchangeId: orderExchangeId && bare(orderExchangeId) },
      transaction: transaction < 0 ? null : transaction,
    };
  });
}

function lineOf(items: Order['items'], itemId: string): number {
  return items.findIndex(({ id }) => id === itemId);
}

/** The id without its prefix: the one that the shop gave. */
function bare(id: string): string {
  return id.slice(4);
}

function record(options: readonly Option[]): Record<string, string> {
  return Object.fromEntries(options.map(({ name, value }) => [name, value]));
}

function addressRecord({ line2, region, ...address }: Address): object {
  return { ...address, ...(line2 && { line2 }), ...(region && { region }) };
}
