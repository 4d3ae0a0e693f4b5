import { nobody } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftToRefund, refundEligibility } from '../src/index.js';
import { ann, bob, staff, startCommerce, testShop, type TestCommerce } from '../src/testing/index.js';
import { auditOf, balanceOf, errorOf, eventsOf, key, lineOf, orderAt, orderBook, shown, valueOf } from './goods.js';

let commerce: TestCommerce;
const { orders, order } = orderBook();

beforeAll(async () => {
  commerce = await startCommerce(testShop(orders, { automaticRefundLimit: '10.00' }));
});
afterAll(() => commerce.stop());

const ask = (orderId: string, amount: string | null, more: object = {}, viewer = ann) =>
  commerce.refunds.request(viewer, {
    ...{ orderId, amount, reason: 'It is scratched', paymentMethodId: null, ...key(), ...more },
  });
const approve = (refundId: string) => commerce.refunds.approve(staff, { ...key(), refundId, note: 'Photos seen' });
const reject = (refundId: string, reason = 'It was so before') =>
  commerce.refunds.reject(staff, { ...key(), refundId, reason });
const eligibility = async (orderId: string) =>
  refundEligibility({ order: await orderAt(commerce, orderId), shop: await commerce.shop.read() });

describe('the automatic limit', () => {
  const exact = order();
  const above = order();
  const portions = order();
  const toGift = order();
  const whole = order({ items: ['mug'] });

  test('up to it a refund goes through by itself, and is sent by the refund worker', async () => {
    const refund = valueOf(await ask(exact, '10.00'));
    expect(refund).toMatchObject({
      ...{ cause: 'REQUEST', status: 'APPROVED', amount: 1000, paymentMethodId: 'pay_card', reason: 'It is scratched' },
      ...{ decidedBy: null, completedAt: null },
    });
    expect(shown(await orderAt(commerce, exact)).slice(1)).toEqual([['REFUND', 1000, 'pay_card']]);
    expect(await eventsOf(commerce, refund.id)).toEqual(['refund.requested']);
    expect(await auditOf(commerce, 'refund.request', refund.id)).toEqual([['SUCCEEDED', null, 'cus_ann', null]]);
  });

  test('above it a person decides, and nothing moves until then', async () => {
    const refund = valueOf(await ask(above, '10.01'));
    expect(refund).toMatchObject({ status: 'PENDING_APPROVAL', transactionId: null });
    expect(await orderAt(commerce, above)).toMatchObject({ transactions: { length: 1 } });
  });

  test('is one for the whole order, so that portions do not get round it', async () => {
    expect(valueOf(await ask(portions, '6.00')).status).toBe('APPROVED');
    expect(await eligibility(portions)).toEqual({ maxAmount: 1400, automaticLimit: 400 });
    expect(valueOf(await ask(portions, '4.01')).status).toBe('PENDING_APPROVAL');
    expect(valueOf(await ask(portions, '4.00')).status).toBe('APPROVED');
    expect(await eligibility(portions)).toEqual({ maxAmount: 599, automaticLimit: 0 });
    expect(valueOf(await ask(portions, '0.01')).status).toBe('PENDING_APPROVAL');
  });

  test('a gift card has its money at once', async () => {
    const before = await balanceOf(commerce, 'pay_gift');
    const refund = valueOf(await ask(toGift, '2.50', { paymentMethodId: 'pay_gift' }));
    expect(refund).toMatchObject({ status: 'COMPLETED', completedAt: new Date('2026-02-01T12:00:00Z') });
    expect(await balanceOf(commerce, 'pay_gift')).toBe(before + 250);
  });

  test('without an amount all that is left is meant', async () => {
    expect(valueOf(await ask(whole, null)).amount).toBe(825);
    expect(errorOf(await ask(whole, null))).toMatchObject({ code: 'AMOUNT_TOO_HIGH' });
  });
});

