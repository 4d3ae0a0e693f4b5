import { canonicalJson } from '@supportgraph/data';
import { readOrders } from '../data/readOrder.js';
import { sumOf } from '../domain/money.js';
import type { Order } from '../domain/order.js';
import { newId } from '@supportgraph/kernel';
import { amountOf, byId, once, referred, unique } from './importing.js';
import type { ImportContext, Placed } from './importShop.js';
import type { OrderRecord } from './records.js';
import { refuse } from './refusal.js';

/** Writes orders; one that is there already must have the same content. */
export async function importOrders(context: ImportContext, placed: readonly Placed<OrderRecord>[]): Promise<void> {
  const { tx } = context;
  const references = await readReferences(context, placed);
  const orders = placed.map((each) => ({ ...each, order: orderOf(context, each, references) }));
  const existing = byId(
    await readOrders(
      tx,
      orders.map(({ order }) => order.id),
    ),
  );
  for (const { path, order } of orders) {
    const there = existing.get(order.id);
    if (there && contentOf(there) !== contentOf(order)) refuse(path, 'this order is there already with other content');
  }
  await writeOrders(
    context,
    orders.map(({ order }) => order).filter(({ id }) => !existing.has(id)),
  );
}

interface References {
  customers: ReadonlyMap<string, { id: string }>;
  methods: ReadonlyMap<string, { id: string; customerId: string }>;
  variants: ReadonlyMap<string, { id: string; productId: string }>;
  products: ReadonlyMap<string, { id: string }>;
}

async function readReferences({ tx }: ImportContext, placed: readonly Placed<OrderRecord>[]): Promise<References> {
  const among = (ids: readonly (string | null)[], prefix: string) => ({
    where: { id: { in: ids.filter((id) => id !== null).map((id) => `${prefix}_${id}`) } },
  });
  const customerIds = unique(placed, ({ customerId }) => [customerId]);
  const methodIds = unique(placed, (order) => order.transactions.map(({ paymentMethodId }) => paymentMethodId));
  const variantIds = unique(placed, (order) => order.items.map(({ variantId }) => variantId));
  const productIds = unique(placed, (order) => order.items.map(({ productId }) => productId));
  return {
    customers: byId(await tx.customer.findMany({ ...among(customerIds, 'cus'), select: { id: true } })),
    methods: byId(
      await tx.paymentMethod.findMany({ ...among(methodIds, 'pay'), select: { id: true, customerId: true } }),
    ),
    variants: byId(
      await tx.productVariant.findMany({ ...among(variantIds, 'var'), select: { id: true, productId: true } }),
    ),
    products: byId(await tx.product.findMany({ ...among(productIds, 'prd'), select: { id: true } })),
  };
}

/** The order that a record describes, with its references checked. */
function orderOf(context: ImportContext, placed: Placed<OrderRecord>, references: References): Order {
  const { path, record } = placed;
  once(context, 'order', record.number, [...path, 'number']);
  const bare = record.number.slice(1);
  const id = `ord_${bare}`;
  const customer = referred(references.customers, `cus_${record.customerId}`, [...path, 'customerId'], 'customer');
  return {
    ...{ id, number: record.number, customerId: customer.id, status: record.status, cancelReason: record.cancelReason },
    ...{ itemsModified: record.itemsModified, address: record.address, placedAt: record.placedAt },
    ...{ deliveredAt: record.deliveredAt, createdAt: record.createdAt ?? record.placedAt },
    items: record.items.map(({ productId, variantId, name, price, options }, line) => {
      const at = [...path, 'items', line];
      return {
        ...{ id: `itm_${bare}_${line}`, line, name, options, price: amountOf(context, [...at, 'price'], price) },
        ...checkSold(references, at, productId, variantId),
      };
    }),
    fulfillments: record.fulfillments.map(({ trackingNumbers, items }, position) => ({
      trackingNumbers,
      lines: items.map((line, index) =>
        line < record.items.length
          ? line
          : refuse([...path, 'fulfillments', position, 'items', index], 'there is no such item'),
      ),
    })),
    transactions: transactionsOf(context, placed, customer.id, references),
    ...{ return: null, exchange: null, refunds: [] },
  };
}

function checkSold(
  { products, variants }: References,
  at: readonly (string | number)[],
  productId: string | null,
  variantId: string | null,
): { productId: string | null; variantId: string | null } {
  const product = productId === null ? null : referred(products, `prd_${productId}`, [...at, 'productId'], 'product');
  const variant = variantId === null ? null : referred(variants, `var_${variantId}`, [...at, 'variantId'], 'variant');
  if (variant && variant.productId !== product?.id) refuse([...at, 'variantId'], 'is not a variant of this product');
  return { productId: product?.id ?? null, variantId: variant?.id ?? null };
}

function transactionsOf(
  context: ImportContext,
  { path, record }: Placed<OrderRecord>,
  customerId: string,
  { methods }: References,
): Order['transactions'] {
  const transactions = record.transactions.map(({ kind, amount, paymentMethodId, occurredAt }, position) => {
    const at = [...path, 'transactions', position];
    const method = referred(methods, `pay_${paymentMethodId}`, [...at, 'paymentMethodId'], 'payment method');
    if (method.customerId !== customerId) refuse([...at, 'paymentMethodId'], 'belongs to another customer');
    return {
      ...{ id: newId('txn', context.now.getTime()), kind, amount: amountOf(context, [...at, 'amount'], amount) },
      ...{ paymentMethodId: method.id, occurredAt: occurredAt ?? record.placedAt },
    };
  });
  if (sumOf('REFUND', transactions) > sumOf('PAYMENT', transactions))
    refuse([...path, 'transactions'], 'more was given back than was paid');
  return transactions;
}

/** All that makes two orders the same: what a file says of them, without what only the database knows. */
function contentOf({ return: _return, exchange: _exchange, refunds: _refunds, ...order }: Order): string {
  const transactions = order.transactions.map(({ id: _id, ...transaction }) => transaction);
  return canonicalJson({ ...order, transactions });
}

async function writeOrders({ tx }: ImportContext, orders: readonly Order[]): Promise<void> {
  await tx.order.createMany({
    data: orders.map((order) => ({
      ...{ id: order.id, number: order.number, customerId: order.customerId, status: order.status },
      ...{ cancelReason: order.cancelReason, itemsModified: order.itemsModified, ...order.address },
      ...{ placedAt: order.placedAt, deliveredAt: order.deliveredAt, createdAt: order.createdAt },
    })),
  });
  await tx.orderItem.createMany({
    data: orders.flatMap(({ id: orderId, items }) =>
      items.map(({ options, ...item }) => ({ ...item, orderId, options: options.map((option) => ({ ...option })) })),
    ),
  });
  await tx.fulfillment.createMany({
    data: orders.flatMap(({ id: orderId, fulfillments }) =>
      fulfillments.map(({ trackingNumbers, lines }, position) => ({
        ...{ orderId, position, trackingNumbers: [...trackingNumbers], lines: [...lines] },
      })),
    ),
  });
  await tx.orderTransaction.createMany({
    data: orders.flatMap(({ id: orderId, transactions }) =>
      transactions.map((transaction, position) => ({ ...transaction, orderId, position })),
    ),
  });
}
