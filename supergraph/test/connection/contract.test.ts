import { nobody, pushIterator, type Running, silent } from '@supportgraph/kernel';
import {
  buildService,
  codedError,
  type GraphQLResponse,
  serve,
  type Service,
  type Subgraph,
} from '@supportgraph/subgraph';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, type GatewayRequest, isStream } from '../../src/connection/connection.js';
import { httpConnection } from '../../src/connection/http.js';
import { localConnection } from '../../src/connection/local.js';

const internalSecret = 'a secret for this test, long enough';
const shared = { tags: ['a'] };
const told: string[] = [];

const shop: Subgraph = {
  name: 'shop',
  sdl: /* GraphQL */ `
    scalar DateTime
    scalar JSON
    type Query {
      opened: DateTime!
      tags: JSON
      who: JSON
      echo(text: String!, at: DateTime): String
      fails: String
      refuses: String
      required: String!
      hangs: String
    }
    type Mutation {
      buy(count: Int!): Int
    }
    type Subscription {
      numbers(until: Int!): Int!
      breaks: Int
      quiet: Int
      refused: Int
      hangs: Int
    }
  `,
  resolvers: {
    Query: {
      opened: () => new Date('2026-11-24T08:00:00+08:00'),
      tags: () => shared,
      who: (_: unknown, __: unknown, { request }: ReturnType<Subgraph['context']>) => ({
        viewer: request.viewer,
        language: request.language,
        requestId: request.requestId,
      }),
      echo: (_: unknown, { text }: { text: string }) => text,
      fails: () => Promise.reject(new Error('db.internal:5432 refused')),
      refuses: () => Promise.reject(codedError('FORBIDDEN', 'Not for you.', { until: 3 })),
      required: () => null,
      hangs: (_: unknown, __: unknown, { request }: ReturnType<Subgraph['context']>) =>
        new Promise(() => request.signal.addEventListener('abort', () => told.push(`aborted ${request.requestId}`))),
    },
    Mutation: { buy: (_: unknown, { count }: { count: number }) => count },
    Subscription: {
      numbers: { subscribe: (_: unknown, { until }: { until: number }) => numbers(until) },
      breaks: { subscribe: breaks },
      quiet: {
        subscribe: (_: unknown, __: unknown, { request }: ReturnType<Subgraph['context']>) =>
          pushIterator({ onEnd: () => told.push(`left ${request.requestId}`) }),
      },
      refused: { subscribe: () => Promise.reject(codedError('FORBIDDEN')) },
      hangs: { subscribe: () => new Promise(() => {}) },
    },
  },
  context: (request) => ({ request }),
};

async function* numbers(until: number) {
  for (let n = 1; n <= until; n++) yield { numbers: n };
}
async function* breaks() {
  yield { breaks: 1 };
  throw new Error('redis.internal:6379 is gone');
}

async function overHttp(service: Service): Promise<{ connection: Connection; server: Running }> {
  const server = await serve(service, { port: 0, internalSecret, log: silent });
  return { connection: httpConnection({ name: 'shop', url: server.url, internalSecret }), server };
}
const here = (service: Service) =>
  Promise.resolve({ connection: localConnection(service), server: { stop: () => Promise.resolve() } });

let asked = 0;
function request(changes: Partial<GatewayRequest> = {}): GatewayRequest {
  const { signal } = new AbortController();
  return { requestId: `req-${++asked}`, viewer: nobody, language: 'en', signal, log: silent, ...changes };
}

const refusedAs = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });

async function all(stream: AsyncIterableIterator<GraphQLResponse> | GraphQLResponse) {
  if (!isStream(stream)) return stream;
  const responses: GraphQLResponse[] = [];
  for await (const response of stream) responses.push(response);
  return responses;
}

