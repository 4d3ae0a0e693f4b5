import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caller, type Caller } from './support/client.js';
import { merchantToken, partner } from './support/credentials.js';
import { hostings, openSite, type Hosted, type Site } from './support/hosting.js';

let site: Site;
beforeAll(async () => {
  site = await openSite([
    { number: '#W1000001' },
    { number: '#W1000002' },
    { number: '#W1000003', status: 'DELIVERED', deliveredAt: new Date(Date.now() - 864e5).toISOString() },
  ]);
});
afterAll(() => site.close());

const talking = ['sessions:write', 'sessions:read'];
const asserting = [...talking, 'customers:assert'];

interface Started {
  startSession: { session: { id: string } | null; userErrors: { code: string; field: string[] | null }[] };
}
const start = async (who: Caller, customerId?: string) => {
  const { startSession } = await who.run<Started>(
    'mutation ($input: StartSessionInput!) { startSession(input: $input) { session { id } userErrors { code field } } }',
    { input: { idempotencyKey: randomUUID(), channel: 'API', customerId } },
  );
  return startSession;
};
/** A session of this customer's; null: of one who is not known yet. */
const sessionFor = async (who: Caller, customerId?: string) => (await start(who, customerId)).session!.id;

const verify = (who: Caller, sessionId: string, email: string) =>
  who.run<{ verifyCustomer: unknown }>(
    'mutation ($input: VerifyCustomerInput!) { verifyCustomer(input: $input) { userErrors { code } } }',
    { input: { idempotencyKey: randomUUID(), sessionId, email } },
  );

const cancel = (who: Caller, orderId: string) =>
  who.ask(
    `mutation ($input: CancelOrderInput!) {
      cancelOrder(input: $input) { order { status } userErrors { code message field } }
    }`,
    { input: { idempotencyKey: randomUUID(), orderId, reason: 'NO_LONGER_NEEDED' } },
  );

/** Every way to an order, to what belongs to it, and to whose it is. */
const everything = `query ($order: ID!, $number: String!, $customer: ID!, $session: ID!, $refund: ID!) {
  order(id: $order) { number customer { email } returnEligibility { isEligible } }
  orderByNumber(number: $number) { status }
  refund(id: $refund) { status order { number } }
  asNode: node(id: $order) { ... on Order { number } }
  refundAsNode: node(id: $refund) { ... on Refund { status } }
  customerAsNode: node(id: $customer) {
    ... on Customer {
      email
      paymentMethods { __typename }
      orders(first: 1) { nodes { number } pageInfo { hasNextPage endCursor } }
      refunds(first: 1) { nodes { status } pageInfo { hasNextPage endCursor } }
      sessions { nodes { id } }
    }
  }
  nodes(ids: [$order, $customer]) { ... on Order { number } ... on Customer { email } }
  session(id: $session) { customer { email orders { nodes { number total { amount } } } } }
}`;
const hers = { order: 'ord_W1000001', number: '#W1000001', customer: 'cus_ann', session: '', refund: '' };
const none = { order: 'ord_none', number: '#W9', customer: 'cus_none', session: 'ses_none', refund: 'ref_none' };

/** What there is to be read with these ids, without what it cost. */
async function told(who: Caller, ids: typeof none) {
  const { status, data, errors } = await who.ask(everything, ids);
  return { status, data, errors };
}

