import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, nobody, silent } from '@supportgraph/kernel';
import { buildService, serve } from '@supportgraph/subgraph';
import { afterEach, expect, test } from 'vitest';
import { isStream } from '../../src/connection/connection.js';
import { httpConnection, type HttpOptions } from '../../src/connection/http.js';

const internalSecret = 'a secret for this test, long enough';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A server that behaves as a broken subgraph would. */
async function broken(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

function connect(url: string, options: Partial<HttpOptions> = {}) {
  const connection = httpConnection({ name: 'shop', url, internalSecret, timeoutMs: 300, ...options });
  closing.push(() => connection.close());
  return connection;
}

function request(log: Logger = silent) {
  return { requestId: 'req-1', viewer: nobody, language: 'en' as const, signal: new AbortController().signal, log };
}

const unavailable = {
  errors: [
    {
      message: 'A part of the platform is not available. Try again.',
      extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' },
    },
  ],
};
const timedOut = {
  errors: [
    { message: 'A part of the platform did not answer in time. Try again.', extensions: { code: 'SUBGRAPH_TIMEOUT' } },
  ],
};

test.each<[string, RequestListener]>([
  [
    'a page of a proxy',
    (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>nginx</h1>'),
  ],
  ['JSON that is no response', (_, response) => response.end('{"ok":true}')],
  [
    'a cut answer',
    (_, response) => response.writeHead(200, { 'content-length': 100 }).write('{"data":{', () => response.destroy()),
  ],
  ['a closed connection', (request) => request.socket.destroy()],
  ['an answer that is too large', (_, response) => response.end(`{"data":{"a":"${'x'.repeat(10_000)}"}}`)],
])('%s is an error that names no host', async (_, listener) => {
  const connection = connect(await broken(listener), { maxAnswerBytes: 5_000 });
  expect(await connection.execute({ query: '{ a }' }, request())).toEqual(unavailable);
  expect(await connection.subscribe({ query: 'subscription { a }' }, request())).toEqual(unavailable);
});

test('a subgraph that is not there is an error, and is asked again when it is back', async () => {
  const service = buildService({
    name: 'shop',
    sdl: 'type Query { a: Int }',
    resolvers: { Query: { a: () => 1 } },
    context: (request) => ({ request }),
  });
  const first = await serve(service, { port: 0, internalSecret, log: silent });
  await first.stop();
  const connection = connect(first.url);
  expect(await connection.execute({ query: '{ a }' }, request())).toEqual(unavailable);
  const again = await serve(service, { port: Number(new URL(first.url).port), internalSecret, log: silent });
  closing.push(() => again.stop());
  expect(await connection.execute({ query: '{ a }' }, request())).toEqual({ data: { a: 1 } });
});

test('a subgraph with another secret is an error, and only the log knows why', async () => {
  const service = buildService({
    name: 'shop',
    sdl: 'type Query { a: Int }',
    resolvers: {},
    context: (request) => ({ request }),
  });
  const server = await serve(service, {
    port: 0,
    internalSecret: 'another secret for this test, long enough',
    log: silent,
  });
  closing.push(() => server.stop());
  const lines: object[] = [];
  const log: Logger = { ...silent, warn: (facts) => lines.push(facts) };
  expect(await connect(server.url).execute({ query: '{ a }' }, request(log))).toEqual(unavailable);
  expect(lines).toMatchObject([{ subgraph: 'shop', reason: expect.stringContaining('status 401') }]);
});

test('silence is a time-out, before the headers and in the middle of an answer', async () => {
  const mute = connect(await broken(() => {}));
  expect(await mute.execute({ query: '{ a }' }, request())).toEqual(timedOut);
  expect(await mute.subscribe({ query: 'subscription { a }' }, request())).toEqual(timedOut);
  const stuck = connect(await broken((_, response) => void response.writeHead(200).write('{"data":')));
  expect(await stuck.execute({ query: '{ a }' }, request())).toEqual(timedOut);
});

const next = (n: number) => `event: next\ndata: {"data":{"a":${n}}}\n\n`;

test.each<[string, string, object]>([
  ['is cut', 'cut', unavailable],
  ['sends an event that is too long', `event: next\ndata: ${'x'.repeat(6_000)}`, unavailable],
  ['sends what is no JSON', 'event: next\ndata: {\n\n', unavailable],
  ['falls silent without a ping', 'silence', timedOut],
])('a stream that %s ends with one typed response', async (_, then, ending) => {
  const url = await broken((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`:\n\n${next(1)}`, () => {
      if (then === 'cut') setImmediate(() => response.destroy());
      else if (then !== 'silence') response.write(then);
    });
  });
  const stream = await connect(url, { maxAnswerBytes: 5_000, silenceMs: 300 }).subscribe(
    { query: 'subscription { a }' },
    request(),
  );
  if (!isStream(stream)) throw new Error('There is no stream.');
  expect(await stream.next()).toEqual({ done: false, value: { data: { a: 1 } } });
  expect(await stream.next()).toEqual({ done: false, value: ending });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test('events are read across any cut of the bytes', async () => {
  const bytes = Buffer.from(
    `:\n\nevent: next\ndata: {"data":{"a":"訂單 🙂"}}\n\n:\n\n${next(2)}event: complete\ndata:\n\n`,
  );
  const url = await broken((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const write = (i: number) => {
      if (i < bytes.length) response.write(bytes.subarray(i, i + 1), () => setImmediate(write, i + 1));
      else response.end();
    };
    write(0);
  });
  const stream = await connect(url).subscribe({ query: 'subscription { a }' }, request());
  if (!isStream(stream)) throw new Error('There is no stream.');
  const responses = [];
  for await (const response of stream) responses.push(response);
  expect(responses).toEqual([{ data: { a: '訂單 🙂' } }, { data: { a: 2 } }]);
});
