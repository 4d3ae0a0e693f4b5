import { nobody, type Result, type Running, type Viewer } from '@supportgraph/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importShop, keptOf, ledgerProvider, orderStatuses, totalOf, type Order } from '../src/index.js';
import { reservedOf, sumOf } from '../src/domain/money.js';
import { staff, startCommerce, testShop, textOf, type TestCommerce } from '../src/testing/index.js';
import { balanceOf, key, lineOf } from './goods.js';

// Customers whose two orders and one gift card are changed by many at once, in any order: money is never made or lost.

/** How many such customers there are, for runs that may take longer. */
const askedRuns = process.env['PROPERTY_RUNS'];
const limits = askedRuns ? { numRuns: Number(askedRuns) } : { numRuns: 20, interruptAfterTimeLimit: 15_000 };
const giftStart = 40_00;
const sendingMs = 30_000;

let commerce: TestCommerce;
let worker: Running;

beforeAll(async () => {
  commerce = await startCommerce(testShop([], { automaticRefundLimit: '10.00' }));
  worker = commerce.refunds.work(ledgerProvider(commerce.deps.db), { pollMs: 20 });
});
afterAll(async () => {
  await worker.stop();
  await commerce.stop();
});

const kinds = [
  ...(['cancel', 'changePayment', 'changeItems', 'requestReturn', 'requestExchange', 'requestRefund'] as const),
  ...(['decideRefund', 'receiveGoods', 'callOffGoods'] as const),
];
const command = fc.record({
  kind: fc.constantFrom(...kinds),
  order: fc.nat({ max: 1 }),
  lines: fc.constantFrom([0], [1], [0, 1]),
  variant: fc.constantFrom('blue', 'red', 'green', 'white'),
  method: fc.constantFrom('card', 'paypal', 'gift'),
  amount: fc.constantFrom(null, '0.01', '5.00', '15.00', '40.00', '80.00'),
  isApproved: fc.boolean(),
  /** How often it is sent, with the same key each time. */
  times: fc.constantFrom(1, 1, 2, 3),
});
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const start = fc.record({
  status: fc.constantFrom('PENDING', 'DELIVERED'),
  paidWith: fc.constantFrom('card', 'gift'),
});

/** What is done at once, and what after that. */
const rounds = fc.array(fc.array(command, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 });

interface Customer {
  viewer: Viewer;
  id: string;
  orderIds: readonly string[];
}

let customers = 0;

async function newCustomer(starts: readonly { status: string; paidWith: string }[]): Promise<Customer> {
  const id = `p${customers++}`;
  const address = { line1: '1 Test Street', city: 'Testville', postcode: '90001', countryCode: 'US' };
  const items = ['blue', 'red'].map((variantId, n) => ({
    ...{ productId: 'shirt', variantId, name: 'Shirt', options: { color: variantId }, price: ['20.00', '25.50'][n] },
  }));
  const file = {
    currency: 'USD',
    customers: [
      {
        ...{ id, email: `${id}@example.com`, firstName: 'Pat', lastName: id, address },
        paymentMethods: [
          { id: `${id}card`, kind: 'CREDIT_CARD', brand: 'visa', lastFour: '4242' },
          { id: `${id}paypal`, kind: 'PAYPAL' },
          { id: `${id}gift`, kind: 'GIFT_CARD', balance: '40.00' },
        ],
      },
    ],
    orders: starts.map(({ status, paidWith }, n) => ({
      ...{ number: `#${id}${n}`, customerId: id, status, address, items, placedAt: '2026-01-28T12:00:00Z' },
      deliveredAt: status === 'DELIVERED' ? '2026-01-30T12:00:00Z' : null,
      transactions: [{ kind: 'PAYMENT', amount: '45.50', paymentMethodId: id + paidWith }],
    })),
  };
  const imported = await importShop(commerce.deps, () => textOf(file));
  if (!imported.ok) throw new Error(imported.errors[0]!.message.en);
  const viewer: Viewer = { ...nobody, role: 'CUSTOMER', customerId: `cus_${id}` };
  return { viewer, id, orderIds: starts.map((_, n) => `ord_${id}${n}`) };
}

const ordersOf = async ({ orderIds }: Customer) => (await commerce.orders.load(staff, orderIds)) as Order[];

/** Sends a command as often as it says, at once; answers whether it is the customer's and was done. */
async function send(customer: Customer, { times, ...what }: Command): Promise<boolean> {
  const orderId = customer.orderIds[what.order]!;
  const [order] = (await commerce.orders.load(staff, [orderId])) as [Order];
  const run = deed(customer, order, what);
  const results = await Promise.all(Array.from({ length: run ? times : 0 }, () => run!()));
  return !isOfStaff(what.kind) && results.some(({ ok }) => ok);
}

const isOfStaff = (kind: Command['kind']) => ['decideRefund', 'receiveGoods', 'callOffGoods'].includes(kind);

