import { newId, signSessionToken } from '@supportgraph/kernel';
import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { delta, type OpenGateway, openGateway, secrets, token, until } from './shop.js';

const follow = `subscription Follow($id: ID!) { sessionEvents(sessionId: $id) { seq ... on TextDelta { text } } }`;

/** A graphql-ws client of its own for one test. */
function client({ webSocketUrl }: OpenGateway, connectionParams: Record<string, unknown> = {}) {
  const made = createClient({ url: webSocketUrl, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 });
  onTestFinished(() => void made.dispose());
  return made;
}

/** A bare socket that speaks the protocol only as far as a test wants. */
async function bare(
  { webSocketUrl }: OpenGateway,
  protocol: string | string[] = 'graphql-transport-ws',
  headers: Record<string, string> = {},
) {
  const socket = new WebSocket(webSocketUrl, protocol, { headers });
  const messages: { type: string; id?: string; payload?: unknown }[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString('utf8')) as (typeof messages)[number]));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  socket.on('error', () => {});
  onTestFinished(() => socket.terminate());
  return {
    socket,
    messages,
    closed,
    send: (message: object | string) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    received: (type: string, count = 1) =>
      until(() => messages.filter((message) => message.type === type).length >= count),
  };
}

async function acknowledged(open: OpenGateway) {
  const socket = await bare(open);
  socket.send({ type: 'connection_init' });
  await socket.received('connection_ack');
  return socket;
}

test('the graphql-ws client follows a session, asks beside it, and leaves', async () => {
  const shop = await openGateway();
  const events = client(shop).iterate({ query: follow, variables: { id: 'ses_1' } });
  const first = events.next();
  await until(() => shop.followers('ses_1') === 1);
  shop.emit('ses_1', delta(1, 0, 'Hello'));
  expect((await first).value).toEqual({ data: { sessionEvents: { seq: 1, text: 'Hello' } } });

  const results = [];
  const asking = client(shop);
  for (const query of [
    '{ session(id: "ses_1") { handoff { reason } } }',
    'mutation { rename(id: "ses_1", title: "x") { title } }',
  ]) {
    for await (const result of asking.iterate({ query })) results.push(result);
  }
  expect(results).toMatchObject([
    { data: { session: { handoff: { reason: 'CUSTOMER_ASKED' } } } },
    { data: { rename: { title: 'x' } } },
  ]);
  await events.return?.();
  await until(() => shop.followers('ses_1') === 0);
});

test('errors beside data are plain and masked', async () => {
  const shop = await openGateway();
  const { value } = (await client(shop).iterate({ query: '{ broken }' }).next()) as { value: { errors: object[] } };
  expect(value.errors).toEqual([
    {
      message: 'Something went wrong on our side.',
      path: ['broken'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.stringMatching(/^req_/) as string },
    },
  ]);
});

test.each([
  ['an unknown field', '{ sesion }', 'GRAPHQL_VALIDATION_FAILED'],
  ['a syntax error', '{ sesion(', 'GRAPHQL_PARSE_FAILED'],
  ['a field for the staff', '{ notes }', 'GRAPHQL_VALIDATION_FAILED'],
  ['too many levels', `{ session(id: 1) { ${'related { '.repeat(12)} id ${'} '.repeat(12)} } }`, 'OPERATION_TOO_LARGE'],
])('%s is refused as over HTTP', async (_what, query, code) => {
  const shop = await openGateway();
  const events = client(shop).iterate({ query });
  const refused = await events.next().catch((errors: unknown) => errors);
  const { body } = await shop.post({ query });
  expect(refused).toEqual(body.errors);
  expect(body.errors?.[0]?.extensions.code).toBe(code);
});

