import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { nobody, type Result } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importShop, type ImportSummary } from '../src/index.js';
import { ann, startCommerce, testShop, textOf, type TestCommerce } from '../src/testing/index.js';

/** The one of the moment; a test that is refused all it imports may share it with others. */
let commerce: TestCommerce;
const started: TestCommerce[] = [];
async function start(file: object): Promise<void> {
  commerce = await startCommerce(file);
  started.push(commerce);
}
afterAll(() => Promise.all(started.map(({ stop }) => stop())));

const address = { line1: '1 Test Street', city: 'Testville', postcode: '90001', countryCode: 'us' };
const item = { productId: 'mug', variantId: 'mug', name: 'Mug', price: '8.25', options: {} };
const order = {
  ...{ number: '#N1', customerId: 'ann', status: 'PENDING', placedAt: '2026-01-02T03:04:05Z', address },
  ...{ items: [item], transactions: [{ kind: 'PAYMENT', amount: '8.25', paymentMethodId: 'card' }] },
};
const given = { kind: 'REFUND', amount: '8.25', paymentMethodId: 'card' };
const delivered = { ...order, number: '#D1', status: 'DELIVERED', deliveredAt: '2026-01-05T00:00:00Z' };
const paidBack = { ...delivered, number: '#P1', transactions: [...order.transactions, given] };
const money = { paymentMethodId: 'card', createdAt: '2026-01-10T00:00:00Z' };
const orderReturn = { id: 'r1', orderNumber: '#D1', items: [0], status: 'REQUESTED', amount: '8.25', ...money };
const exchangeLine = { item: 0, variantId: 'mug', price: '8.25' };
const exchange = {
  id: 'e1',
  orderNumber: '#D1',
  lines: [exchangeLine],
  status: 'REQUESTED',
  priceDifference: '-0.25',
  ...money,
};
const refund = {
  ...{ id: 'f1', orderNumber: '#P1', cause: 'REQUEST', status: 'COMPLETED', amount: '8.25', transaction: 1, ...money },
  ...{ completedAt: '2026-01-11T00:00:00Z', reason: 'Late\nand broken' },
}; // prettier-ignore
const shop = (changes: object) => ({ ...testShop([]), ...changes });

const run = (file: unknown) => importShop(commerce.deps, () => textOf(file));

function refusalOf(result: Result<unknown>): { field: string; message: string } {
  if (result.ok) throw new Error('It was not refused');
  const [error] = result.errors;
  return { field: error!.field!.join('.'), message: error!.message.en };
}

async function counts(): Promise<number[]> {
  const { prisma } = commerce.deps.db;
  return Promise.all([
    ...[prisma.product.count(), prisma.productVariant.count(), prisma.customer.count(), prisma.paymentMethod.count()],
    ...[prisma.order.count(), prisma.orderReturn.count(), prisma.orderExchange.count(), prisma.refund.count()],
  ]);
}

test('given ids are kept behind their prefixes, and lines are named after their order', async () => {
  await start(shop({ orders: [{ ...order, items: [item, item] }] }));
  const found = await commerce.orders.find(ann, 'ord_N1');
  expect(found).toMatchObject({ id: 'ord_N1', number: '#N1', customerId: 'cus_ann' });
  expect(found!.items).toMatchObject([
    { id: 'itm_N1_0', line: 0, productId: 'prd_mug', variantId: 'var_mug', price: 825 },
    { id: 'itm_N1_1', line: 1 },
  ]);
  expect(found!.transactions).toMatchObject([{ kind: 'PAYMENT', amount: 825, paymentMethodId: 'pay_card' }]);
});

test('what is left out gets a sensible default', async () => {
  await start(shop({ orders: [order] }));
  const placedAt = new Date(order.placedAt);
  expect(await commerce.orders.find(ann, 'ord_N1')).toMatchObject({
    ...{ deliveredAt: null, cancelReason: null, itemsModified: false, createdAt: placedAt, fulfillments: [] },
    ...{ transactions: [{ occurredAt: placedAt }], return: null, exchange: null, refunds: [] },
    address: { line2: null, region: null, countryCode: 'US' },
  });
  const [customer] = await commerce.customers.load(ann, ['cus_ann']);
  expect(customer).toMatchObject({ createdAt: new Date('2026-02-01T12:00:00Z') });
  const settings = await commerce.shop.read();
  expect(settings).toMatchObject({ returnWindowDays: null, automaticRefundLimit: 50_00, timeZone: 'UTC' });
});

