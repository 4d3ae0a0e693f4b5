import { ann, bob, staff } from '@supportgraph/commerce/testing';
import { nobody, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { key, lineOf, orderBook, startWorld, valueOf, type World } from './world.js';

let world: World;
const { orders, order } = orderBook();
const onBehalf = { reason: 'The customer called us' };

interface Payload {
  orderReturn?: Record<string, unknown> | null;
  orderExchange?: Record<string, unknown> | null;
  refund?: Record<string, unknown> | null;
  userErrors: { __typename: string; code: string; field: string[] | null; message: string; closedAt?: string }[];
}

const shown = {
  Return: 'orderReturn { id status order { id } refund { status amount { amount } } }',
  Exchange: 'orderExchange { id status order { id } priceDifference { amount } }',
  Refund: 'refund { id status reason amount { amount } destination { id } completedAt }',
};
type Kind = keyof typeof shown;

/** Carries out a mutation such as `requestReturn`. */
async function mutate(name: `${string}${Kind}`, input: object, viewer: Viewer, language?: 'zh-Hant'): Promise<Payload> {
  const kind = /[A-Z]\w+$/.exec(name)![0] as Kind;
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${shown[kind]}
    userErrors { __typename code message field ... on ReturnWindowError { closedAt } } } }`;
  const data = await world.run<Record<string, Payload>>(query, { input }, viewer, language);
  return data[name]!;
}

const returnOf = (orderId: string, more: object = {}) => ({
  ...{ orderId, orderItemIds: [lineOf(orderId)], paymentMethodId: 'pay_card', ...key(), ...more },
});
const exchangeOf = (orderId: string, more: object = {}) => ({
  ...{ orderId, changes: [{ orderItemId: lineOf(orderId), newVariantId: 'var_red' }], paymentMethodId: 'pay_card' },
  ...{ ...key(), ...more },
});
const refundOf = (orderId: string, more: object = {}) => ({ orderId, reason: 'It is scratched', ...key(), ...more });

const open = order();
const returned = order();
const exchanged = order();
const refunded = order();
const forStaff = order({ items: ['blue', 'mug'] });
const staffExchange = order();
const late = order({ deliveredAt: '2025-06-01T10:00:00Z' });
const pending = order({ status: 'PENDING', deliveredAt: null });
const visitors = order();
const spent = order();

beforeAll(async () => {
  world = await startWorld(orders, { returnWindowDays: 30, automaticRefundLimit: '5.00' });
});
afterAll(() => world.close());

describe('a return', () => {
  test('is asked for, received, and paid for', async () => {
    const asked = await mutate('requestReturn', returnOf(returned), ann);
    expect(asked).toMatchObject({
      orderReturn: { status: 'REQUESTED', order: { id: returned }, refund: null },
      userErrors: [],
    });
    const orderReturnId = asked.orderReturn!['id'];
    expect(await mutate('receiveReturn', { ...key(), orderReturnId }, staff)).toMatchObject({
      orderReturn: { status: 'RECEIVED', refund: { status: 'APPROVED', amount: { amount: '20.00' } } },
    });
    expect((await mutate('receiveReturn', { ...key(), orderReturnId }, staff)).userErrors).toMatchObject([
      { code: 'WRONG_STATE', field: ['input', 'orderReturnId'] },
    ]);
  });

  test('is called off, as often as wanted, and there is no second one', async () => {
    const asked = await mutate('requestReturn', returnOf(forStaff, { onBehalf }), staff);
    const input = { orderReturnId: asked.orderReturn!['id'], reason: 'The customer keeps it' };
    for (const _ of ['once', 'twice'])
      expect(await mutate('cancelReturn', input, staff)).toMatchObject({
        ...{ orderReturn: { status: 'CANCELLED' }, userErrors: [] },
      });
    expect((await mutate('requestReturn', returnOf(forStaff), ann)).userErrors).toMatchObject([
      { __typename: 'InputError', code: 'ORDER_NOT_RETURNABLE', field: ['input', 'orderId'] },
    ]);
  });

  test('that comes too late is told when the time was over', async () => {
    expect(await mutate('requestReturn', returnOf(late), ann, 'zh-Hant')).toEqual({
      orderReturn: null,
      userErrors: [
        {
          ...{ __typename: 'ReturnWindowError', code: 'RETURN_WINDOW_CLOSED', field: ['input', 'orderId'] },
          ...{ message: '已超過可退換貨的期限。', closedAt: '2025-07-01T10:00:00.000Z' },
        },
      ],
    });
  });

  test.each([
    ['an order that was not delivered', () => returnOf(pending), 'ORDER_NOT_RETURNABLE', 'orderId'],
    ['nothing', () => returnOf(open, { orderItemIds: [] }), 'INVALID', 'orderItemIds'],
    ['a line of another order', () => returnOf(open, { orderItemIds: [lineOf(late)] }), 'NOT_FOUND', '0'],
    [
      'another way to pay',
      () => returnOf(open, { paymentMethodId: 'pay_paypal' }),
      'PAYMENT_METHOD_INVALID',
      'paymentMethodId',
    ],
    ['an id that cannot be', () => returnOf('💥'), 'NOT_FOUND', 'orderId'],
    ['a text that cannot be stored', () => returnOf('ord_\0'), 'INVALID', 'input'],
    ['an empty key', () => returnOf(open, { idempotencyKey: '' }), 'INVALID', 'idempotencyKey'],
  ] as const)('is refused for %s', async (_, input, code, argument) => {
    const { orderReturn, userErrors } = await mutate('requestReturn', input(), ann);
    expect(orderReturn).toBeNull();
    expect(userErrors).toMatchObject([{ code }]);
    expect(userErrors[0]?.field?.at(-1)).toBe(argument);
  });
});

describe('an exchange', () => {
  test('is asked for, received, and settled', async () => {
    const asked = await mutate('requestExchange', exchangeOf(exchanged), ann);
    expect(asked).toMatchObject({ orderExchange: { status: 'REQUESTED', priceDifference: { amount: '5.50' } } });
    const orderExchangeId = asked.orderExchange!['id'];
    expect(await mutate('receiveExchange', { ...key(), orderExchangeId }, staff)).toMatchObject({
      ...{ orderExchange: { id: orderExchangeId, status: 'COMPLETED' }, userErrors: [] },
    });
    expect(await world.commerce.orders.find(ann, exchanged)).toMatchObject({ status: 'EXCHANGED' });
    const cancel = { orderExchangeId, reason: 'Too late' };
    expect((await mutate('cancelExchange', cancel, staff)).userErrors).toMatchObject([{ code: 'WRONG_STATE' }]);
  });

  test('is called off', async () => {
    const asked = await mutate('requestExchange', exchangeOf(staffExchange, { onBehalf }), staff);
    const input = { orderExchangeId: asked.orderExchange!['id'], reason: 'Changed their mind' };
    expect(await mutate('cancelExchange', input, staff)).toMatchObject({ orderExchange: { status: 'CANCELLED' } });
    expect(await world.commerce.orders.find(ann, staffExchange)).toMatchObject({ status: 'DELIVERED' });
  });

  const change = (newVariantId: string) => ({ changes: [{ orderItemId: lineOf(open), newVariantId }] });
  test.each([
    ['another product', change('var_mug'), 'VARIANT_MISMATCH'],
    ['what is sold out', change('var_soldOut'), 'ITEM_UNAVAILABLE'],
    ['what is not there', change('var_none'), 'NOT_FOUND'],
    ['a gift card that holds too little', { paymentMethodId: 'pay_poorGift' }, 'INSUFFICIENT_BALANCE'],
    ["another customer's gift card", { paymentMethodId: 'pay_bobsGift' }, 'PAYMENT_METHOD_INVALID'],
  ])('is refused for %s', async (_, more, code) => {
    const { orderExchange, userErrors } = await mutate('requestExchange', exchangeOf(open, more), ann);
    expect(orderExchange).toBeNull();
    // Facts of an error type of another subgraph are left out here, not lost as a fault.
    expect(userErrors).toMatchObject([{ __typename: 'InputError', code }]);
  });
});

describe('a refund', () => {
  test('up to the limit goes through, one above it waits until it is approved or rejected', async () => {
    const small = await mutate(
      'requestRefund',
      refundOf(refunded, { amount: '2.00', paymentMethodId: 'pay_gift' }),
      ann,
    );
    expect(small.refund).toMatchObject({ status: 'COMPLETED', destination: { id: 'pay_gift' } });
    const ask = async (amount: string | undefined) =>
      (await mutate('requestRefund', refundOf(refunded, { amount }), ann)).refund!;
    const large = await ask('10.00');
    expect(large).toMatchObject({
      status: 'PENDING_APPROVAL',
      reason: 'It is scratched',
      destination: { id: 'pay_card' },
    });
    const rest = await ask(undefined);
    expect(rest).toMatchObject({ status: 'PENDING_APPROVAL', amount: { amount: '8.00' } });

    const approve = { ...key(), refundId: large['id'], note: 'Photos seen' };
    expect(await mutate('approveRefund', approve, staff)).toMatchObject({ refund: { status: 'APPROVED' } });
    const reject = { ...key(), refundId: rest['id'], reason: 'Only one scratch' };
    expect(await mutate('rejectRefund', reject, staff)).toMatchObject({ refund: { status: 'REJECTED' } });
    for (const name of ['approveRefund', 'rejectRefund'] as const)
      expect(
        (await mutate(name, { ...(name === 'approveRefund' ? approve : reject), ...key() }, staff)).userErrors,
      ).toMatchObject([{ code: 'WRONG_STATE', field: ['input', 'refundId'] }]);
  });

  test.each([
    ['more than was paid', { amount: '20.01' }, 'AMOUNT_TOO_HIGH', 'amount'],
    ['nothing', { amount: '0.00' }, 'INVALID', 'amount'],
    ['less than nothing', { amount: '-1.00' }, 'INVALID', 'amount'],
    ['a part of a cent', { amount: '1.001' }, 'INVALID', 'amount'],
    ['no reason', { reason: '  ' }, 'INVALID', 'reason'],
    [
      'another way to pay',
      { amount: '1.00', paymentMethodId: 'pay_paypal' },
      'PAYMENT_METHOD_INVALID',
      'paymentMethodId',
    ],
  ])('is refused for %s', async (_, more, code, argument) => {
    const { refund, userErrors } = await mutate('requestRefund', refundOf(open, more), ann);
    expect({ refund, userErrors }).toMatchObject({ refund: null, userErrors: [{ code, field: ['input', argument] }] });
  });
});

describe('who may', () => {
  const wishes = (orderId: string) =>
    [
      ['requestReturn', returnOf(orderId)],
      ['requestExchange', exchangeOf(orderId)],
      ['requestRefund', refundOf(orderId)],
    ] as const;

  test("another customer's order is word for word as if it did not exist", async () => {
    for (const [[name, foreign], [, missing]] of [0, 1, 2].map(
      (i) => [wishes(open)[i]!, wishes('ord_none')[i]!] as const,
    )) {
      const answer = await mutate(name, foreign, bob);
      expect(answer.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
      expect(answer).toEqual(await mutate(name, missing, bob));
    }
  });

  test('staff needs to say for what reason they act for the customer', async () => {
    for (const [name, input] of wishes(open)) {
      const { userErrors } = await mutate(name, input, staff);
      expect(userErrors).toMatchObject([{ code: 'FORBIDDEN', field: ['input', 'onBehalf'] }]);
    }
  });

  test('what only the staff may do finds nothing for others', async () => {
    const { orderReturn } = await mutate('requestReturn', returnOf(spent), ann);
    const refund = valueOf(
      await world.commerce.refunds.request(ann, { ...refundOf(open), amount: '9.00', paymentMethodId: null }),
    );
    const goods = { orderReturnId: orderReturn!['id'] };
    for (const viewer of [ann, bob, nobody])
      for (const [name, input] of [
        ['receiveReturn', { ...key(), ...goods }],
        ['cancelReturn', { ...goods, reason: 'None' }],
        ['receiveExchange', { ...key(), orderExchangeId: 'exc_none' }],
        ['cancelExchange', { orderExchangeId: 'exc_none', reason: 'None' }],
        ['approveRefund', { ...key(), refundId: refund.id }],
        ['rejectRefund', { ...key(), refundId: refund.id, reason: 'None' }],
      ] as const)
        expect((await mutate(name, input, viewer)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await mutate('approveRefund', { ...key(), refundId: 'ref_none' }, staff)).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['input', 'refundId'] },
    ]);
  });

  test('a visitor whose session has recognised the customer', async () => {
    const { sessions } = world.conversation;
    const { session } = valueOf(await sessions.start(nobody, { ...key(), channel: 'WEB' }));
    const visitor: Viewer = { ...nobody, sessionId: session.id };
    const input = refundOf(visitors, { amount: '1.00' });
    expect((await mutate('requestRefund', input, visitor)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    valueOf(await sessions.bindCustomer(visitor, session.id, { customerId: 'cus_ann' }));
    expect((await mutate('requestRefund', { ...input, ...key() }, visitor)).refund).toMatchObject({
      status: 'APPROVED',
    });
  });
});

describe('the same key again gives the first result, with another wish it is a conflict', () => {
  const own = [order(), order(), order()] as const;
  const [forReturn, forExchange, forRefund] = own;

  async function isIdempotent(name: Parameters<typeof mutate>[0], input: object, other: object, viewer: Viewer) {
    const first = await mutate(name, input, viewer);
    expect(first.userErrors).toEqual([]);
    expect(await mutate(name, input, viewer)).toEqual(first);
    const conflict = await mutate(name, { ...input, ...other }, viewer);
    expect(conflict.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT', field: ['input', 'idempotencyKey'] }]);
    return (first.orderReturn ?? first.orderExchange ?? first.refund)!['id'];
  }

  test('returns', async () => {
    const orderReturnId = await isIdempotent(
      'requestReturn',
      returnOf(forReturn),
      { paymentMethodId: 'pay_gift' },
      ann,
    );
    await isIdempotent('receiveReturn', { ...key(), orderReturnId }, { orderReturnId: 'ret_other' }, staff);
    expect(await world.commerce.orders.find(ann, forReturn)).toMatchObject({ transactions: { length: 2 } });
  });

  test('exchanges', async () => {
    const input = exchangeOf(forExchange);
    const orderExchangeId = await isIdempotent('requestExchange', input, { paymentMethodId: 'pay_gift' }, ann);
    await isIdempotent('receiveExchange', { ...key(), orderExchangeId }, { orderExchangeId: 'exc_other' }, staff);
    expect(await world.commerce.orders.find(ann, forExchange)).toMatchObject({ transactions: { length: 2 } });
  });

  test('refunds', async () => {
    const ask = (amount: string) =>
      isIdempotent('requestRefund', refundOf(forRefund, { amount }), { amount: '3.00' }, ann);
    await ask('1.00');
    const large = await ask('6.00');
    const other = await ask('7.00');
    await isIdempotent('approveRefund', { ...key(), refundId: large }, { refundId: other }, staff);
    await isIdempotent('rejectRefund', { ...key(), refundId: other, reason: 'No' }, { reason: 'Never' }, staff);
    expect(await world.commerce.orders.find(ann, forRefund)).toMatchObject({
      ...{ transactions: { length: 3 }, refunds: { length: 3 } },
    });
  });
});
