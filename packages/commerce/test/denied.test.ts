import { nobody, type Result, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ann, bob, staff, startCommerce, testShop, type TestCommerce } from '../src/testing/index.js';

let commerce: TestCommerce;
let keys = 0;
const key = () => ({ idempotencyKey: `key ${keys++}` });

beforeAll(async () => {
  const delivered = { status: 'DELIVERED', deliveredAt: '2026-01-20T00:00:00Z' };
  commerce = await startCommerce(testShop([{ number: '#D1' }, { number: '#D2', ...delivered }]), {
    customersServed: async ({ apiClientId }) => (apiClientId === 'api_1' ? ['cus_ann'] : []),
  });
  const wish = { ...key(), orderId: 'ord_D2', amount: '1.00', reason: 'Broken', paymentMethodId: null };
  const asked = await commerce.refunds.request(ann, wish);
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors));
  refundId = asked.value.id;
});
afterAll(() => commerce.stop());

let refundId = '';
const reader: Viewer = { ...nobody, role: 'PARTNER', apiClientId: 'api_1', scopes: ['orders:read'] };
const stranger: Viewer = { ...reader, apiClientId: 'api_2', scopes: ['orders:write'] };
const address = { line1: '2 Road', city: 'Town', postcode: '1', countryCode: 'US' };
const order = () => ({ ...key(), orderId: 'ord_D1' });
const items = { orderItemIds: ['itm_D2_0'], paymentMethodId: 'pay_card' };
const changes = { changes: [{ orderItemId: 'itm_D1_0', newVariantId: 'var_red' }], paymentMethodId: 'pay_card' };

/** Everything that can be done, by somebody who may not. */
const deeds: [action: string, viewer: Viewer, attempt: (viewer: Viewer) => Promise<Result<unknown>>, code: string][] = [
  ['order.cancel', bob, (who) => commerce.orders.cancel(who, { ...order(), reason: 'NO_LONGER_NEEDED' }), 'NOT_FOUND'],
  ['order.changeAddress', bob, (who) => commerce.orders.changeAddress(who, { ...order(), address }), 'NOT_FOUND'],
  [
    'order.changePayment',
    bob,
    (who) => commerce.orders.changePayment(who, { ...order(), paymentMethodId: 'pay_paypal' }),
    'NOT_FOUND',
  ],
  ['order.changeItems', nobody, (who) => commerce.orders.changeItems(who, { ...order(), ...changes }), 'NOT_FOUND'],
  [
    'order.cancel',
    reader,
    (who) => commerce.orders.cancel(who, { ...order(), reason: 'NO_LONGER_NEEDED' }),
    'FORBIDDEN',
  ],
  [
    'order.cancel',
    stranger,
    (who) => commerce.orders.cancel(who, { ...order(), reason: 'NO_LONGER_NEEDED' }),
    'NOT_FOUND',
  ],
  [
    'customer.changeAddress',
    stranger,
    (who) => commerce.customers.changeAddress(who, { ...key(), customerId: 'cus_ann', address }),
    'NOT_FOUND',
  ],
  [
    'order.cancel',
    staff,
    (who) => commerce.orders.cancel(who, { ...order(), reason: 'NO_LONGER_NEEDED' }),
    'FORBIDDEN',
  ],
  [
    'customer.changeAddress',
    bob,
    (who) => commerce.customers.changeAddress(who, { ...key(), customerId: 'cus_ann', address }),
    'NOT_FOUND',
  ],
  ['return.request', bob, (who) => commerce.returns.requestReturn(who, { ...order(), ...items }), 'NOT_FOUND'],
  ['exchange.request', bob, (who) => commerce.returns.requestExchange(who, { ...order(), ...changes }), 'NOT_FOUND'],
  [
    'return.receive',
    ann,
    (who) => commerce.returns.receiveReturn(who, { ...key(), orderReturnId: 'ret_x' }),
    'NOT_FOUND',
  ],
  [
    'exchange.receive',
    ann,
    (who) => commerce.returns.receiveExchange(who, { ...key(), orderExchangeId: 'exc_x' }),
    'NOT_FOUND',
  ],
  [
    'return.cancel',
    ann,
    (who) => commerce.returns.cancelReturn(who, { orderReturnId: 'ret_x', reason: '' }),
    'NOT_FOUND',
  ],
  [
    'exchange.cancel',
    ann,
    (who) => commerce.returns.cancelExchange(who, { orderExchangeId: 'exc_x', reason: '' }),
    'NOT_FOUND',
  ],
  [
    'refund.request',
    bob,
    (who) => commerce.refunds.request(who, { ...order(), amount: '1.00', reason: 'x', paymentMethodId: null }),
    'NOT_FOUND',
  ],
  ['refund.approve', ann, (who) => commerce.refunds.approve(who, { ...key(), refundId }), 'NOT_FOUND'],
  ['refund.reject', ann, (who) => commerce.refunds.reject(who, { ...key(), refundId, reason: 'x' }), 'NOT_FOUND'],
  ['refund.retry', ann, (who) => commerce.refunds.retry(who, refundId), 'NOT_FOUND'],
  ['shop.change', ann, (who) => commerce.shop.change(who, { name: 'Mine' }), 'NOT_FOUND'],
  ['shop.change', staff, (who) => commerce.shop.change(who, { name: 'Mine' }), 'FORBIDDEN'],
];

test.each(deeds)(
  '%s by somebody who may not is refused and kept in the audit',
  async (action, viewer, attempt, code) => {
    const { prisma } = commerce.deps.db;
    const before = await prisma.auditEvent.count();
    expect(await attempt(viewer)).toMatchObject({ ok: false, errors: [{ code }] });
    const [entry] = await prisma.auditEvent.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(entry).toMatchObject({ action, code, outcome: 'DENIED', actorRole: viewer.role, changes: null });
    expect(await prisma.auditEvent.count()).toBe(before + 1);
  },
);