test('importing the same file again changes nothing', async () => {
  const orders = [order, delivered, paidBack];
  const file = shop({ orders, returns: [orderReturn], refunds: [refund] });
  await start(file);
  const { prisma } = commerce.deps.db;
  const everything = async () => ({
    orders: await prisma.order.findMany({
      include: { items: true, transactions: true, fulfillments: true, return: { include: { lines: true } }, refunds: true },
      orderBy: { id: 'asc' },
    }),
    customers: await prisma.customer.findMany({ omit: { updatedAt: true }, include: { paymentMethods: true }, orderBy: { id: 'asc' } }),
    products: await prisma.product.findMany({ include: { variants: true }, orderBy: { id: 'asc' } }),
    settings: await prisma.shopSettings.findMany({ omit: { updatedAt: true } }),
  }); // prettier-ignore
  const before = await everything();
  commerce.setTime('2026-03-01T00:00:00Z');
  expect(await run(file)).toEqual({
    ok: true,
    value: { products: 2, customers: 2, orders: 3, returns: 1, exchanges: 0, refunds: 1 },
  });
  expect(await everything()).toEqual(before);
});

test('products, variants, customers and settings are updated; a way to pay that is gone is taken off file', async () => {
  await start(shop({ orders: [order] }));
  const changed = await run({
    currency: 'USD',
    settings: { returnWindowDays: 14 },
    products: [
      { id: 'mug', name: 'Big Mug', variants: [{ id: 'mug', options: { color: 'red' }, price: '9', available: false }] },
    ],
    customers: [
      {
        ...{ id: 'ann', email: 'ann.new@example.com', firstName: 'Anna', lastName: 'Example', address },
        paymentMethods: [{ id: 'gift', kind: 'GIFT_CARD', balance: '12.5' }],
      },
    ],
  }); // prettier-ignore
  expect(changed.ok).toBe(true);
  expect(await commerce.shop.read()).toMatchObject({ name: 'Test shop', returnWindowDays: 14 });
  const [variant] = await commerce.products.loadVariants(['var_mug']);
  expect(variant).toMatchObject({ price: 900, isAvailable: false, options: [{ name: 'color', value: 'red' }] });
  const [customer] = await commerce.customers.load(ann, ['cus_ann']);
  expect(customer).toMatchObject({ email: 'ann.new@example.com', firstName: 'Anna' });
  const methods = await commerce.customers.loadMethods(ann, ['pay_gift', 'pay_card']);
  expect(methods).toMatchObject([{ balance: 1250, isOnFile: true }, { isOnFile: false }]);
  const kept = await commerce.orders.find(ann, 'ord_N1');
  expect(kept!.items).toMatchObject([{ name: 'Mug', price: 825 }]);
});

test('what is not in the file stays as it is', async () => {
  await start(shop({ orders: [order] }));
  const before = await counts();
  expect((await run({ currency: 'USD' })).ok).toBe(true);
  expect(await counts()).toEqual(before);
  expect(await commerce.shop.read()).toMatchObject({ name: 'Test shop' });
});

test.each([
  ['its status', { status: 'PROCESSED' }],
  ['a price', { items: [{ ...item, price: '8.26' }] }],
  ['an address', { address: { ...address, city: 'Elsewhere' } }],
  ['a payment', { transactions: [] }],
])('an order that is there with another content is refused: %s', async (_, change) => {
  await start(shop({ orders: [order] }));
  const result = await run(shop({ orders: [{ ...delivered }, { ...order, ...change }] }));
  expect(refusalOf(result)).toEqual({
    field: 'orders.1',
    message: 'orders[1]: this order is there already with other content.',
  });
  expect((await counts())[4]).toBe(1);
});

