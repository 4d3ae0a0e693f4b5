import type { ShopFile } from '@supportgraph/commerce';
import { describe, expect, test } from 'vitest';
import { demoShop, demoVisit } from '../demo/shop/demoShop.js';

const now = new Date('2026-11-20T10:11:12.345Z');
const shop = demoShop(now) as Required<ShopFile>;
const { products, customers, orders, returns, exchanges, refunds } = shop;

const cents = (text: string) => {
  expect(text).toMatch(/^-?\d+\.\d\d$/);
  return Math.round(Number(text) * 100);
};
const sum = (amounts: readonly string[]) => amounts.reduce((total, amount) => total + cents(amount), 0);
const priceOf = new Map(products.flatMap(({ variants }) => variants).map(({ id, price }) => [id, price]));
const customerOf = new Map(customers.map((customer) => [customer.id, customer]));
const returnOf = new Map(returns.map((each) => [each.orderNumber, each]));
const exchangeOf = new Map(exchanges.map((each) => [each.orderNumber, each]));
const numbers = (status: string) => orders.filter((order) => order.status === status).map(({ number }) => number);
const tally = (values: readonly string[]) => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** What an order paid and has not got back. */
function keptOf({ transactions = [] }: (typeof orders)[number]): number {
  const amounts = (wanted: string) => transactions.filter(({ kind }) => kind === wanted).map(({ amount }) => amount);
  return sum(amounts('PAYMENT')) - sum(amounts('REFUND'));
}

test('it is the same every time, but for the dates, which follow the time of seeding', () => {
  expect(demoShop(now)).toEqual(shop);
  const days = 400;
  const later = demoShop(new Date(now.getTime() + days * 86_400_000));
  const moved = JSON.stringify(shop).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) =>
    new Date(Date.parse(time) + days * 86_400_000).toISOString(),
  );
  expect(JSON.stringify(later)).toBe(moved);
});

test('it has 50 products, 500 customers and 1,000 orders', () => {
  expect([products.length, customers.length, orders.length]).toEqual([50, 500, 1_000]);
  const ids = [products, customers, returns, exchanges, refunds].flatMap((list) => list.map(({ id }) => id));
  expect(new Set(customers.map(({ email }) => email)).size).toBe(500);
  expect(new Set(ids.filter((id) => !id.startsWith('W'))).size).toBe(550);
  expect(new Set(orders.map(({ number }) => number)).size).toBe(1_000);
});

test('each product has variants, of which one can be bought and some are sold out', () => {
  expect(products.filter(({ variants }) => variants.length < 2)).toEqual([]);
  expect(products.filter(({ variants }) => !variants.some(({ available }) => available))).toEqual([]);
  const variants = products.flatMap((product) => product.variants);
  expect(variants.filter(({ available }) => !available).length).toBeGreaterThan(20);
  for (const { price } of variants) expect(cents(price)).toBeGreaterThan(5_00);
  for (const product of products)
    expect(new Set(product.variants.map(({ options }) => JSON.stringify(options))).size).toBe(product.variants.length);
});

test('nobody has an address outside of example.com', () => {
  expect(customers.filter(({ email }) => !/^[a-z.]+@example\.com$/.test(email))).toEqual([]);
});

test('every status, cause and kind of payment that there is occurs', () => {
  expect(Object.keys(tally(orders.map(({ status }) => status))).sort()).toEqual(
    ['CANCELLED', 'DELIVERED', 'EXCHANGED', 'EXCHANGE_REQUESTED', 'PENDING', 'PROCESSED', 'RETURNED', 'RETURN_REQUESTED'],
  ); // prettier-ignore
  for (const count of Object.values(tally(orders.map(({ status }) => status)))) expect(count).toBeGreaterThan(25);
  const states = tally(refunds.map(({ status }) => status));
  expect(Object.keys(states).sort()).toEqual(['APPROVED', 'COMPLETED', 'PENDING_APPROVAL', 'REJECTED']);
  const causes = tally(refunds.map(({ cause }) => cause));
  expect(Object.keys(causes).sort()).toEqual(
    ['CANCELLATION', 'EXCHANGE', 'ITEM_CHANGE', 'PAYMENT_CHANGE', 'REQUEST', 'RETURN'],
  ); // prettier-ignore
  const ofGoods = tally([...returns, ...exchanges].map(({ status }) => status));
  expect(Object.keys(ofGoods).sort()).toEqual(['CANCELLED', 'COMPLETED', 'RECEIVED', 'REQUESTED']);
  const kinds = tally(customers.flatMap(({ paymentMethods }) => paymentMethods.map(({ kind }) => kind)));
  for (const kind of ['CREDIT_CARD', 'PAYPAL', 'GIFT_CARD']) expect(kinds[kind]).toBeGreaterThan(150);
  expect(orders.filter(({ itemsModified }) => itemsModified)).toHaveLength(11);
  expect(orders.filter(({ items }) => items.some(({ variantId }) => variantId === null)).length).toBeGreaterThan(10);
});