describe('a refund is refused', () => {
  const open = order();
  const unpaid = order();

  test.each([
    ['more than was paid', '20.01', {}, 'AMOUNT_TOO_HIGH', 'amount'],
    ['nothing', '0', {}, 'INVALID', 'amount'],
    ['less than nothing', '-5.00', {}, 'INVALID', 'amount'],
    ['a part of a cent', '0.001', {}, 'INVALID', 'amount'],
    ['a word', 'all', {}, 'INVALID', 'amount'],
    ['no reason', '1.00', { reason: ' \n ' }, 'INVALID', 'reason'],
    ['a reason that is a book', '1.00', { reason: 'x'.repeat(1_001) }, 'INVALID', 'reason'],
    [
      'another way than the original',
      '1.00',
      { paymentMethodId: 'pay_paypal' },
      'PAYMENT_METHOD_INVALID',
      'paymentMethodId',
    ],
    [
      "another customer's gift card",
      '1.00',
      { paymentMethodId: 'pay_bobsGift' },
      'PAYMENT_METHOD_INVALID',
      'paymentMethodId',
    ],
    ['a text that cannot be stored', '1.00', { reason: 'a\0b' }, 'INVALID', 'input'],
  ])('for %s', async (_, amount, more, code, argument) => {
    const error = errorOf(await ask(open, amount, more));
    expect(error.code).toBe(code);
    expect(error.field?.at(-1)).toBe(argument);
  });

  test('and then nothing was changed', async () => {
    expect(await orderAt(commerce, open)).toMatchObject({ refunds: [], transactions: { length: 1 } });
  });

  test('for an order on which nothing was paid', async () => {
    await commerce.deps.db.prisma.orderTransaction.deleteMany({ where: { orderId: unpaid } });
    expect(errorOf(await ask(unpaid, '1.00'))).toMatchObject({
      code: 'ORDER_NOT_RETURNABLE',
      typeName: 'OrderStateError',
    });
  });
});

describe('what waits reserves its amount', () => {
  const waiting = order();
  const returning = order({ items: ['blue', 'mug'] });
  const exchanging = order();

  test('a refund that waits for a decision, until it is rejected', async () => {
    const first = valueOf(await ask(waiting, '15.00'));
    expect(leftToRefund(await orderAt(commerce, waiting))).toBe(500);
    expect(errorOf(await ask(waiting, '5.01'))).toMatchObject({ code: 'AMOUNT_TOO_HIGH' });
    expect(valueOf(await ask(waiting, '5.00')).status).toBe('APPROVED');
    expect(errorOf(await ask(waiting, null))).toMatchObject({ code: 'AMOUNT_TOO_HIGH' });
    valueOf(await reject(first.id));
    expect(leftToRefund(await orderAt(commerce, waiting))).toBe(1500);
  });

  test('a return and an exchange that wait for goods', async () => {
    const goods = { ...key(), orderId: returning, orderItemIds: [lineOf(returning)], paymentMethodId: 'pay_card' };
    valueOf(await commerce.returns.requestReturn(ann, goods));
    expect(errorOf(await ask(returning, '8.26'))).toMatchObject({ code: 'AMOUNT_TOO_HIGH' });
    expect(valueOf(await ask(returning, '8.25')).amount).toBe(825);

    const changes = [{ orderItemId: lineOf(exchanging), newVariantId: 'var_green' }];
    const exchange = { ...key(), orderId: exchanging, changes, paymentMethodId: 'pay_card' };
    valueOf(await commerce.returns.requestExchange(ann, exchange));
    expect(errorOf(await ask(exchanging, '15.01'))).toMatchObject({ code: 'AMOUNT_TOO_HIGH' });
  });
});