describe('a bad record names its path, and nothing of the file is imported:', () => {
  const variant = { id: 'v', options: {}, price: '1.00', available: true };
  const product = { id: 'p', name: 'P', variants: [variant] };
  const customer = {
    id: 'eve',
    email: 'eve@example.com',
    firstName: 'Eve',
    lastName: 'E',
    address,
    paymentMethods: [],
  };
  const priced = (price: unknown) => ({ products: [{ ...product, variants: [{ ...variant, price }] }] });
  const price = 'products.0.variants.0.price';
  const ordered = (change: object) => ({ orders: [{ ...order, ...change }] });
  const paid = (change: object) => ordered({ transactions: [{ ...order.transactions[0], ...change }] });
  const sent = (change: object) => ({ orders: [delivered], returns: [{ ...orderReturn, ...change }] });
  const swapped = (change: object) => ({ orders: [delivered], exchanges: [{ ...exchange, ...change }] });
  const refunded = (change: object) => ({ orders: [paidBack], refunds: [{ ...refund, ...change }] });
  const twice = { orders: [delivered, paidBack] };

  const bad: [string, object, string][] = [
    ['an amount more exact than the currency', priced('10.999'), price],
    ['a negative amount', priced('-1'), price],
    ['an amount that is none', priced('NaN'), price],
    ['an amount with an exponent', priced('1e3'), price],
    ['an amount with a comma', priced('1,50'), price],
    ['an amount that is empty', priced(''), price],
    ['an amount that is a number and not text', priced(10.5), price],
    ['an amount that is too large', priced('1'.repeat(12)), price],
    ['a balance that is negative', { customers: [{ ...customer, paymentMethods: [{ id: 'g', kind: 'GIFT_CARD', balance: '-0.01' }] }] }, 'customers.0.paymentMethods.0.balance'],
    ['a limit that is more exact than the currency', { settings: { automaticRefundLimit: '1.001' } }, 'settings.automaticRefundLimit'],
    ['a setting out of range', { settings: { returnWindowDays: -1 } }, 'settings.returnWindowDays'],
    ['a currency that is none', { currency: 'dollars' }, 'currency'],
    ['another currency than that of what is there', { currency: 'EUR' }, 'currency'],
    ['a section that does not exist', { discounts: [{}] }, 'discounts'],
    ['a section that is no list', { orders: { '0': order } }, 'orders'],
    ['a record that is no object', { orders: ['#N1'] }, 'orders.0'],
    ['an id with a slash', { products: [{ ...product, id: 'a/b' }] }, 'products.0.id'],
    ['a product that is there twice', { products: [product, { ...product, variants: [] }] }, 'products.1.id'],
    ['a variant that is there twice', { products: [{ ...product, variants: [variant, variant] }] }, 'products.0.variants.1.id'],
    ['a variant of another product', { products: [{ ...product, variants: [{ ...variant, id: 'blue' }] }] }, 'products.0.variants.0.id'],
    ['a name with a NUL', { products: [{ ...product, name: 'P\0' }] }, 'products.0.name'],
    ['a name with half of a character', { products: [{ ...product, name: 'P\ud83d' }] }, 'products.0.name'],
    ['a name with a line feed', { customers: [{ ...customer, firstName: 'Eve\nAnn' }] }, 'customers.0.firstName'],
    ['a customer who is there twice', { customers: [customer, { ...customer, email: 'e@example.com' }] }, 'customers.1.id'],
    ['an e-mail address that is there twice', { customers: [customer, { ...customer, id: 'e', email: 'EVE@example.com' }] }, 'customers.1.email'],
    ["somebody else's e-mail address", { customers: [{ ...customer, email: 'BOB@example.com' }] }, 'customers.0.email'],
    ["somebody else's way to pay", { customers: [{ ...customer, paymentMethods: [{ id: 'bobsGift', kind: 'GIFT_CARD', balance: '1' }] }] }, 'customers.0.paymentMethods.0.id'],
    ['an e-mail address that is none', { customers: [{ ...customer, email: 'eve' }] }, 'customers.0.email'],
    ['a country that is none', { customers: [{ ...customer, address: { ...address, countryCode: 'USA' } }] }, 'customers.0.address.countryCode'],
    ['a way to pay of no kind', { customers: [{ ...customer, paymentMethods: [{ id: 'x', kind: 'CASH' }] }] }, 'customers.0.paymentMethods.0.kind'],
    ['an order that is there twice', { orders: [order, order] }, 'orders.1.number'],
    ['an order number without #', ordered({ number: 'N1' }), 'orders.0.number'],
    ['a customer that is not there', ordered({ customerId: 'nobody' }), 'orders.0.customerId'],
    ['a status that is none', ordered({ status: 'LOST' }), 'orders.0.status'],
    ['a reason that is none', ordered({ cancelReason: 'BORED' }), 'orders.0.cancelReason'],
    ['a time without a zone', ordered({ placedAt: '2026-01-02T03:04:05' }), 'orders.0.placedAt'],
    ['an order without items', ordered({ items: [] }), 'orders.0.items'],
    ['a product that is not there', ordered({ items: [{ ...item, productId: 'none' }] }), 'orders.0.items.0.productId'],
    ['a variant that is not there', ordered({ items: [item, { ...item, variantId: 'none' }] }), 'orders.0.items.1.variantId'],
    ['an item that is a variant of another product', ordered({ items: [{ ...item, variantId: 'blue' }] }), 'orders.0.items.0.variantId'],
    ['a parcel with an item that is not there', ordered({ fulfillments: [{ trackingNumbers: ['1'], items: [1] }] }), 'orders.0.fulfillments.0.items.0'],
    ['a payment with a way to pay that is not there', paid({ paymentMethodId: 'none' }), 'orders.0.transactions.0.paymentMethodId'],
    ["a payment with somebody else's way to pay", paid({ paymentMethodId: 'bobsGift' }), 'orders.0.transactions.0.paymentMethodId'],
    ['more given back than was paid', paid({ kind: 'REFUND' }), 'orders.0.transactions'],
    ['a return of an order that is not there', sent({ orderNumber: '#none' }), 'returns.0.orderNumber'],
    ['a return of an item that is not there', sent({ items: [1] }), 'returns.0.items.0'],
    ['a return that names an item twice', sent({ items: [0, 0] }), 'returns.0.items.1'],
    ['two returns of one order', { orders: [delivered], returns: [orderReturn, { ...orderReturn, id: 'r2' }] }, 'returns.1.orderNumber'],
    ['two returns with one id', { ...twice, returns: [orderReturn, { ...orderReturn, orderNumber: '#P1' }] }, 'returns.1.id'],
    ['a return and an exchange of one order', { orders: [delivered], returns: [orderReturn], exchanges: [exchange] }, 'exchanges.0.orderNumber'],
    ['an exchange for a variant that is not there', swapped({ lines: [{ ...exchangeLine, variantId: 'none' }] }), 'exchanges.0.lines.0.variantId'],
    ['an exchange that names an item twice', swapped({ lines: [exchangeLine, exchangeLine] }), 'exchanges.0.lines.1.item'],
    ['a difference more exact than the currency', swapped({ priceDifference: '0.001' }), 'exchanges.0.priceDifference'],
    ['a refund of nothing', refunded({ amount: '0.00' }), 'refunds.0.amount'],
    ['a refund of another amount than its transaction', refunded({ amount: '8.24' }), 'refunds.0.transaction'],
    ['a refund whose transaction is a payment', refunded({ transaction: 0 }), 'refunds.0.transaction'],
    ['a refund that is complete without a transaction', refunded({ transaction: null }), 'refunds.0.transaction'],
    ['a refund that is complete without a time', refunded({ completedAt: null }), 'refunds.0.completedAt'],
    ['a refund of a return that is not there', refunded({ returnId: 'none' }), 'refunds.0.returnId'],
    ['two refunds of one transaction', { orders: [paidBack], refunds: [refund, { ...refund, id: 'f2' }] }, 'refunds.1.transaction'],
  ]; // prettier-ignore

  beforeAll(() => start(testShop([])));
  test.each(bad)('%s', async (_, changes, field) => {
    const before = await counts();
    const { customers = [], settings = {}, ...rest } = changes as { customers?: object[]; settings?: object };
    const good = { ...customer, id: 'good', email: 'good@example.com' };
    const file = {
      currency: 'USD',
      settings: { name: 'Changed', ...settings },
      customers: [...customers, good],
      ...rest,
    };
    expect(refusalOf(await run(file)).field).toBe(field);
    expect(await counts()).toEqual(before);
    expect(await commerce.shop.read()).toMatchObject({ name: 'Test shop' });
  });

  test('what belongs to something else already is refused as well', async () => {
    const orders = [delivered, paidBack];
    await start(shop({ orders, returns: [orderReturn], refunds: [refund] }));
    const only = (changes: object) => run({ currency: 'USD', ...changes });
    const elsewhere = await only({ returns: [{ ...orderReturn, orderNumber: '#P1' }] });
    expect(refusalOf(elsewhere).message).toBe('returns[0].id: belongs to another order.');
    const changed = await only({ returns: [{ ...orderReturn, status: 'CANCELLED' }] });
    expect(refusalOf(changed).message).toBe('returns[0]: this is there already with other content.');
    expect(refusalOf(await only({ returns: [{ ...orderReturn, id: 'r2' }] })).field).toBe('returns.0');
    expect(refusalOf(await only({ exchanges: [exchange] })).field).toBe('exchanges.0.orderNumber');
    const second = await only({ refunds: [{ ...refund, id: 'f2' }] });
    expect(refusalOf(second).message).toBe('refunds[0].transaction: has another refund already.');
    const moved = await only({ refunds: [{ ...refund, orderNumber: '#D1' }] });
    expect(refusalOf(moved).field).toBe('refunds.0.id');
  });
});