describe('who is asking', () => {
  const me = '{ me { role sessionId customerId } }';

  test('a visitor and a customer are known by the payload of connection_init', async () => {
    const shop = await openGateway();
    const sessionId = newId('ses');
    const visitor = client(shop, { authorization: `Bearer ${signSessionToken(secrets.sessionSecret, sessionId)}` });
    const customer = client(shop, { Authorization: `Bearer ${await token('customer', 'cus_1')}` });
    expect((await visitor.iterate({ query: me }).next()).value).toMatchObject({
      data: { me: { role: 'ANONYMOUS', sessionId, customerId: null } },
    });
    expect((await customer.iterate({ query: me }).next()).value).toMatchObject({
      data: { me: { role: 'CUSTOMER', sessionId: null, customerId: 'cus_1' } },
    });
  });

  test('bad credentials close the socket with 4403', async () => {
    const socket = await bare(await openGateway());
    socket.send({ type: 'connection_init', payload: { authorization: 'Bearer nonsense' } });
    expect(await socket.closed).toBe(4403);
  });

  test('the socket is closed when the credentials end', async () => {
    const socket = await bare(await openGateway());
    const expiring = await token('customer', 'cus_1', Math.floor(Date.now() / 1_000) + 1);
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${expiring}` } });
    expect(await socket.closed).toBe(4403);
  });

  test('a page of a foreign origin gets no socket', async () => {
    const shop = await openGateway({ corsOrigins: ['https://shop.example'] });
    await expect(bare(shop, undefined, { origin: 'https://evil.example' })).rejects.toThrow('403');
    const allowed = await bare(shop, undefined, { origin: 'https://shop.example' });
    expect(allowed.socket.readyState).toBe(WebSocket.OPEN);
    const same = await bare(shop, undefined, { origin: shop.gateway.url });
    expect(same.socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe('the protocol', () => {
  test('a client without the protocol is closed with 4406', async () => {
    const socket = await bare(await openGateway(), []);
    expect(await socket.closed).toBe(4406);
  });

  test('the legacy subprotocol is not agreed to', async () => {
    await expect(bare(await openGateway(), 'graphql-ws')).rejects.toThrow('Server sent no subprotocol');
  });

  test('a client that does not say who it is in time is closed with 4408', async () => {
    const socket = await bare(await openGateway({ webSocket: { initMs: 30 } }));
    expect(await socket.closed).toBe(4408);
  });

  test('subscribing before that is closed with 4401', async () => {
    const socket = await bare(await openGateway());
    socket.send({ type: 'subscribe', id: '1', payload: { query: '{ __typename }' } });
    expect(await socket.closed).toBe(4401);
  });

  test('saying it twice is closed with 4429', async () => {
    const socket = await acknowledged(await openGateway());
    socket.send({ type: 'connection_init' });
    expect(await socket.closed).toBe(4429);
  });

  test('an id in use is closed with 4409', async () => {
    const shop = await openGateway();
    const socket = await acknowledged(shop);
    const message = { type: 'subscribe', id: '1', payload: { query: follow, variables: { id: 'ses_1' } } };
    socket.send(message);
    socket.send(message);
    expect(await socket.closed).toBe(4409);
    await until(() => shop.followers('ses_1') === 0);
  });

  test.each(['not JSON', '{"type":"what"}', '{"type":"next","id":"1","payload":{}}'])(
    '%s is closed with 4400',
    async (text) => {
      const socket = await acknowledged(await openGateway());
      socket.send(text);
      expect(await socket.closed).toBe(4400);
    },
  );

  test('a message over 64 KB is closed with 1009', async () => {
    const socket = await acknowledged(await openGateway());
    socket.send({ type: 'ping', payload: { padding: 'x'.repeat(70_000) } });
    expect(await socket.closed).toBe(1009);
  });

  test('a ping is answered', async () => {
    const socket = await acknowledged(await openGateway());
    socket.send({ type: 'ping' });
    await socket.received('pong');
  });

  test('of more operations than a socket may have, those beyond are refused and the others go on', async () => {
    const shop = await openGateway({ webSocket: { operations: 3 } });
    const socket = await acknowledged(shop);
    for (let id = 1; id <= 5; id++) {
      socket.send({ type: 'subscribe', id: String(id), payload: { query: follow, variables: { id: 'ses_1' } } });
    }
    await socket.received('error', 2);
    await until(() => shop.followers('ses_1') === 3);
    shop.emit('ses_1', delta(1, 0, 'Hello'));
    await socket.received('next', 3);
    expect(socket.messages.filter(({ type }) => type === 'error').map(({ payload }) => payload)).toMatchObject([
      [{ extensions: { code: 'THROTTLED' } }],
      [{ extensions: { code: 'THROTTLED' } }],
    ]);
  });

  test('a client that does not answer pings is gone', async () => {
    const shop = await openGateway({ webSocket: { pingMs: 20 } });
    const socket = await acknowledged(shop);
    socket.socket.pong = () => {};
    expect(await socket.closed).toBe(1006);
    await until(() => shop.gateway.sockets === 0);
  });
});

test('a client that stops reading holds little, and is told where to come back to', async () => {
  const shop = await openGateway({ execution: { eventsWaiting: 20 } });
  const socket = await acknowledged(shop);
  const query = 'subscription { sessionEvents(sessionId: "ses_1") { cursor seq ... on TextDelta { text } } }';
  socket.send({ type: 'subscribe', id: '1', payload: { query } });
  await until(() => shop.followers('ses_1') === 1);
  socket.socket.pause();
  let seq = 0;
  await until(() => {
    seq += 1;
    shop.emit('ses_1', delta(seq, 0, 'x'.repeat(16_384)));
    return shop.followers('ses_1') === 0;
  });
  socket.socket.resume();
  await socket.received('complete');
  const [last, beforeLast] = socket.messages.filter(({ type }) => type === 'next').reverse();
  const { cursor } = (beforeLast!.payload as { data: { sessionEvents: { cursor: string } } }).data.sessionEvents;
  expect(last!.payload).toMatchObject({ errors: [{ extensions: { code: 'SLOW_CONSUMER', cursor } }] });
  expect(Number(cursor.slice(1))).toBeLessThan(seq);
});

test('a gateway that stops closes its sockets with 1012', async () => {
  const shop = await openGateway();
  const sockets = await Promise.all([acknowledged(shop), acknowledged(shop), acknowledged(shop)]);
  await shop.gateway.stop();
  expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([1012, 1012, 1012]);
});
