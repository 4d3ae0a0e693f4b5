import { nobody } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftToRefund, returnEligibility } from '../src/index.js';
import { ann, bob, staff, startCommerce, testShop, type TestCommerce } from '../src/testing/index.js';
import { auditOf, balanceOf, errorOf, eventsOf, key, lineOf, orderAt, orderBook, shown, valueOf } from './goods.js';

let commerce: TestCommerce;
const { orders, order } = orderBook();

beforeAll(async () => {
  commerce = await startCommerce(testShop(orders, { returnWindowDays: 30 }));
});
afterAll(() => commerce.stop());

/** Asks to send the first line back to the card, unless said otherwise. */
const ask = (orderId: string, more: object = {}, viewer = ann) =>
  commerce.returns.requestReturn(viewer, {
    ...{ orderId, orderItemIds: [lineOf(orderId)], paymentMethodId: 'pay_card', ...key(), ...more },
  });
const receive = (orderReturnId: string) => commerce.returns.receiveReturn(staff, { ...key(), orderReturnId });
const callOff = (orderReturnId: string) =>
  commerce.returns.cancelReturn(staff, { orderReturnId, reason: 'The customer keeps it' });

describe('asking for a return', () => {
  const some = order({ items: ['blue', 'mug', 'red'] });
  const all = order({ items: ['blue', 'blue'] });
  const toGift = order();
  const unpaid = order({ items: ['blue', 'mug'] });

  test('lists its lines and where the money goes, and moves none', async () => {
    const orderItemIds = [lineOf(some, 2), lineOf(some, 1)];
    const asked = valueOf(await ask(some, { orderItemIds }));
    expect(asked).toMatchObject({
      ...{ orderId: some, itemIds: orderItemIds, paymentMethodId: 'pay_card', status: 'REQUESTED', amount: 3375 },
    });
    const after = await orderAt(commerce, some);
    expect(after).toMatchObject({ status: 'RETURN_REQUESTED', refunds: [], return: { id: asked.id } });
    expect(shown(after)).toEqual([['PAYMENT', 5375, 'pay_card']]);
    // What waits for goods cannot be had a second time.
    expect(leftToRefund(after)).toBe(2000);
    expect(await eventsOf(commerce, asked.id)).toEqual(['return.requested']);
    expect(await auditOf(commerce, 'return.request', asked.id)).toEqual([['SUCCEEDED', null, 'cus_ann', null]]);
  });

  test('two lines of one variant are two lines', async () => {
    const asked = valueOf(await ask(all, { orderItemIds: [lineOf(all, 0), lineOf(all, 1)] }));
    expect(asked.amount).toBe(4000);
  });

  test("may give the money to any of the customer's gift cards", async () => {
    expect(valueOf(await ask(toGift, { paymentMethodId: 'pay_poorGift' }))).toMatchObject({
      paymentMethodId: 'pay_poorGift',
    });
  });

  test('never gives back more than is left of what was paid', async () => {
    const refund = { ...key(), orderId: unpaid, amount: '20.00', reason: 'Late', paymentMethodId: null };
    valueOf(await commerce.refunds.request(ann, refund));
    expect(valueOf(await ask(unpaid)).amount).toBe(825);
  });
});