describe('a file that is no JSON is refused:', () => {
  const list = '{ "currency": "USD", "products": ';
  beforeAll(() => start({ currency: 'USD' }));
  test.each([
    ['nothing', '', ''],
    ['a list', '[]', ''],
    ['a text', '"shop"', ''],
    ['one that was cut off', '{ "currency": "USD", "orders": [', 'orders.0'],
    ['one cut off in a text', '{ "currency": "US', ''],
    ['more after its end', '{ "currency": "USD" } {}', ''],
    ['words after its end', '{ "currency": "USD" } end', ''],
    ['too many brackets', '{ "currency": "USD" }}', ''],
    ['brackets of the wrong kind', `${list}[] ]`, ''],
    ['a list that ends as an object', `${list}[} }`, 'products.0'],
    ['a record that is none', `${list}[{ "id": 1 }, { id: 2 }] }`, 'products.1'],
    ['no comma between records', `${list}[{} {}] }`, 'products.0'],
    ['a comma too many', `${list}[{},] }`, 'products.1'],
    ['a comma too early', `${list}[,{}] }`, 'products.0'],
    ['a comma before the end', `${list}[], }`, ''],
    ['no comma between sections', `${list}[] "orders": [] }`, ''],
    ['no colon before a list', '{ "currency": "USD", "products" [] }', ''],
    ['a list without a name', '{ "currency": "USD", [] }', ''],
  ])('%s', async (_, text, field) => {
    expect(refusalOf(await run(text))).toEqual({
      field,
      message: field
        ? `${field.replace(/\.(\d)/, '[$1]')}: this is not valid JSON.`
        : 'The file is not the JSON of one object.',
    });
  });
});