describe('a decision', () => {
  const approved = order();
  const rejected = order();
  const raced = order();
  const undecided = order();

  test('to approve sends the money and keeps who decided', async () => {
    const { id } = valueOf(await ask(approved, '12.00'));
    expect(valueOf(await approve(id))).toMatchObject({
      ...{ status: 'APPROVED', decidedBy: 'stf_sam', decisionNote: 'Photos seen' },
    });
    expect(shown(await orderAt(commerce, approved)).slice(1)).toEqual([['REFUND', 1200, 'pay_card']]);
    expect(await auditOf(commerce, 'refund.approve', id)).toEqual([['SUCCEEDED', null, 'stf_sam', 'Photos seen']]);
    // What a person approved does not use up what goes through without one.
    expect(await eligibility(approved)).toEqual({ maxAmount: 800, automaticLimit: 1000 });
    for (const again of [await approve(id), await reject(id)])
      expect(errorOf(again)).toMatchObject({ code: 'WRONG_STATE', field: ['input', 'refundId'] });
  });

  test('to reject needs a reason and moves nothing', async () => {
    const { id } = valueOf(await ask(rejected, '12.00'));
    expect(errorOf(await reject(id, ' '))).toMatchObject({ code: 'INVALID', field: ['input', 'reason'] });
    expect(valueOf(await reject(id))).toMatchObject({ status: 'REJECTED', decisionNote: 'It was so before' });
    expect(await orderAt(commerce, rejected)).toMatchObject({ transactions: { length: 1 } });
    expect(await eventsOf(commerce, id)).toEqual(['refund.requested', 'refund.rejected']);
    expect(errorOf(await approve(id))).toMatchObject({ code: 'WRONG_STATE' });
  });

  test('is made once, however many decide at once', async () => {
    const { id } = valueOf(await ask(raced, '12.00', { paymentMethodId: 'pay_gift' }));
    const before = await balanceOf(commerce, 'pay_gift');
    const results = await Promise.all([approve(id), approve(id), reject(id), approve(id)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const { refunds } = await orderAt(commerce, raced);
    expect(await balanceOf(commerce, 'pay_gift')).toBe(before + (refunds[0]!.status === 'COMPLETED' ? 1200 : 0));
  });

  test('is for the staff only: for others the refund is not there', async () => {
    const { id } = valueOf(await ask(undecided, '12.00'));
    const missing = errorOf(await commerce.refunds.approve(staff, { ...key(), refundId: 'ref_none' }));
    for (const viewer of [ann, bob, nobody]) {
      expect(errorOf(await commerce.refunds.approve(viewer, { ...key(), refundId: id }))).toEqual(missing);
      expect(errorOf(await commerce.refunds.reject(viewer, { ...key(), refundId: id, reason: 'No' }))).toEqual(missing);
    }
    expect(await commerce.refunds.load(bob, [id])).toEqual([null]);
    expect(await commerce.refunds.load(ann, [id])).toMatchObject([{ status: 'PENDING_APPROVAL' }]);
    expect(await commerce.refunds.page(ann, {}, { take: 5, key: null })).toEqual([]);
    expect(await commerce.refunds.pagesOfCustomers(bob, ['cus_ann'], { take: 5, key: null })).toEqual([[]]);
  });
});

describe('who may ask', () => {
  const anns = order();

  test("another customer's order is word for word as if it did not exist, and staff need a reason", async () => {
    expect(errorOf(await ask(anns, '1.00', {}, bob))).toEqual(errorOf(await ask('ord_none', '1.00', {}, bob)));
    expect(errorOf(await ask(anns, '1.00', {}, staff))).toMatchObject({ code: 'FORBIDDEN' });
    expect(valueOf(await ask(anns, '1.00', { onBehalf: { reason: 'By telephone' } }, staff)).status).toBe('APPROVED');
  });

  test('many at once never take more than was paid', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => ask(anns, '5.00')));
    expect(results.filter(({ ok }) => ok)).toHaveLength(3);
    const { refunds } = await orderAt(commerce, anns);
    expect(refunds.reduce((sum, { amount }) => sum + amount, 0)).toBe(1600);
  });
});