/** What a command does, to be sent with one key; null if there is nothing to do it to. */
function deed(
  { viewer, id }: Customer,
  order: Order,
  { kind, lines, variant, method, amount, isApproved }: Omit<Command, 'times'>,
): (() => Promise<Result<unknown>>) | null {
  const wish = { ...key(), orderId: order.id };
  const paymentMethodId = `pay_${id}${method}`;
  const orderItemIds = lines.map((line) => lineOf(order.id, line));
  const changes = orderItemIds.map((orderItemId) => ({ orderItemId, newVariantId: `var_${variant}` }));
  const { idempotencyKey } = wish;
  switch (kind) {
    case 'cancel':
      return () => commerce.orders.cancel(viewer, { ...wish, reason: 'NO_LONGER_NEEDED' });
    case 'changePayment':
      return () => commerce.orders.changePayment(viewer, { ...wish, paymentMethodId });
    case 'changeItems':
      return () => commerce.orders.changeItems(viewer, { ...wish, changes, paymentMethodId });
    case 'requestReturn':
      return () => commerce.returns.requestReturn(viewer, { ...wish, orderItemIds, paymentMethodId });
    case 'requestExchange':
      return () => commerce.returns.requestExchange(viewer, { ...wish, changes, paymentMethodId });
    case 'requestRefund':
      return () => commerce.refunds.request(viewer, { ...wish, amount, reason: 'It is late.', paymentMethodId });
    case 'decideRefund': {
      const refundId = order.refunds.find(({ status }) => status === 'PENDING_APPROVAL')?.id;
      if (!refundId) return null;
      if (isApproved) return () => commerce.refunds.approve(staff, { idempotencyKey, refundId });
      return () => commerce.refunds.reject(staff, { idempotencyKey, refundId, reason: 'It was not late.' });
    }
    case 'receiveGoods': {
      const { return: orderReturn, exchange } = order;
      if (orderReturn)
        return () => commerce.returns.receiveReturn(staff, { idempotencyKey, orderReturnId: orderReturn.id });
      if (exchange)
        return () => commerce.returns.receiveExchange(staff, { idempotencyKey, orderExchangeId: exchange.id });
      return null;
    }
    case 'callOffGoods': {
      const { return: orderReturn, exchange } = order;
      const reason = 'It was a mistake.';
      if (orderReturn) return () => commerce.returns.cancelReturn(staff, { orderReturnId: orderReturn.id, reason });
      if (exchange) return () => commerce.returns.cancelExchange(staff, { orderExchangeId: exchange.id, reason });
      return null;
    }
  }
}

/** What holds of an order whatever was done with it. */
function expectSound(order: Order): void {
  const { status, transactions, refunds, return: orderReturn, exchange } = order;
  expect(keptOf(order)).toBeGreaterThanOrEqual(0);
  // What waits can still be given back.
  expect(reservedOf(order)).toBeLessThanOrEqual(keptOf(order));
  for (const { amount } of transactions) expect(amount).toBeGreaterThanOrEqual(0);
  // Each refund that was decided on is one transaction, and each transaction one refund.
  const decided = refunds.filter(({ status }) => status === 'APPROVED' || status === 'COMPLETED');
  const paidBack = transactions.filter(({ kind, amount }) => kind === 'REFUND' && amount > 0);
  expect(decided.map(({ transactionId, amount, paymentMethodId }) => [transactionId, amount, paymentMethodId])).toEqual(
    expect.arrayContaining(paidBack.map(({ id, amount, paymentMethodId }) => [id, amount, paymentMethodId])),
  );
  expect(decided).toHaveLength(paidBack.length);

  expect(orderStatuses).toContain(status);
  expect([orderReturn, exchange].filter(Boolean).length).toBeLessThanOrEqual(1);
  const goods = orderReturn ?? exchange;
  const [asked, done] = orderReturn ? ['RETURN_REQUESTED', 'RETURNED'] : ['EXCHANGE_REQUESTED', 'EXCHANGED'];
  if (!goods) expect(['PENDING', 'DELIVERED', 'CANCELLED']).toContain(status);
  else expect({ REQUESTED: asked, RECEIVED: done, COMPLETED: done, CANCELLED: 'DELIVERED' }[goods.status]).toBe(status);

  if (status === 'CANCELLED') expect(keptOf(order)).toBe(0);
  const isGivenBack = refunds.some(({ cause }) => cause === 'REQUEST');
  if ((status === 'PENDING' || status === 'DELIVERED') && !isGivenBack) expect(keptOf(order)).toBe(totalOf(order));
}

/** A gift card holds what it held, less what was paid with it, plus what went back to it, since the orders came with their first payment. */
async function expectBalance({ id }: Customer, orders: readonly Order[]): Promise<void> {
  const moved = orders
    .flatMap(({ transactions }) => transactions.slice(1))
    .filter(({ paymentMethodId }) => paymentMethodId === `pay_${id}gift`);
  const balance = await balanceOf(commerce, `pay_${id}gift`);
  expect(balance).toBe(giftStart - sumOf('PAYMENT', moved) + sumOf('REFUND', moved));
  expect(balance).toBeGreaterThanOrEqual(0);
}

test(
  'whatever is done at once, money is neither made nor lost, and each key has one effect',
  { timeout: 3_600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(start, start), rounds, async (starts, commands) => {
        const customer = await newCustomer(starts);
        let done = 0;
        for (const round of commands) {
          const results = await Promise.all(round.map((each) => send(customer, each)));
          done += results.filter(Boolean).length;
          const orders = await ordersOf(customer);
          for (const order of orders) expectSound(order);
          await expectBalance(customer, orders);
        }
        const { prisma } = commerce.deps.db;
        const effects = { actorId: customer.viewer.customerId, outcome: 'SUCCEEDED' } as const;
        expect(await prisma.auditEvent.count({ where: effects })).toBe(done);
      }),
      { ...limits, endOnFailure: true },
    );
    // All that goes back was sent once, and the payment provider has the same in its book.
    await expect.poll(() => commerce.refunds.reconcile(), { timeout: sendingMs }).toEqual([]);
    const unsent = () => commerce.deps.db.prisma.refund.count({ where: { status: 'APPROVED' } });
    await expect.poll(unsent, { timeout: sendingMs }).toBe(0);
  },
);
