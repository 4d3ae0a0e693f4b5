import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftToRefund } from '../src/index.js';
import { ann, bob, staff, startCommerce, testShop, type TestCommerce } from '../src/testing/index.js';
import { auditOf, balanceOf, errorOf, eventsOf, key, lineOf, orderAt, orderBook, shown, valueOf } from './goods.js';

let commerce: TestCommerce;
const { orders, order } = orderBook();

beforeAll(async () => {
  commerce = await startCommerce(testShop(orders));
});
afterAll(() => commerce.stop());

const change = (orderId: string, newVariant: string, line = 0) => ({
  ...{ orderItemId: lineOf(orderId, line), newVariantId: `var_${newVariant}` },
});
/** Asks to exchange the first line for a red shirt, which costs 5.50 more, paid by card; unless said otherwise. */
const ask = (orderId: string, more: object = {}, viewer = ann) =>
  commerce.returns.requestExchange(viewer, {
    ...{ orderId, changes: [change(orderId, 'red')], paymentMethodId: 'pay_card', ...key(), ...more },
  });
const receive = (orderExchangeId: string) => commerce.returns.receiveExchange(staff, { ...key(), orderExchangeId });
const callOff = (orderExchangeId: string) =>
  commerce.returns.cancelExchange(staff, { orderExchangeId, reason: 'The customer keeps it' });

describe('asking for an exchange', () => {
  const dearer = order({ items: ['blue', 'mug'] });
  const cheaper = order();
  const same = order();
  const several = order({ items: ['blue', 'blue', 'red'] });
  const refunded = order();

  test('lists its lines, the difference and the way to pay, and moves no money', async () => {
    const asked = valueOf(await ask(dearer, { paymentMethodId: 'pay_paypal' }));
    expect(asked).toMatchObject({
      ...{ orderId: dearer, status: 'REQUESTED', paymentMethodId: 'pay_paypal', priceDifference: 550 },
      lines: [{ itemId: lineOf(dearer), newVariantId: 'var_red', newPrice: 2550 }],
    });
    const after = await orderAt(commerce, dearer);
    expect(after).toMatchObject({ status: 'EXCHANGE_REQUESTED', exchange: { id: asked.id }, refunds: [] });
    expect(after.items[0]).toMatchObject({ variantId: 'var_blue', price: 2000 });
    expect(shown(after)).toEqual([['PAYMENT', 2825, 'pay_card']]);
    expect(await eventsOf(commerce, asked.id)).toEqual(['exchange.requested']);
    expect(await auditOf(commerce, 'exchange.request', asked.id)).toEqual([['SUCCEEDED', null, 'cus_ann', null]]);
  });

  test('reserves what would go back', async () => {
    expect(valueOf(await ask(cheaper, { changes: [change(cheaper, 'green')] })).priceDifference).toBe(-500);
    expect(leftToRefund(await orderAt(commerce, cheaper))).toBe(1500);
  });

  test('the same variant again is allowed, for one that is broken', async () => {
    expect(valueOf(await ask(same, { changes: [change(same, 'blue')] })).priceDifference).toBe(0);
  });

  test('several lines at once, of one variant too, for the sum of their differences', async () => {
    const changes = [change(several, 'green', 0), change(several, 'red', 1), change(several, 'white', 2)];
    expect(valueOf(await ask(several, { changes })).priceDifference).toBe(-500 + 550 - 550);
  });

  test('never gives back more than is left of what was paid', async () => {
    const refund = { ...key(), orderId: refunded, amount: '18.00', reason: 'Late', paymentMethodId: null };
    valueOf(await commerce.refunds.request(ann, refund));
    expect(valueOf(await ask(refunded, { changes: [change(refunded, 'green')] })).priceDifference).toBe(-200);
  });
});