test('sections may come in any order, spaced in any way, and texts may hold any sign', async () => {
  const name = 'A "mug" \\ with {brackets}, [commas] and 貓🐈';
  const { products, customers, currency } = shop({}) as Record<string, unknown>;
  const named = { id: 'odd', name, variants: [] };
  await start({ currency: 'USD' });
  const file = { refunds: [], orders: [order], customers, products: [...(products as object[]), named], currency };
  const text = `\ufeff\r\n\t${JSON.stringify(file, null, 2)}\n\n`;
  async function* characters() {
    for (let i = 0; i < text.length; i++) yield text[i]!;
  }
  expect((await importShop(commerce.deps, characters)).ok).toBe(true);
  expect(await commerce.deps.db.prisma.product.findUnique({ where: { id: 'prd_odd' } })).toMatchObject({ name });
  expect(await commerce.orders.find(ann, 'ord_N1')).not.toBeNull();
});

test('a file of 50 MB is neither read ahead nor kept: memory stays that of a batch', async () => {
  await start({ currency: 'USD' });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heldMb = () => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const count = 10_000;
  const padding = 'x'.repeat(5_000);
  let given = 0;
  async function* file() {
    given = 0;
    yield '{ "currency": "USD", "products": [';
    for (let i = 0; i < count; i++) {
      given = i + 1;
      yield `${i ? ',' : ''}{ "id": "p${i}", "name": "Product ${i}", "variants": [], "ignored": "${i}${padding}" }`;
    }
    yield '] }';
  }
  const before = heldMb();
  const ahead: number[] = [];
  const held: number[] = [];
  const summaries: number[] = [];
  const onProgress = ({ products }: ImportSummary) => {
    summaries.push(products);
    ahead.push(given - products);
    if (products % 2_500 === 0) held.push(heldMb() - before);
  };
  expect(await importShop(commerce.deps, file, { onProgress })).toMatchObject({ ok: true, value: { products: count } });
  expect(summaries).toEqual(Array.from({ length: count / 250 }, (_, i) => (i + 1) * 250));
  expect(Math.max(...ahead)).toBeLessThanOrEqual(2);
  expect(held).toHaveLength(4);
  expect(Math.max(...held)).toBeLessThan(20);
});

test('many imports at once give the same as one after another', async () => {
  await start({ currency: 'USD' });
  const results = await Promise.all([1, 2, 3].map(() => run(shop({ orders: [order], returns: [] }))));
  expect(results.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(await counts()).toEqual([2, 6, 2, 5, 1, 0, 0, 0]);
});

test('an import is audited', async () => {
  await start(shop({ orders: [order] }));
  const events = await commerce.deps.db.prisma.auditEvent.findMany({ where: { action: 'shop.import' } });
  expect(events).toMatchObject([{ outcome: 'SUCCEEDED', changes: { products: 2, customers: 2, orders: 1 } }]);
  expect(await commerce.orders.find(nobody, 'ord_N1')).toBeNull();
});
