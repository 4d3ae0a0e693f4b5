import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caller, visit } from '../support/client.js';
import { openWorld, type World } from './world.js';

let world: World;
/** What is ann's, and what there is not, by kind. */
const hers: Record<string, string> = {};
const missing: Record<string, string> = {
  order: 'ord_none',
  session: 'ses_none',
  number: '#W9999999',
  customer: 'cus_none',
};

beforeAll(async () => {
  world = await openWorld();
  const ann = caller(world.url, world.tokens.ann);
  const { startSession } = await ann.run<{ startSession: { session: { id: string } } }>(
    'mutation ($input: StartSessionInput!) { startSession(input: $input) { session { id } } }',
    { input: { idempotencyKey: randomUUID() } },
  );
  const { orderByNumber } = await ann.run<{ orderByNumber: { id: string } }>(
    '{ orderByNumber(number: "#W1000001") { id } }',
  );
  Object.assign(hers, {
    order: orderByNumber.id,
    session: startSession.session.id,
    number: '#W1000001',
    customer: 'cus_ann',
  });
}, 120_000);
afterAll(() => world.close());

const strangers: Record<string, (world: World) => Record<string, string>> = {
  nobody: () => ({}),
  'a visitor': ({ visitor }) => ({ authorization: `Bearer ${visitor.token}` }),
  'another customer': ({ tokens }) => ({ authorization: `Bearer ${tokens.bob}` }),
  'a partner': ({ keys }) => ({ 'x-api-key': keys.talking }),
};

const wish = (field: string, input: object, selection: string) => (ids: Record<string, string>) => ({
  query: `mutation ($input: ${field[0]!.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} userErrors { code message } } }`,
  variables: {
    input: JSON.parse(
      JSON.stringify(input).replace(/"@(\w+)"/g, (_, kind: string) => JSON.stringify(ids[kind])),
    ) as object,
  },
});
const question = (query: string, kind: string) => (ids: Record<string, string>) => ({
  query,
  variables: { id: ids[kind] },
});

const attempts: [string, (ids: Record<string, string>) => object][] = [
  ['reading an order by its id', question('query ($id: ID!) { order(id: $id) { number total { amount } } }', 'order')],
  ['reading an order by its number', question('query ($id: String!) { orderByNumber(number: $id) { id } }', 'number')],
  ['reading an order as a node', question('query ($id: ID!) { node(id: $id) { ... on Order { number } } }', 'order')],
  [
    'reading nodes among others',
    question('query ($id: ID!) { nodes(ids: [$id]) { ... on Order { number } } }', 'order'),
  ],
  ['reading a session', question('query ($id: ID!) { session(id: $id) { messages { nodes { text } } } }', 'session')],
  [
    'reading a session as a node',
    question('query ($id: ID!) { node(id: $id) { ... on Session { status } } }', 'session'),
  ],
  [
    'reading a customer as a node',
    question('query ($id: ID!) { node(id: $id) { ... on Customer { email } } }', 'customer'),
  ],
  [
    'listing the sessions of a customer',
    question('query ($id: ID!) { node(id: $id) { ... on Customer { sessions { nodes { id } } } } }', 'customer'),
  ],
  [
    'cancelling an order',
    wish('cancelOrder', { idempotencyKey: '@key', orderId: '@order', reason: 'NO_LONGER_NEEDED' }, 'order { id }'),
  ],
  [
    'asking for money back',
    wish('requestRefund', { idempotencyKey: '@key', orderId: '@order', reason: 'x' }, 'refund { id }'),
  ],
  [
    'writing in a session',
    wish('sendMessage', { idempotencyKey: '@key', sessionId: '@session', text: 'Hello' }, 'message { id }'),
  ],
  ['closing a session', wish('closeSession', { sessionId: '@session' }, 'session { id }')],
  [
    'verifying oneself in a session',
    wish(
      'verifyCustomer',
      { idempotencyKey: '@key', sessionId: '@session', email: 'bob@example.com' },
      'session { id }',
    ),
  ],
];

describe.each(Object.keys(strangers))('%s', (who) => {
  test.each(attempts)('%s of somebody else is word for word as if it were not there', async (_what, bodyOf) => {
    const headers = strangers[who]!(world);
    const ask = async (ids: Record<string, string>) => {
      const { status, text } = await world.attack((w) => w.post(bodyOf({ ...ids, key: randomUUID() }), headers));
      const { extensions: _, ...answer } = JSON.parse(text) as { extensions?: unknown };
      return { status, answer };
    };
    expect(await ask(hers)).toEqual(await ask(missing));
  });
});

test('following somebody else’s session is refused as if it were not there', async () => {
  const query = 'subscription ($id: ID!) { sessionEvents(sessionId: $id) { seq } }';
  const follow = (sessionId: string) =>
    world.attack((w) =>
      w.post(
        { query, variables: { id: sessionId } },
        { accept: 'text/event-stream', authorization: `Bearer ${w.tokens.bob}` },
      ),
    );
  const [theirs, none] = [await follow(hers.session!), await follow(missing.session!)];
  expect(theirs.text).toBe(none.text);
  expect(theirs.text).not.toContain('"data":{');
});

test('the owner is told everything all the same', async () => {
  const ann = caller(world.url, world.tokens.ann);
  const { order, session } = await ann.run<{ order: { number: string }; session: { id: string } }>(
    'query ($order: ID!, $session: ID!) { order(id: $order) { number } session(id: $session) { id } }',
    { order: hers.order, session: hers.session },
  );
  expect([order.number, session.id]).toEqual(['#W1000001', hers.session]);
});

test.each(['email', 'firstName', 'lastName', 'postcode'])('nobody has a null character in their %s', async (field) => {
  const visitor = await visit(world.url);
  const name = { firstName: 'Ann', lastName: 'Example', postcode: '90001', [field]: 'no\0body' };
  const claim = field === 'email' ? { email: 'no\0body@example.com' } : name;
  const input = { idempotencyKey: randomUUID(), sessionId: visitor.sessionId, ...claim };
  const query = 'mutation ($input: VerifyCustomerInput!) { verifyCustomer(input: $input) { userErrors { code } } }';
  expect(await visitor.run(query, { input })).toEqual({
    verifyCustomer: { userErrors: [{ code: 'CUSTOMER_NOT_VERIFIED' }] },
  });
});