describe('an exchange is refused', () => {
  const open = order({ items: ['blue', 'blue', 'mug'] });
  const other = order();
  const states = ['PENDING', 'PROCESSED', 'CANCELLED', 'RETURNED', 'EXCHANGED'].map(
    (status) => [status, order({ status, deliveredAt: null })] as const,
  );

  test.each(states)('for a %s order', async (status, orderId) => {
    expect(errorOf(await ask(orderId))).toMatchObject({
      ...{ code: 'ORDER_NOT_RETURNABLE', typeName: 'OrderStateError', status },
    });
  });

  test.each([
    ['nothing', { changes: [] }, 'INVALID', 'changes'],
    ['a line named twice', { changes: [change(open, 'red'), change(open, 'green')] }, 'INVALID', 'changes'],
    ['a line of another order', { changes: [change(other, 'red')] }, 'NOT_FOUND', 'orderItemId'],
    ['a variant that is not there', { changes: [change(open, 'none')] }, 'NOT_FOUND', 'newVariantId'],
    ['another product', { changes: [change(open, 'mug')] }, 'VARIANT_MISMATCH', 'newVariantId'],
    ['a variant that is sold out', { changes: [change(open, 'soldOut')] }, 'ITEM_UNAVAILABLE', 'newVariantId'],
    ["another customer's way to pay", { paymentMethodId: 'pay_bobsGift' }, 'PAYMENT_METHOD_INVALID', 'paymentMethodId'],
    [
      'a gift card that holds too little',
      { paymentMethodId: 'pay_poorGift' },
      'INSUFFICIENT_BALANCE',
      'paymentMethodId',
    ],
  ])('for %s', async (_, more, code, argument) => {
    const error = errorOf(await ask(open, more));
    expect(error.code).toBe(code);
    expect(error.field?.at(-1)).toBe(argument);
  });

  test('one bad line stops all, and each is named', async () => {
    const result = await ask(open, {
      changes: [change(open, 'red', 0), change(open, 'mug', 1), change(open, 'soldOut', 2)],
    });
    expect(result.ok ? [] : result.errors.map(({ code, field }) => [code, field?.[2]])).toEqual([
      ['VARIANT_MISMATCH', '1'],
      ['VARIANT_MISMATCH', '2'],
    ]);
    expect(await orderAt(commerce, open)).toMatchObject({ status: 'DELIVERED', exchange: null });
  });
});

describe('when the goods arrive', () => {
  const paidByGift = order();
  const backToGift = order();
  const backToCard = order();
  const even = order();
  const tooPoor = order({ items: ['blue', 'blue', 'blue', 'blue', 'blue', 'blue'] });
  const drain = order({ status: 'PENDING', deliveredAt: null });

  test('a positive difference is paid', async () => {
    const before = await balanceOf(commerce, 'pay_gift');
    const { id } = valueOf(await ask(paidByGift, { paymentMethodId: 'pay_gift' }));
    expect(await balanceOf(commerce, 'pay_gift')).toBe(before);
    expect(valueOf(await receive(id)).status).toBe('COMPLETED');
    expect(await balanceOf(commerce, 'pay_gift')).toBe(before - 550);
    const after = await orderAt(commerce, paidByGift);
    expect(after.status).toBe('EXCHANGED');
    expect(shown(after).slice(1)).toEqual([['PAYMENT', 550, 'pay_gift']]);
  });

  test('a negative one goes back: to a gift card at once, to a card by the refund worker', async () => {
    const before = await balanceOf(commerce, 'pay_poorGift');
    const toGift = valueOf(
      await ask(backToGift, { changes: [change(backToGift, 'green')], paymentMethodId: 'pay_poorGift' }),
    );
    expect(valueOf(await receive(toGift.id)).status).toBe('COMPLETED');
    expect(await balanceOf(commerce, 'pay_poorGift')).toBe(before + 500);

    const toCard = valueOf(await ask(backToCard, { changes: [change(backToCard, 'green')] }));
    expect(valueOf(await receive(toCard.id)).status).toBe('RECEIVED');
    expect((await orderAt(commerce, backToCard)).refunds).toMatchObject([
      { cause: 'EXCHANGE', status: 'APPROVED', amount: 500, orderExchangeId: toCard.id },
    ]);
  });

  test('without a difference nothing is paid', async () => {
    const { id } = valueOf(await ask(even, { changes: [change(even, 'white')] }));
    expect(valueOf(await receive(id)).status).toBe('COMPLETED');
    expect(await orderAt(commerce, even)).toMatchObject({ transactions: { length: 1 }, refunds: [] });
    expect(errorOf(await receive(id))).toMatchObject({ code: 'WRONG_STATE', field: ['input', 'orderExchangeId'] });
    expect(errorOf(await callOff(id))).toMatchObject({ code: 'WRONG_STATE' });
  });

  test('a gift card that was spent since is not overdrawn: it can be filled, or the exchange called off', async () => {
    const changes = [0, 1, 2, 3].map((line) => change(tooPoor, 'red', line));
    const { id } = valueOf(await ask(tooPoor, { changes, paymentMethodId: 'pay_gift' }));
    const spend = { ...key(), orderId: drain, paymentMethodId: 'pay_gift' };
    valueOf(await commerce.orders.changePayment(ann, spend));
    const left = await balanceOf(commerce, 'pay_gift');
    expect(errorOf(await receive(id))).toMatchObject({
      ...{ code: 'INSUFFICIENT_BALANCE', typeName: 'InsufficientBalanceError', available: left, required: 2200 },
    });
    expect(await orderAt(commerce, tooPoor)).toMatchObject({
      status: 'EXCHANGE_REQUESTED',
      transactions: { length: 1 },
    });
    expect(valueOf(await callOff(id)).status).toBe('CANCELLED');
  });
});