const kinds = ['in one process, streams in memory', 'with a gateway alone, all else over HTTP'] as const;
describe.each(kinds)('hosted %s', (kind) => {
  let hosted: Hosted;
  let refund = '';
  const withScopes = (...scopes: string[]) => partner(site, hosted.url, scopes);

  beforeAll(async () => {
    hosted = await hostings[kind]!(site);
    const ann = caller(hosted.url, await merchantToken(site, { role: 'customer', sub: 'cus_ann' }));
    const { requestRefund } = await ann.run<{ requestRefund: { refund: { id: string } } }>(
      'mutation ($input: RequestRefundInput!) { requestRefund(input: $input) { refund { id } } }',
      { input: { idempotencyKey: 'same', orderId: 'ord_W1000003', amount: '1.00', reason: 'Scratched' } },
    );
    refund = requestRefund.refund.id;
  });
  afterAll(() => hosted.stop());

  test('a partner sees the orders of the customer of a session that it opened, on every way to them', async () => {
    const mine = await withScopes(...asserting, 'orders:read');
    const session = await sessionFor(mine, 'cus_ann');
    const { data, errors } = await told(mine, { ...hers, session, refund });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      order: { number: '#W1000001', customer: { email: 'Ann@example.com' } },
      orderByNumber: { status: 'PENDING' },
      refund: { order: { number: '#W1000003' } },
      asNode: { number: '#W1000001' },
      customerAsNode: {
        email: 'Ann@example.com',
        orders: { pageInfo: { hasNextPage: true } },
        sessions: { nodes: [{ id: session }] },
      },
      nodes: [{ number: '#W1000001' }, { email: 'Ann@example.com' }],
      session: { customer: { orders: { nodes: [{}, {}, {}] } } },
    });
  });

  test('it sees them once the customer is verified in the session, and not before', async () => {
    const mine = await withScopes(...talking, 'orders:read');
    const session = await sessionFor(mine);
    const ids = { ...hers, session: none.session, refund };
    const nothing = await told(mine, none);
    expect(nothing).toMatchObject({ status: 200, data: { order: null } });
    expect(await told(mine, ids)).toEqual(nothing);
    expect(await verify(mine, session, 'bob@example.com')).toEqual({ verifyCustomer: { userErrors: [] } });
    expect(await told(mine, ids)).toEqual(nothing);
    const other = await sessionFor(mine);
    await verify(mine, other, 'ann@example.com');
    expect(await told(mine, ids)).toMatchObject({ data: { order: { number: '#W1000001' } } });
  });

  test('what another partner serves is word for word as if it were not there, also with a cursor of theirs', async () => {
    const [theirs, mine] = [
      await withScopes(...asserting, 'orders:read'),
      await withScopes(...asserting, 'orders:write'),
    ];
    const session = await sessionFor(theirs, 'cus_ann');
    await sessionFor(mine, 'cus_bob');
    expect(await told(mine, { ...hers, session, refund })).toEqual(await told(mine, none));

    const page = `query ($id: ID!, $after: String) { node(id: $id) { ... on Customer {
      orders(first: 1, after: $after) { edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } }
    } } }`;
    const first = await theirs.run<{ node: { orders: { pageInfo: { endCursor: string } } } }>(page, { id: 'cus_ann' });
    const after = first.node.orders.pageInfo.endCursor;
    expect((await theirs.run<typeof first>(page, { id: 'cus_ann', after })).node.orders).not.toEqual(first.node.orders);
    const asked = async (id: string) => (await mine.ask(page, { id, after })).data;
    expect(await asked('cus_ann')).toEqual(await asked('cus_none'));
    expect(await asked('cus_bob')).toMatchObject({ node: { orders: { edges: [] } } });
  });

  test('a key without a scope for orders sees none, of its own customers neither', async () => {
    const mine = await withScopes(...asserting);
    const session = await sessionFor(mine, 'cus_ann');
    const { data } = await mine.ask('query ($id: ID!) { session(id: $id) { customer { email } } }', { id: session });
    expect(data).toEqual({ session: { customer: null } });
    expect(await told(mine, { ...hers, session, refund })).toMatchObject({ status: 403 });
  });

  test('reading is not changing, and changing is for customers that the partner serves', async () => {
    const reading = await withScopes(...asserting, 'orders:read');
    await sessionFor(reading, 'cus_ann');
    expect(await cancel(reading, 'ord_W1000002')).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });

    const changing = await withScopes(...asserting, 'orders:write');
    const { data: before } = await cancel(changing, 'ord_W1000002');
    expect(before).toEqual((await cancel(changing, 'ord_none')).data);
    await sessionFor(changing, 'cus_ann');
    const orderId = kind === kinds[0] ? 'ord_W1000002' : 'ord_W1000001';
    expect((await cancel(changing, orderId)).data).toEqual({
      cancelOrder: { order: { status: 'CANCELLED' }, userErrors: [] },
    });
  });

  test('who may not name customers, or names nobody, opens no session', async () => {
    const [asserts, talks] = [await withScopes(...asserting), await withScopes(...talking)];
    const refusal = (code: string) => ({ session: null, userErrors: [{ code, field: ['input', 'customerId'] }] });
    expect(await start(talks, 'cus_ann')).toEqual(refusal('FORBIDDEN'));
    expect(await start(talks, 'cus_none')).toEqual(refusal('FORBIDDEN'));
    for (const customerId of ['cus_none', 'cus_\0', 'ord_W1000001', ''])
      expect(await start(asserts, customerId)).toEqual(refusal('NOT_FOUND'));
  });
});