describe('a return is refused', () => {
  const open = order({ items: ['blue', 'mug'] });
  const other = order();
  const states = ['PENDING', 'PROCESSED', 'CANCELLED', 'RETURNED', 'EXCHANGED'].map(
    (status) =>
      [
        status,
        order({ status, deliveredAt: status === 'RETURNED' || status === 'EXCHANGED' ? '2026-01-30T12:00:00Z' : null }),
      ] as const,
  );

  test.each(states)('for a %s order, with what can be done instead', async (status, orderId) => {
    expect(errorOf(await ask(orderId))).toMatchObject({
      ...{ code: 'ORDER_NOT_RETURNABLE', typeName: 'OrderStateError', status, field: ['input', 'orderId'] },
    });
  });

  test.each([
    ['nothing', { orderItemIds: [] }, 'INVALID', 'orderItemIds'],
    ['a line named twice', { orderItemIds: [lineOf(open), lineOf(open)] }, 'INVALID', 'orderItemIds'],
    ['a line of another order', { orderItemIds: [lineOf(open), lineOf(other)] }, 'NOT_FOUND', '1'],
    ['another way than the original', { paymentMethodId: 'pay_paypal' }, 'PAYMENT_METHOD_INVALID', 'paymentMethodId'],
    ["another customer's gift card", { paymentMethodId: 'pay_bobsGift' }, 'PAYMENT_METHOD_INVALID', 'paymentMethodId'],
    ['no way at all', { paymentMethodId: 'pay_none' }, 'PAYMENT_METHOD_INVALID', 'paymentMethodId'],
    ['a text that cannot be stored', { paymentMethodId: 'pay_\0' }, 'INVALID', 'input'],
  ])('for %s', async (_, more, code, argument) => {
    const error = errorOf(await ask(open, more));
    expect(error.code).toBe(code);
    expect(error.field?.at(-1)).toBe(argument);
  });

  test('and then nothing was changed, and the audit knows', async () => {
    expect(await orderAt(commerce, open)).toMatchObject({ status: 'DELIVERED', return: null });
    const denied = await auditOf(commerce, 'return.request', open);
    expect(denied.map(([outcome, code]) => [outcome, code])).toContainEqual(['DENIED', 'PAYMENT_METHOD_INVALID']);
  });
});

describe('the return window', () => {
  const before = order({ deliveredAt: '2026-01-02T12:00:00Z' });
  const atItsEnd = order({ deliveredAt: '2026-01-02T12:00:00Z' });
  const after = order({ deliveredAt: '2026-01-02T12:00:00Z' });
  const endless = order({ deliveredAt: '2020-01-02T12:00:00Z' });

  afterAll(() => commerce.setTime('2026-02-01T12:00:00Z'));

  test('is open to its last moment', async () => {
    commerce.setTime('2026-02-01T11:59:59Z');
    valueOf(await ask(before));
    commerce.setTime('2026-02-01T12:00:00Z');
    valueOf(await ask(atItsEnd));
  });

  test('is closed after it, for exchanges too, and the refusal says since when', async () => {
    commerce.setTime('2026-02-01T12:00:00.001Z');
    const closed = {
      ...{ code: 'RETURN_WINDOW_CLOSED', typeName: 'ReturnWindowError', closedAt: '2026-02-01T12:00:00.000Z' },
    };
    expect(errorOf(await ask(after))).toMatchObject(closed);
    const changes = [{ orderItemId: lineOf(after), newVariantId: 'var_red' }];
    const exchange = { ...key(), orderId: after, changes, paymentMethodId: 'pay_card' };
    expect(errorOf(await commerce.returns.requestExchange(ann, exchange))).toMatchObject(closed);
  });

  test('is never closed in a shop that has none', async () => {
    const old = await orderAt(commerce, endless);
    const shop = await commerce.shop.read();
    const now = new Date('2026-02-01T12:00:00Z');
    expect(returnEligibility(old, { ...shop, returnWindowDays: null }, now)).toEqual({ isEligible: true, until: null });
    expect(returnEligibility(old, shop, now)).toMatchObject({ code: 'RETURN_WINDOW_CLOSED' });
  });
});

describe('when the goods arrive', () => {
  const toCard = order({ items: ['blue', 'mug'] });
  const toGift = order();

  test('the money goes to a card through the refund worker', async () => {
    const { id } = valueOf(await ask(toCard));
    expect(valueOf(await receive(id)).status).toBe('RECEIVED');
    const after = await orderAt(commerce, toCard);
    expect(after.status).toBe('RETURNED');
    expect(shown(after).slice(1)).toEqual([['REFUND', 2000, 'pay_card']]);
    expect(after.refunds).toMatchObject([
      { cause: 'RETURN', status: 'APPROVED', amount: 2000, orderReturnId: id, decidedBy: null },
    ]);
    expect(leftToRefund(after)).toBe(825);
    expect(await eventsOf(commerce, id)).toEqual(['return.requested', 'return.received']);
  });

  test('a gift card has it at once', async () => {
    const before = await balanceOf(commerce, 'pay_gift');
    const { id } = valueOf(await ask(toGift, { paymentMethodId: 'pay_gift' }));
    expect(await balanceOf(commerce, 'pay_gift')).toBe(before);
    expect(valueOf(await receive(id)).status).toBe('COMPLETED');
    expect(await balanceOf(commerce, 'pay_gift')).toBe(before + 2000);
  });

  test('only once', async () => {
    const { return: done } = await orderAt(commerce, toGift);
    const balance = await balanceOf(commerce, 'pay_gift');
    expect(errorOf(await receive(done!.id))).toMatchObject({ code: 'WRONG_STATE', field: ['input', 'orderReturnId'] });
    expect(errorOf(await callOff(done!.id))).toMatchObject({ code: 'WRONG_STATE' });
    expect(await balanceOf(commerce, 'pay_gift')).toBe(balance);
  });
});

