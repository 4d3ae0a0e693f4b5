import { statementsOf } from '@supportgraph/data/testing';
import { ann, bob, staff } from '@supportgraph/commerce/testing';
import { nobody, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { key, lineOf, orderBook, startWorld, valueOf, type World } from './world.js';

let world: World;
const { orders, order } = orderBook();

const refunded = order({ items: ['blue', 'blue'] });
const returned = order({ items: ['blue', 'mug'] });
const exchanged = order();
const untouched = order();
const late = order({ deliveredAt: '2025-12-01T10:00:00Z' });
const pending = order({ status: 'PENDING', deliveredAt: null });

/** What was asked for before the tests, by its id. */
const made = { small: '', large: '', toGift: '', return: '', exchange: '' };

beforeAll(async () => {
  world = await startWorld(orders, { returnWindowDays: 30, automaticRefundLimit: '5.00' });
  const { refunds, returns } = world.commerce;
  const ask = async (second: number, amount: string, paymentMethodId: string | null = null) => {
    world.commerce.setTime(`2026-02-01T12:00:0${second}Z`);
    const wish = { ...key(), orderId: refunded, amount, reason: 'A button is missing', paymentMethodId };
    return valueOf(await refunds.request(ann, wish)).id;
  };
  made.toGift = await ask(0, '1.50', 'pay_gift');
  made.small = await ask(1, '2.00');
  made.large = await ask(2, '20.00');
  world.commerce.setTime('2026-02-01T12:00:03Z');
  const aReturn = { ...key(), orderId: returned, orderItemIds: [lineOf(returned, 1)], paymentMethodId: 'pay_card' };
  made.return = valueOf(await returns.requestReturn(ann, aReturn)).id;
  world.commerce.setTime('2026-02-01T12:00:04Z');
  const changes = [{ orderItemId: lineOf(exchanged), newVariantId: 'var_green' }];
  const anExchange = { ...key(), orderId: exchanged, changes, paymentMethodId: 'pay_paypal' };
  made.exchange = valueOf(await returns.requestExchange(ann, anExchange)).id;
});
afterAll(() => world.close());

const refundFields = `
  id amount { amount currency } status reason destination { __typename id } orderReturn { id }
  createdAt expectedAt completedAt order { id number }`;
const returnFields = `id status items { id } destination { id } refund { id } createdAt order { id }`;
const exchangeFields = `
  id status lines { item { id } newVariant { id } } priceDifference { amount currency } paymentMethod { id } createdAt order { id }`;

const entities = (fields: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${fields} } }`;

interface Entities {
  _entities: (Record<string, unknown> | null)[];
}

describe('one refund', () => {
  const query = `query ($id: ID!) { refund(id: $id) { ${refundFields} } }`;

  test('on its way to a card, with the day by which it should be there', async () => {
    expect(await world.run(query, { id: made.small }, ann)).toEqual({
      refund: {
        id: made.small,
        amount: { amount: '2.00', currency: 'USD' },
        status: 'APPROVED',
        reason: 'A button is missing',
        destination: { __typename: 'PaymentMethod', id: 'pay_card' },
        orderReturn: null,
        createdAt: '2026-02-01T12:00:01.000Z',
        // Seven business days after a Sunday.
        expectedAt: '2026-02-10T12:00:01.000Z',
        completedAt: null,
        order: { id: refunded, number: '#W1000001' },
      },
    });
  });

  test('to a gift card has arrived at once, and one that waits for a decision is not on its way', async () => {
    const atOnce = '2026-02-01T12:00:00.000Z';
    expect(await world.run(query, { id: made.toGift }, ann)).toMatchObject({
      refund: { status: 'COMPLETED', destination: { id: 'pay_gift' }, expectedAt: atOnce, completedAt: atOnce },
    });
    expect(await world.run(query, { id: made.large }, staff)).toMatchObject({
      refund: { status: 'PENDING_APPROVAL', expectedAt: null, completedAt: null },
    });
  });
});

describe('one return and one exchange', () => {
  test('with what goes back, where the money goes, and no refund before the goods are here', async () => {
    const query = `query ($id: ID!) { orderReturn(id: $id) { ${returnFields} } }`;
    expect(await world.run(query, { id: made.return }, ann)).toEqual({
      orderReturn: {
        ...{ id: made.return, status: 'REQUESTED', items: [{ id: lineOf(returned, 1) }] },
        ...{ destination: { id: 'pay_card' }, refund: null, createdAt: '2026-02-01T12:00:03.000Z' },
        order: { id: returned },
      },
    });
  });

  test('with what comes instead, and the difference, negative if it goes back', async () => {
    const query = `query ($id: ID!) { orderExchange(id: $id) { ${exchangeFields} } }`;
    expect(await world.run(query, { id: made.exchange }, ann)).toEqual({
      orderExchange: {
        ...{ id: made.exchange, status: 'REQUESTED' },
        lines: [{ item: { id: lineOf(exchanged) }, newVariant: { id: 'var_green' } }],
        priceDifference: { amount: '-5.00', currency: 'USD' },
        ...{ paymentMethod: { id: 'pay_paypal' }, createdAt: '2026-02-01T12:00:04.000Z', order: { id: exchanged } },
      },
    });
  });
});

describe('lists', () => {
  const list = `query ($filter: RefundFilterInput, $first: Int, $after: String) {
    refunds(filter: $filter, first: $first, after: $after) { edges { cursor node { id } } nodes { id } pageInfo { hasNextPage endCursor } } }`;
  type List = {
    refunds: {
      nodes: { id: string }[];
      edges: { cursor: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  };

  test('refunds are there page by page, newest first', async () => {
    const first = await world.run<List>(list, { first: 2 }, staff);
    expect(first.refunds).toMatchObject({
      nodes: [{ id: made.large }, { id: made.small }],
      pageInfo: { hasNextPage: true },
    });
    expect(first.refunds.pageInfo.endCursor).toBe(first.refunds.edges[1]?.cursor);
    const second = await world.run<List>(list, { first: 2, after: first.refunds.pageInfo.endCursor }, staff);
    expect(second.refunds).toMatchObject({ nodes: [{ id: made.toGift }], pageInfo: { hasNextPage: false } });
  });

  test.each([
    ['a state', { status: ['PENDING_APPROVAL'] }, 1],
    ['a customer', { customerId: 'cus_ann' }, 3],
    ['a customer who has none', { customerId: 'cus_bob' }, 0],
    ['a text that is no id', { customerId: 'cus_\0' }, 0],
    ['a time from', { createdFrom: '2026-02-01T12:00:01Z' }, 2],
    ['a time before', { createdBefore: '2026-02-01T12:00:01Z' }, 1],
  ])('refunds of %s', async (_, filter, count) => {
    expect((await world.run<List>(list, { filter }, staff)).refunds.nodes).toHaveLength(count);
  });

  test('what waits for goods is there oldest first, for the staff', async () => {
    const query = `query ($first: Int, $after: String) { openReturns(first: $first, after: $after) {
      nodes { __typename ... on OrderReturn { id } ... on OrderExchange { id } } edges { cursor } pageInfo { hasNextPage endCursor } } }`;
    type Open = { openReturns: { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    const { openReturns } = await world.run<Open>(query, { first: 1 }, staff);
    expect(openReturns).toMatchObject({
      nodes: [{ __typename: 'OrderReturn', id: made.return }],
      pageInfo: { hasNextPage: true },
    });
    const rest = await world.run<Open>(query, { after: openReturns.pageInfo.endCursor }, staff);
    expect(rest.openReturns.nodes).toEqual([{ __typename: 'OrderExchange', id: made.exchange }]);
    expect((await world.run<Open>(query, {}, ann)).openReturns.nodes).toEqual([]);
  });

  test.each([
    ['refunds(first: 101)', staff],
    ['refunds(first: -1)', staff],
    ['refunds(after: "nonsense")', staff],
    [`refunds(after: "${Buffer.from('["yesterday","ref_1"]').toString('base64url')}")`, staff],
    ['openReturns(first: 101)', staff],
    ['openReturns(after: "nonsense")', staff],
  ] as [string, Viewer][])('%s is no page', async (field, viewer) => {
    const { errors } = await world.ask(`{ ${field} { pageInfo { endCursor } } }`, {}, viewer);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe("what a customer's profile and an order say here", () => {
  const ofCustomer = entities('... on Customer { refunds(first: 2) { nodes { id } pageInfo { hasNextPage } } }');
  const customer = (id: string) => ({ __typename: 'Customer', id });

  test("the customer's refunds, page by page", async () => {
    const { _entities } = await world.run<Entities>(ofCustomer, { representations: [customer('cus_ann')] }, ann);
    expect(_entities).toEqual([
      { refunds: { nodes: [{ id: made.large }, { id: made.small }], pageInfo: { hasNextPage: true } } },
    ]);
  });

  const eligibility = 'returnEligibility { isEligible until reason }';
  const ofOrder = (id: string, status = 'DELIVERED', deliveredAt: string | null = '2026-01-30T10:00:00.000Z') => ({
    ...{ __typename: 'Order', id, status, deliveredAt },
  });

  test('all that hangs on an order', async () => {
    const query = entities(`... on Order { refunds { id } returns { id status } exchanges { id }
      refundEligibility { maxAmount { amount } automaticLimit { amount currency } } }`);
    const representations = [refunded, returned, exchanged].map((id) => ({ __typename: 'Order', id }));
    expect((await world.run<Entities>(query, { representations }, ann))._entities).toEqual([
      {
        refunds: [{ id: made.large }, { id: made.small }, { id: made.toGift }],
        ...{ returns: [], exchanges: [] },
        // 40.00 were paid, 3.50 went back and 20.00 wait; of the limit of 5.00 the customer has used 3.50.
        refundEligibility: { maxAmount: { amount: '16.50' }, automaticLimit: { amount: '1.50', currency: 'USD' } },
      },
      {
        ...{ refunds: [], returns: [{ id: made.return, status: 'REQUESTED' }], exchanges: [] },
        refundEligibility: { maxAmount: { amount: '20.00' }, automaticLimit: { amount: '5.00', currency: 'USD' } },
      },
      {
        ...{ refunds: [], returns: [], exchanges: [{ id: made.exchange }] },
        refundEligibility: { maxAmount: { amount: '15.00' }, automaticLimit: { amount: '5.00', currency: 'USD' } },
      },
    ]);
  });

  test('whether it can be sent back, by what its owner tells of it', async () => {
    const representations = [
      ofOrder(untouched),
      ofOrder(untouched, 'DELIVERED', '2026-01-01T10:00:00Z'),
      ofOrder(untouched, 'PROCESSED', null),
      ofOrder(late, 'DELIVERED', '2025-12-01T10:00:00Z'),
      ofOrder(pending, 'PENDING', null),
      ofOrder(returned, 'RETURN_REQUESTED'),
    ];
    const { _entities } = await world.run<Entities>(
      entities(`... on Order { ${eligibility} }`),
      { representations },
      ann,
    );
    const no = (reason: string) => ({ returnEligibility: { isEligible: false, until: null, reason } });
    expect(_entities).toEqual([
      { returnEligibility: { isEligible: true, until: '2026-03-01T10:00:00.000Z', reason: null } },
      no('The time to send things back is over.'),
      no('Only a delivered order can be sent back.'),
      no('The time to send things back is over.'),
      no('Only a delivered order can be sent back.'),
      no('A return or an exchange was already asked for; that is possible once for each order.'),
    ]);
  });

  test('the reason is in the language of the request', async () => {
    const variables = { representations: [ofOrder(pending, 'PENDING', null)] };
    const { _entities } = await world.run<Entities>(
      entities(`... on Order { ${eligibility} }`),
      variables,
      ann,
      'zh-Hant',
    );
    expect(_entities).toMatchObject([{ returnEligibility: { reason: '只有已送達的訂單才能退換貨。' } }]);
  });
});

describe('who sees what', () => {
  const objects = `query ($refund: ID!, $return: ID!, $exchange: ID!) {
    refund(id: $refund) { id } orderReturn(id: $return) { id } orderExchange(id: $exchange) { id } }`;
  const there = () => ({ refund: made.small, return: made.return, exchange: made.exchange });
  const nothing = { refund: null, orderReturn: null, orderExchange: null };

  test.each([
    ['another customer', bob],
    ['a visitor', nobody],
  ] as [string, Viewer][])('to %s nothing of ann is there', async (_, viewer) => {
    expect(await world.run(objects, there(), viewer)).toEqual(nothing);
    const all = entities('__typename');
    const representations = [
      { __typename: 'Refund', id: made.small },
      { __typename: 'OrderReturn', id: made.return },
      { __typename: 'OrderExchange', id: made.exchange },
      { __typename: 'Order', id: refunded },
      { __typename: 'Customer', id: 'cus_ann' },
    ];
    expect(await world.run(all, { representations }, viewer)).toEqual({ _entities: [null, null, null, null, null] });
    expect(await world.run('{ refunds { nodes { id } } }', {}, viewer)).toEqual({ refunds: { nodes: [] } });
  });

  test.each(['ref_none', 'ord_W1000001', '', 'ref_\0', '💥', 'x'.repeat(5_000)])(
    'the id %j names nothing',
    async (id) => {
      expect(await world.run(objects, { refund: id, return: id, exchange: id }, staff)).toEqual(nothing);
      const representations = ['Refund', 'OrderReturn', 'OrderExchange'].map((__typename) => ({ __typename, id }));
      expect(await world.run(entities('__typename'), { representations }, staff)).toEqual({
        _entities: [null, null, null],
      });
    },
  );

  test("a visitor sees what is the customer's whom the session has recognised", async () => {
    const { sessions } = world.conversation;
    const { session } = valueOf(await sessions.start(nobody, { ...key(), channel: 'WEB' }));
    const visitor: Viewer = { ...nobody, sessionId: session.id };
    expect(await world.run(objects, there(), visitor)).toEqual(nothing);
    valueOf(await sessions.bindCustomer(visitor, session.id, { customerId: 'cus_ann' }));
    expect(await world.run(objects, there(), visitor)).toMatchObject({ refund: { id: made.small } });
  });
});

describe('statements', () => {
  const query = `{ refunds { nodes { ${refundFields} order { refundEligibility { maxAmount { amount } } } } } }`;

  test('a page of refunds with all that hangs on them takes as many as one refund', async () => {
    const one = await statementsOf(() => world.run(query.replace('refunds {', 'refunds(first: 1) {'), {}, staff));
    const all = await statementsOf(() => world.run(query, {}, staff));
    expect(all.length).toBeLessThanOrEqual(one.length);
    expect(all.length).toBeLessThan(20);
  });

  test('entities are read together', async () => {
    const fields = entities(
      '... on Order { refunds { id order { number } } returns { refund { id } } returnEligibility { isEligible } } ... on Customer { own: refunds { nodes { id } } }',
    );
    const count = async (ids: string[], customers: string[]) => {
      const representations = [
        ...ids.map((id) => ({ __typename: 'Order', id, status: 'DELIVERED', deliveredAt: null })),
        ...customers.map((id) => ({ __typename: 'Customer', id })),
      ];
      return (await statementsOf(() => world.run(fields, { representations }, staff))).length;
    };
    const few = await count([refunded], ['cus_ann']);
    expect(await count([refunded, returned, exchanged, untouched, late], ['cus_ann', 'cus_bob'])).toBeLessThanOrEqual(
      few + 2,
    );
  });
});
