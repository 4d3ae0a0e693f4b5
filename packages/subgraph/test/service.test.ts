import { pushIterator, type Logger, silent } from '@supportgraph/kernel';
import { expect, test } from 'vitest';
import { buildService, codedError, type GraphQLResponse, type Subgraph } from '../src/index.js';
import { testRequest } from '../src/testing.js';

const sdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  scalar DateTime
  scalar JSON
  type Query {
    at(time: DateTime): DateTime
    who: String!
    fails: String
    refuses: String
    hangs: String
    json: JSON
    old: Int @deprecated(reason: "Never.")
  }
  type Mutation {
    note: String
  }
  type Subscription {
    ticks(failAfter: Int): Int!
    hangs: Int
    refused: Int
  }
  type Thing @key(fields: "id") {
    id: ID!
    name: String
  }
`;

async function* ticks(failAfter = Infinity) {
  for (let n = 1; n <= 3; n++) {
    if (n > failAfter) throw new Error('the log at db.internal:5432 is gone');
    yield { ticks: n };
  }
}

const things: Subgraph = {
  name: 'things',
  sdl,
  resolvers: {
    Query: {
      at: (_: unknown, { time }: { time: Date }) => time,
      who: (_: unknown, __: unknown, { request }: ReturnType<Subgraph['context']>) => request.viewer.role,
      fails: () => Promise.reject(new Error('password=hunter2 at db.internal:5432')),
      refuses: () => {
        throw codedError('FORBIDDEN', 'Not for you.', { hint: 'ask' });
      },
      hangs: () => new Promise(() => {}),
    },
    Mutation: { note: () => 'noted' },
    Subscription: {
      ticks: { subscribe: (_: unknown, { failAfter }: { failAfter?: number }) => ticks(failAfter) },
      hangs: { subscribe: () => new Promise(() => {}) },
      refused: { subscribe: () => Promise.reject(codedError('UNAUTHENTICATED')) },
    },
    Thing: {
      __resolveReference: ({ id }: { id: string }) => (id === 'no' ? null : { id, name: `thing ${id}` }),
    },
  },
  context: (request) => ({ request }),
};
const service = buildService(things);

function recorder() {
  const lines: object[] = [];
  const log: Logger = { ...silent, error: (facts, sentence) => lines.push({ ...facts, sentence }) };
  return { lines, log };
}

async function all(answer: AsyncIterableIterator<GraphQLResponse> | GraphQLResponse) {
  const responses: GraphQLResponse[] = [];
  if (!(Symbol.asyncIterator in answer)) throw new Error('There is no stream.');
  for await (const response of answer) responses.push(response);
  return responses;
}

const ask = (query: string, variables?: Record<string, unknown>) =>
  service.execute({ query, ...(variables && { variables }) }, testRequest());

test('scalars are read and written, and the context knows the request', async () => {
  expect(await ask('query ($t: DateTime) { at(time: $t) who }', { t: '2026-01-01T08:00:00+08:00' })).toEqual({
    data: { at: '2026-01-01T00:00:00.000Z', who: 'ANONYMOUS' },
  });
});

test('entities are resolved, and one that is gone is null', async () => {
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { name } } }';
  const r = [{ __typename: 'Thing', id: '1' }, { __typename: 'Thing', id: 'no' }]; // prettier-ignore
  expect(await ask(query, { r })).toEqual({ data: { _entities: [{ name: 'thing 1' }, null] } });
});

test('a fault is masked with the id under which the log has its cause', async () => {
  const { lines, log } = recorder();
  const { errors, data } = await service.execute({ query: '{ fails who }' }, testRequest({ requestId: 'req-7', log }));
  expect(data).toEqual({ fails: null, who: 'ANONYMOUS' });
  expect(errors).toEqual([
    {
      message: 'Something went wrong on our side.',
      path: ['fails'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'req-7' },
    },
  ]);
  expect(lines).toMatchObject([
    { requestId: 'req-7', path: 'fails', error: { message: expect.stringContaining('hunter2') } },
  ]);
});

test('an error of the table is shown with its own facts', async () => {
  expect(await ask('{ refuses }')).toEqual({
    data: { refuses: null },
    errors: [{ message: 'Not for you.', path: ['refuses'], extensions: { code: 'FORBIDDEN', hint: 'ask' } }],
  });
});

test.each([
  ['an enclosed value', '{ at(time: "hunter2") }', undefined, 'BAD_USER_INPUT'],
  ['a variable', 'query ($t: DateTime) { at(time: $t) }', { t: 'hunter2' }, 'BAD_USER_INPUT'],
  ['a list for one value', 'query ($t: DateTime) { at(time: $t) }', { t: ['hunter2'] }, 'BAD_USER_INPUT'],
  ['a missing variable', 'query ($t: DateTime!) { at(time: $t) }', {}, 'BAD_USER_INPUT'],
  ['a null variable', 'query ($t: DateTime!) { at(time: $t) }', { t: null }, 'BAD_USER_INPUT'],
  ['an unknown field', '{ whom }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ['no GraphQL', '{', undefined, 'GRAPHQL_PARSE_FAILED'],
  ['two operations without a name', 'query A { who } query B { who }', undefined, 'OPERATION_RESOLUTION_FAILURE'],
  ['a subscription as a query', 'subscription { ticks }', undefined, 'OPERATION_RESOLUTION_FAILURE'],
])('%s is refused with a typed error that repeats nothing', async (_, query, variables, code) => {
  const response = await ask(query, variables);
  expect(response).toEqual({ errors: [{ message: expect.any(String), extensions: { code } }] });
  expect(JSON.stringify(response)).not.toMatch(/hunter2|Did you mean/);
});

test('a resolver that hangs is left at the deadline', async () => {
  const response = await service.execute({ query: '{ hangs }' }, testRequest({ deadline: Date.now() + 20 }));
  expect(response.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }]);
  expect(response.data).toBeUndefined();
});

test('nothing starts after the deadline', async () => {
  const response = await service.execute({ query: 'mutation { note }' }, testRequest({ deadline: Date.now() - 1 }));
  expect(response.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }]);
});

test('a caller that leaves is not waited for', async () => {
  const caller = new AbortController();
  const answer = service.execute({ query: '{ hangs }' }, testRequest({ signal: caller.signal }));
  caller.abort();
  expect((await answer).errors).toMatchObject([{ extensions: { code: 'REQUEST_CANCELLED' } }]);
});

test('a subscription answers each event and ends', async () => {
  expect(await all(await service.subscribe({ query: 'subscription { ticks }' }, testRequest()))).toEqual([
    { data: { ticks: 1 } },
    { data: { ticks: 2 } },
    { data: { ticks: 3 } },
  ]);
});

test('a stream that breaks ends with one masked response', async () => {
  const query = 'subscription { ticks(failAfter: 1) }';
  const responses = await all(await service.subscribe({ query }, testRequest()));
  expect(responses).toMatchObject([
    { data: { ticks: 1 } },
    { errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
  ]);
  expect(JSON.stringify(responses)).not.toContain('5432');
});

test('a stream ends with the error of the table that its source names', async () => {
  const slow = Object.assign(new Error('Too slow.'), { extensions: { code: 'SLOW_CONSUMER', cursor: 'c7' } });
  const source = pushIterator();
  source.fail(slow);
  const behind = buildService({ ...things, resolvers: { Subscription: { ticks: { subscribe: () => source } } } });
  const responses = await all(await behind.subscribe({ query: 'subscription { ticks }' }, testRequest()));
  expect(responses).toEqual([
    { errors: [{ message: 'Too slow.', extensions: { code: 'SLOW_CONSUMER', cursor: 'c7' } }] },
  ]);
});

test('a subscription that is refused or does not open in time is a response', async () => {
  const refused = await service.subscribe({ query: 'subscription { refused }' }, testRequest());
  expect(refused).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  const late = await service.subscribe({ query: 'subscription { hangs }' }, testRequest({ deadline: Date.now() + 20 }));
  expect(late).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_TIMEOUT' } }] });
});

test('leaving a quiet stream ends the waiting and tells the source', async () => {
  let isTold = false;
  const source = pushIterator<{ ticks: number }>({ onEnd: () => (isTold = true) });
  const quiet = buildService({
    ...things,
    resolvers: { Subscription: { ticks: { subscribe: () => source } } },
  });
  const caller = new AbortController();
  const stream = await quiet.subscribe({ query: 'subscription { ticks }' }, testRequest({ signal: caller.signal }));
  const rest = all(stream);
  caller.abort();
  expect(await rest).toEqual([]);
  expect(isTold).toBe(true);
});

test('each event has a context of its own', async () => {
  let contexts = 0;
  const counted = buildService({ ...things, context: (request) => ({ request, n: ++contexts }) });
  await all(await counted.subscribe({ query: 'subscription { ticks }' }, testRequest()));
  expect(contexts).toBe(4);
});

test('resolvers that the schema does not know are reported when the service is built', () => {
  const misspelt = { ...things, resolvers: { Query: { hwo: () => 'x' }, Thang: {} } };
  expect(() => buildService(misspelt)).toThrow(
    'The subgraph things has resolvers that its schema does not know: Query.hwo, Thang',
  );
});