describe('calling a return off', () => {
  const calledOff = order();

  test('makes the order delivered again, frees its amount, and is no error twice', async () => {
    const { id } = valueOf(await ask(calledOff));
    for (const _ of ['once', 'twice']) expect(valueOf(await callOff(id)).status).toBe('CANCELLED');
    const after = await orderAt(commerce, calledOff);
    expect(after).toMatchObject({ status: 'DELIVERED', refunds: [] });
    expect(leftToRefund(after)).toBe(2000);
    expect(errorOf(await receive(id))).toMatchObject({ code: 'WRONG_STATE' });
    expect(await eventsOf(commerce, id)).toEqual(['return.requested', 'return.cancelled']);
  });

  test('does not give a second one', async () => {
    expect(errorOf(await ask(calledOff))).toMatchObject({ code: 'ORDER_NOT_RETURNABLE', status: 'DELIVERED' });
    const changes = [{ orderItemId: lineOf(calledOff), newVariantId: 'var_red' }];
    const exchange = { ...key(), orderId: calledOff, changes, paymentMethodId: 'pay_card' };
    expect(errorOf(await commerce.returns.requestExchange(ann, exchange))).toMatchObject({
      code: 'ORDER_NOT_RETURNABLE',
    });
  });
});

describe('who may', () => {
  const anns = order();
  const raced = order();

  test("another customer's return is word for word as if it did not exist", async () => {
    expect(errorOf(await ask(anns, {}, bob))).toEqual(errorOf(await ask('ord_none', {}, bob)));
    const { id } = valueOf(await ask(anns, { onBehalf: { reason: 'By telephone' } }, staff));
    for (const viewer of [bob, nobody]) expect(await commerce.returns.loadReturns(viewer, [id])).toEqual([null]);
    const own = { ...key(), orderReturnId: id };
    const missing = { ...key(), orderReturnId: 'ret_none' };
    for (const viewer of [ann, bob])
      expect(errorOf(await commerce.returns.receiveReturn(viewer, own))).toEqual(
        errorOf(await commerce.returns.receiveReturn(staff, missing)),
      );
    expect(await commerce.returns.openIds(ann, { take: 5, key: null })).toEqual([]);
    expect(await commerce.returns.openIds(staff, { take: 100, key: null })).toContain(id);
  });

  test('staff only with a reason', async () => {
    expect(errorOf(await ask(raced, {}, staff))).toMatchObject({ code: 'FORBIDDEN', field: ['input', 'onBehalf'] });
    expect(errorOf(await ask(raced, { onBehalf: { reason: 'Me' } }))).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('of a return and an exchange at once one wins, and of many arrivals one pays', async () => {
    const changes = [{ orderItemId: lineOf(raced), newVariantId: 'var_green' }];
    const exchange = { ...key(), orderId: raced, changes, paymentMethodId: 'pay_gift' };
    const [asReturn, asExchange] = await Promise.all([
      ask(raced, { paymentMethodId: 'pay_gift' }),
      commerce.returns.requestExchange(ann, exchange),
    ]);
    expect([asReturn.ok, asExchange.ok].filter(Boolean)).toHaveLength(1);
    const before = await balanceOf(commerce, 'pay_gift');
    const { return: won, exchange: other } = await orderAt(commerce, raced);
    const arrivals = await Promise.all(
      Array.from({ length: 5 }, () =>
        won ? receive(won.id) : commerce.returns.receiveExchange(staff, { ...key(), orderExchangeId: other!.id }),
      ),
    );
    expect(arrivals.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await balanceOf(commerce, 'pay_gift')).toBe(before + (won ? 2000 : 500));
  });
});