describe.each([
  ['in this process', here],
  ['over HTTP', overHttp],
])('a connection %s', (_, connect) => {
  let connection: Connection;
  let server: Running;
  beforeAll(async () => void ({ connection, server } = await connect(buildService(shop))));
  afterAll(async () => {
    await connection.close();
    await server.stop();
  });
  const ask = (query: string, variables?: Record<string, unknown>, changes?: Partial<GatewayRequest>) =>
    connection.execute({ query, ...(variables && { variables }) }, request(changes));

  test('gives scalars as JSON', async () => {
    expect(await ask('{ opened }')).toEqual({ data: { opened: '2026-11-24T00:00:00.000Z' } });
  });

  test('gives data that the caller may change without changing it for anybody else', async () => {
    const first = await ask('{ tags }');
    (first.data as { tags: typeof shared }).tags.tags.push('changed');
    expect(await ask('{ tags }')).toEqual({ data: { tags: { tags: ['a'] } } });
  });

  test('tells the subgraph who asks, in which language, under which id', async () => {
    const viewer = { ...nobody, role: 'PARTNER' as const, apiClientId: 'api_1', scopes: ['orders:read'] };
    const response = await ask('{ who }', undefined, { viewer, language: 'zh-Hant', requestId: 'req-x' });
    expect(response).toEqual({ data: { who: { viewer, language: 'zh-Hant', requestId: 'req-x' } } });
  });

  test('carries any text unharmed', async () => {
    const text = '訂單\u0000\u2028\n\r\n\n🙂\ud83d "data: x"';
    const response = await ask('query ($text: String!) { echo(text: $text) }', { text });
    expect(response).toEqual({ data: { echo: text } });
  });

  const internal = { code: 'INTERNAL_SERVER_ERROR', requestId: 'req-same' };
  const ours = 'Something went wrong on our side.';
  const noTime = 'A DateTime is an RFC 3339 text with offset, such as "2026-11-22T13:38:15Z".';
  test.each([
    [
      'a fault',
      { query: '{ fails opened }' },
      {
        data: { fails: null, opened: '2026-11-24T00:00:00.000Z' },
        errors: [{ message: ours, path: ['fails'], extensions: internal }],
      },
    ],
    [
      'a fault that empties the answer',
      { query: '{ required }' },
      { data: null, errors: [{ message: ours, path: ['required'], extensions: internal }] },
    ],
    [
      'a refusal with facts',
      { query: '{ refuses }' },
      {
        data: { refuses: null },
        errors: [{ message: 'Not for you.', path: ['refuses'], extensions: { code: 'FORBIDDEN', until: 3 } }],
      },
    ],
    [
      'a wrong variable',
      { query: 'query ($at: DateTime) { echo(text: "a", at: $at) }', variables: { at: 'soon' } },
      refusedAs('BAD_USER_INPUT', `The value of "$at" is not allowed. ${noTime}`),
    ],
    ['a wrong value', { query: '{ echo(text: "a", at: "soon") }' }, refusedAs('BAD_USER_INPUT', noTime)],
    [
      'a mutation with a wrong variable',
      { query: 'mutation ($n: Int!) { buy(count: $n) }', variables: { n: 1.5 } },
      refusedAs('BAD_USER_INPUT', 'The value of "$n" is not allowed.'),
    ],
    [
      'an unknown field',
      { query: '{ nothing }' },
      refusedAs('GRAPHQL_VALIDATION_FAILED', 'The document does not fit the schema.'),
    ],
    ['no GraphQL', { query: '{' }, refusedAs('GRAPHQL_PARSE_FAILED', 'The document is not GraphQL.')],
  ])('gives %s as a typed error', async (_, operation, expected) => {
    expect(await connection.execute(operation, request({ requestId: 'req-same' }))).toEqual(expected);
  });

  test('gives up at the deadline and tells the subgraph', async () => {
    const response = await ask('{ hangs }', undefined, { requestId: `late ${_}`, deadline: Date.now() + 100 });
    expect(response).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'SUBGRAPH_TIMEOUT' } }],
    });
    await expect.poll(() => told).toContain(`aborted late ${_}`);
  });

  test('does not wait for an answer that nobody wants any more', async () => {
    const caller = new AbortController();
    const answer = ask('{ hangs }', undefined, { signal: caller.signal });
    caller.abort();
    expect((await answer).errors).toMatchObject([{ extensions: { code: 'REQUEST_CANCELLED' } }]);
  });

  test('streams a subscription in order to its end', async () => {
    const operation = { query: 'subscription ($n: Int!) { numbers(until: $n) }', variables: { n: 500 } };
    const responses = await all(await connection.subscribe(operation, request()));
    expect(responses).toEqual(Array.from({ length: 500 }, (_, i) => ({ data: { numbers: i + 1 } })));
  });

  test('ends a stream that breaks with one masked error', async () => {
    const responses = await all(await connection.subscribe({ query: 'subscription { breaks }' }, request()));
    expect(responses).toMatchObject([
      { data: { breaks: 1 } },
      { errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    ]);
  });

  test('answers a subscription that is refused without a stream', async () => {
    const refused = await connection.subscribe({ query: 'subscription { refused }' }, request());
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const wrong = await connection.subscribe({ query: 'subscription { none }' }, request());
    expect(wrong).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  test('gives up opening a stream at the deadline, and at no time after', async () => {
    const late = await connection.subscribe(
      { query: 'subscription { hangs }' },
      request({ deadline: Date.now() + 100 }),
    );
    expect(late).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }] });
  });

  test.each(['by leaving', 'by its signal'])(
    'a quiet stream that is stopped %s ends at once and tells the source',
    async (how) => {
      const caller = new AbortController();
      const requestId = `quiet ${_} ${how}`;
      const stream = await connection.subscribe(
        { query: 'subscription { quiet }' },
        request({ requestId, signal: caller.signal, deadline: Date.now() + 1_000 }),
      );
      if (!isStream(stream)) throw new Error('There is no stream.');
      const next = stream.next();
      if (how === 'by leaving') await stream.return!();
      else caller.abort();
      expect(await next).toEqual({ done: true, value: undefined });
      expect(await stream.next()).toEqual({ done: true, value: undefined });
      await expect.poll(() => told).toContain(`left ${requestId}`);
    },
  );

  test('a stream that is left before it is read is closed', async () => {
    const requestId = `unread ${_}`;
    const stream = await connection.subscribe({ query: 'subscription { quiet }' }, request({ requestId }));
    if (!isStream(stream)) throw new Error('There is no stream.');
    await stream.return!();
    await expect.poll(() => told).toContain(`left ${requestId}`);
  });
});
