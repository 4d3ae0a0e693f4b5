import { once } from 'node:events';
import { connect } from 'node:net';
import { pushIterator, silent } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildService, internalKey, type Served, serve, signInternalToken, type Subgraph } from '../src/index.js';
import { testRequest } from '../src/testing.js';

const internalSecret = 'a secret for this test, long enough';
const key = internalKey(internalSecret);
const claims = { ...testRequest(), timeoutMs: 5_000 };
const big = 'x'.repeat(1_000_000);
let isStreamTold = false;
let arrived = () => {};
let release = () => {};

const numbers: Subgraph = {
  name: 'numbers',
  sdl: /* GraphQL */ `
    type Query {
      one: Int
      slow: Int
    }
    type Subscription {
      quiet: Int
      loud: String
    }
  `,
  resolvers: {
    Query: {
      one: () => 1,
      slow: () => new Promise((resolve) => ((release = () => resolve(2)), arrived())),
    },
    Subscription: {
      quiet: { subscribe: () => pushIterator({ onEnd: () => (isStreamTold = true) }) },
      loud: { subscribe: loud },
    },
  },
  context: (request) => ({ request }),
};

let made = 0;
async function* loud() {
  while (made < 1_000) {
    made++;
    yield { loud: big };
  }
}

const start = () =>
  serve(buildService(numbers), {
    port: 0,
    internalSecret,
    log: silent,
    maxBodyBytes: 2_000,
    pingMs: 10,
    drainMs: 5_000,
  });
let served: Served;
beforeAll(async () => void (served = await start()));
afterAll(() => served.stop());

const token = () => signInternalToken(key, 'numbers', claims);
async function post(body: unknown, headers: Record<string, string> = {}, url = served.url) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-internal-token': await token(), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

test('the gateway is answered', async () => {
  const response = await post({ query: '{ one }' });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ data: { one: 1 } });
});

test('nobody else is answered, not even the schema', async () => {
  const others = [
    '',
    'nonsense',
    await signInternalToken(key, 'orders', claims),
    await signInternalToken(internalKey('another secret for this test, long enough'), 'numbers', claims),
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await token()).split('.')[1]}.`,
  ];
  for (const other of others) {
    const response = await post({ query: '{ _service { sdl } }' }, { 'x-internal-token': other });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  }
  expect((await fetch(served.url)).status).toBe(401);
});

test('whether the process runs is told to anybody', async () => {
  const response = await fetch(new URL('/livez', served.url));
  expect([response.status, await response.text()]).toEqual([200, 'ok']);
});

test.each([
  ['a body that is no JSON', '{', {}, 400, 'BAD_REQUEST'],
  ['a batch', [{ query: '{ one }' }], {}, 400, 'BAD_REQUEST'],
  ['variables that are a list', { query: '{ one }', variables: [] }, {}, 400, 'BAD_REQUEST'],
  ['a form', 'query={one}', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a compressed body', { query: '{ one }' }, { 'content-encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a body that is too large', { query: '#'.repeat(3_000) }, {}, 413, 'PAYLOAD_TOO_LARGE'],
])('%s is refused', async (_, body, headers, status, code) => {
  const response = await post(body, headers);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
});

test('a body without a length is cut off where it becomes too large', async () => {
  const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-internal-token: ${await token()}\r\ntransfer-encoding: chunked\r\n\r\n`,
  );
  for (let i = 0; i < 4; i++) socket.write(`3e8\r\n${'x'.repeat(1_000)}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
  await once(socket, 'close');
});

test('a quiet stream is pinged, and its source is told when the reader leaves', async () => {
  const reader = new AbortController();
  const response = await fetch(served.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-internal-token': await token() },
    body: JSON.stringify({ query: 'subscription { quiet }' }),
    signal: reader.signal,
  });
  const chunks = response.body!.getReader();
  let text = '';
  while (text.split(':\n\n').length < 4) text += new TextDecoder().decode((await chunks.read()).value);
  reader.abort();
  await expect.poll(() => isStreamTold).toBe(true);
});

test('a reader that does not read is not written for', async () => {
  const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
  const body = JSON.stringify({ query: 'subscription { loud }' });
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: text/event-stream\r\nx-internal-token: ${await token()}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await once(socket, 'readable');
  let before = -1;
  await expect.poll(() => made === before || ((before = made), false), { interval: 100 }).toBe(true);
  expect(made).toBeLessThan(50);
  socket.destroy();
});

test('stopping waits for the answer under way and cuts streams', async () => {
  const stopping = await start();
  const isAsked = new Promise<void>((resolve) => (arrived = resolve));
  const slow = post({ query: '{ slow }' }, {}, stopping.url);
  const stream = await post({ query: 'subscription { quiet }' }, { accept: 'text/event-stream' }, stopping.url);
  await isAsked;
  const stopped = stopping.stop();
  await expect(stream.text()).rejects.toThrow();
  await expect(fetch(stopping.url)).rejects.toThrow();
  release();
  expect(await (await slow).json()).toEqual({ data: { slow: 2 } });
  await stopped;
});

test.each(['', 'secret', 's'.repeat(31)])('with %j as the secret nothing is served', async (weak) => {
  await expect(serve(buildService(numbers), { port: 0, internalSecret: weak, log: silent })).rejects.toThrow(
    'at least 32 characters',
  );
});