describe('every order is consistent:', () => {
  test('what was paid and kept is what its items cost, less what went back', () => {
    for (const order of orders) {
      const items = sum(order.items.map(({ price }) => price));
      const own = refunds.filter(
        ({ orderNumber, cause, status }) =>
          orderNumber === order.number &&
          ['APPROVED', 'COMPLETED'].includes(status) &&
          ['REQUEST', 'RETURN', 'CANCELLATION'].includes(cause),
      );
      const exchange = exchangeOf.get(order.number);
      const settled = order.status === 'EXCHANGED' ? cents(exchange!.priceDifference) : 0;
      const expected = items - sum(own.map(({ amount }) => amount)) + settled;
      expect([order.number, keptOf(order)]).toEqual([order.number, expected]);
      if (order.status === 'CANCELLED') expect(keptOf(order)).toBe(0);
      expect(keptOf(order)).toBeGreaterThanOrEqual(0);
    }
  });

  test('items cost what their variants cost', () => {
    const sold = orders.flatMap(({ items }) => items).filter(({ variantId }) => variantId);
    expect(sold.filter(({ variantId, price }) => priceOf.get(variantId!) !== price)).toEqual([]);
  });

  test('its customer paid, with a way to pay of theirs', () => {
    for (const { customerId, transactions = [] } of orders) {
      const own = customerOf.get(customerId)!.paymentMethods.map(({ id }) => id);
      expect(transactions[0]?.kind).toBe('PAYMENT');
      for (const { paymentMethodId } of transactions) expect(own).toContain(paymentMethodId);
    }
  });

  test('it was delivered if its status says so, in parcels with each of its items once', () => {
    for (const { number, status, items, deliveredAt, placedAt, fulfillments = [], cancelReason } of orders) {
      const isSent = !['PENDING', 'CANCELLED'].includes(status);
      expect([number, Boolean(deliveredAt)]).toEqual([number, isSent && status !== 'PROCESSED']);
      if (deliveredAt) expect(Date.parse(deliveredAt)).toBeGreaterThan(Date.parse(placedAt));
      const lines = fulfillments.flatMap((parcel) => parcel.items).sort((a, b) => a - b);
      expect(lines).toEqual(isSent ? items.map((_, line) => line) : []);
      for (const { trackingNumbers } of fulfillments)
        expect(trackingNumbers).toEqual([expect.stringMatching(/^\d{12}$/)]);
      expect(Boolean(cancelReason)).toBe(status === 'CANCELLED');
    }
  });

  test('its return or exchange is where its status says', () => {
    const numbersOf = (list: readonly { orderNumber: string; status: string }[], ...states: string[]) =>
      list.filter(({ status }) => states.includes(status)).map(({ orderNumber }) => orderNumber).sort(); // prettier-ignore
    expect(numbersOf(returns, 'REQUESTED')).toEqual(numbers('RETURN_REQUESTED').sort());
    expect(numbersOf(exchanges, 'REQUESTED')).toEqual(numbers('EXCHANGE_REQUESTED').sort());
    expect(numbersOf(returns, 'RECEIVED', 'COMPLETED')).toEqual(numbers('RETURNED').sort());
    expect(numbersOf(exchanges, 'RECEIVED', 'COMPLETED')).toEqual(numbers('EXCHANGED').sort());
    const delivered = new Set(numbers('DELIVERED'));
    const calledOff = [...numbersOf(returns, 'CANCELLED'), ...numbersOf(exchanges, 'CANCELLED')];
    expect(calledOff).toHaveLength(10);
    expect(calledOff.filter((number) => !delivered.has(number))).toEqual([]);
    expect([...returnOf.keys()].filter((number) => exchangeOf.has(number))).toEqual([]);
  });

  test('a return gives back what its items cost, an exchange the difference to the new variants', () => {
    const orderOf = new Map(orders.map((order) => [order.number, order]));
    for (const { orderNumber, items, amount } of returns)
      expect(sum(items.map((line) => orderOf.get(orderNumber)!.items[line]!.price))).toBe(cents(amount));
    for (const { orderNumber, lines, priceDifference } of exchanges) {
      const old = sum(lines.map(({ item }) => orderOf.get(orderNumber)!.items[item]!.price));
      expect(sum(lines.map(({ price }) => price)) - old).toBe(cents(priceDifference));
      for (const { variantId, price } of lines) expect(price).toBe(priceOf.get(variantId));
    }
  });

  test('each refund that was decided on has its transaction, and each transaction that gives money back its refund', () => {
    for (const { number, transactions = [] } of orders) {
      const given = transactions.flatMap(({ kind, amount }, place) =>
        kind === 'REFUND' && cents(amount) > 0 ? [{ place, amount }] : [],
      );
      const decided = refunds.filter(
        ({ orderNumber, transaction }) => orderNumber === number && transaction !== undefined,
      );
      expect(decided.map(({ transaction, amount }) => ({ place: transaction, amount }))).toEqual(given);
    }
    for (const { status, transaction, completedAt } of refunds) {
      expect(transaction !== undefined).toBe(['APPROVED', 'COMPLETED'].includes(status));
      expect(Boolean(completedAt)).toBe(status === 'COMPLETED');
    }
  });

  test('nothing has happened after the shop was seeded', () => {
    const times = [...JSON.stringify(shop).matchAll(/"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g)].map(([, time]) => time!);
    expect(times.length).toBeGreaterThan(3_000);
    expect(times.filter((time) => Date.parse(time) > now.getTime())).toEqual([]);
  });
});

test('what waits for a decision is above the automatic limit, what went through by itself is not', () => {
  const asked = refunds.filter(({ cause }) => cause === 'REQUEST');
  for (const { status, decidedBy, amount } of asked)
    expect(cents(amount) > 50_00).toBe(status === 'PENDING_APPROVAL' || Boolean(decidedBy));
  expect(asked.filter(({ status }) => status === 'PENDING_APPROVAL')).toHaveLength(12);
});

test('the return window is open for some delivered orders and closed for others', () => {
  const delivered = orders.filter(({ status }) => status === 'DELIVERED');
  const isOpen = ({ deliveredAt }: (typeof orders)[number]) =>
    now.getTime() - Date.parse(deliveredAt!) < 30 * 86_400_000;
  expect(delivered.filter(isOpen).length).toBeGreaterThan(50);
  expect(delivered.filter((order) => !isOpen(order)).length).toBeGreaterThan(100);
});

test('the known customers have the orders that the documentation names', () => {
  const known = orders.slice(0, 8).map(({ number, customerId, status }) => [number, customerId, status]);
  expect(known).toEqual([
    ['#W1000001', 'mara', 'PENDING'],
    ['#W1000002', 'mara', 'PROCESSED'],
    ['#W1000003', 'mara', 'DELIVERED'],
    ['#W1000004', 'tobin', 'DELIVERED'],
    ['#W1000005', 'tobin', 'RETURN_REQUESTED'],
    ['#W1000006', 'yuhan', 'EXCHANGE_REQUESTED'],
    ['#W1000007', 'yuhan', 'PENDING'],
    ['#W1000008', 'yuhan', 'CANCELLED'],
  ]);
  const visited = orders.find(({ number }) => number === demoVisit.orderNumber)!;
  expect(customerOf.get(visited.customerId)!.email).toBe(demoVisit.email);
});