describe('calling an exchange off', () => {
  const calledOff = order();

  test('makes the order delivered again, is no error twice, and gives no second one', async () => {
    const { id } = valueOf(await ask(calledOff, { changes: [change(calledOff, 'green')] }));
    for (const _ of ['once', 'twice']) expect(valueOf(await callOff(id)).status).toBe('CANCELLED');
    const after = await orderAt(commerce, calledOff);
    expect(after.status).toBe('DELIVERED');
    expect(leftToRefund(after)).toBe(2000);
    expect(errorOf(await receive(id))).toMatchObject({ code: 'WRONG_STATE' });
    expect(await eventsOf(commerce, id)).toEqual(['exchange.requested', 'exchange.cancelled']);
    expect(await auditOf(commerce, 'exchange.cancel', id)).toContainEqual([
      'SUCCEEDED',
      null,
      'stf_sam',
      'The customer keeps it',
    ]);
    expect(errorOf(await ask(calledOff))).toMatchObject({ code: 'ORDER_NOT_RETURNABLE' });
    const goods = { ...key(), orderId: calledOff, orderItemIds: [lineOf(calledOff)], paymentMethodId: 'pay_card' };
    expect(errorOf(await commerce.returns.requestReturn(ann, goods))).toMatchObject({ code: 'ORDER_NOT_RETURNABLE' });
  });
});

describe('who may', () => {
  const anns = order();

  test("another customer's exchange is word for word as if it did not exist, and staff need a reason", async () => {
    expect(errorOf(await ask(anns, {}, bob))).toEqual(errorOf(await ask('ord_none', {}, bob)));
    expect(errorOf(await ask(anns, {}, staff))).toMatchObject({ code: 'FORBIDDEN' });
    const { id } = valueOf(await ask(anns, { onBehalf: { reason: 'By telephone', handoffId: 'hof_1' } }, staff));
    expect(await commerce.returns.loadExchanges(bob, [id])).toEqual([null]);
    const missing = errorOf(await commerce.returns.receiveExchange(staff, { ...key(), orderExchangeId: 'exc_none' }));
    for (const viewer of [ann, bob])
      expect(errorOf(await commerce.returns.receiveExchange(viewer, { ...key(), orderExchangeId: id }))).toEqual(
        missing,
      );
  });
});
