import { newId, signSessionToken } from '@supportgraph/kernel';
import { createHash, randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import { createClient as createSseClient } from 'graphql-sse';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ApiKeyHolder } from '../src/guard/apiKeys.js';
import { memoryEdge } from '../src/guard/edge/memoryEdge.js';
import { addressOf } from '../src/guard/address.js';
import { type Answer, type OpenGateway, openGateway, secrets, token, until } from './shop.js';

const codes = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions.code);
const find = 'query ($first: Int) { find(filter: { title: "x" }, first: $first) { id } }';
const follow = 'subscription { sessionEvents(sessionId: "ses_1") { seq } }';

describe('cost and rate', () => {
  test('an answer says what it could cost, what it did cost, and what is allowed', async () => {
    const { post } = await openGateway();
    expect((await post({ query: find })).cost).toEqual({ requested: 10, actual: 1, max: 2_000 });
  });

  test('an operation that may cost too much is refused, and not carried out', async () => {
    const { post, calls, tallied } = await openGateway({ limits: { cost: 5 } });
    const { status, body } = await post({ query: find });
    expect([status, codes(body)]).toEqual([400, ['COST_LIMIT_EXCEEDED']]);
    expect(body.errors![0]!.message).toBe('The operation may cost 10, and at most 5 is allowed.');
    expect(calls).toEqual({});
    expect(tallied.get('over cost refused')).toBe(1);
  });

  test('in measure mode it is carried out and counted', async () => {
    const { post, tallied } = await openGateway({ limits: { cost: 5, depth: 1 }, limitsMode: 'measure' });
    expect((await post({ query: find })).status).toBe(200);
    expect(tallied.get('over cost measured')).toBe(1);
    expect(tallied.get('over depth measured')).toBe(1);
  });

  test('what was not used is given back, and what is left is told', async () => {
    const { post } = await openGateway({ rates: { costPerMinute: 100 } });
    const left = async () => Number(/r=(\d+)/.exec((await post({ query: find })).headers.get('ratelimit')!)![1]);
    expect((await post({ query: find })).headers.get('ratelimit-policy')).toBe('"cost";q=100;w=60');
    // Ten are taken and nine given back.
    expect(await left()).toBeGreaterThanOrEqual(88);
    expect(await left()).toBeGreaterThanOrEqual(87);
  });

  test('who asks too much is told when to come back, over HTTP and WebSocket', async () => {
    const shop = await openGateway({ rates: { costPerMinute: 25 } });
    const query = 'mutation { rename(id: "ses_1", title: "x") { id } }';
    for (let n = 0; n < 2; n++) expect((await shop.post({ query })).status).toBe(200);
    const { status, headers, body } = await shop.post({ query });
    expect([status, codes(body)]).toEqual([429, ['THROTTLED']]);
    const seconds = Number(headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(body.errors![0]!.extensions.retryAfterMs).toBeGreaterThan(0);
    expect(shop.tallied.get('refused http THROTTLED')).toBe(1);

    const client = createClient({ url: shop.webSocketUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
    onTestFinished(() => void client.dispose());
    const refused = await client
      .iterate({ query })
      .next()
      .catch((errors: unknown) => errors);
    expect(refused).toMatchObject([{ extensions: { code: 'THROTTLED' } }]);
  });

  test('one caller’s use is not another’s', async () => {
    const { post } = await openGateway({ rates: { costPerMinute: 12 } });
    const query = 'mutation { rename(id: "ses_1", title: "x") { id } }';
    const as = async (sub: string) =>
      (await post({ query }, { authorization: `Bearer ${await token('customer', sub)}` })).status;
    expect([await as('cus_1'), await as('cus_1'), await as('cus_2')]).toEqual([200, 429, 200]);
  });

  test('two gateways with one store share what a caller may use', async () => {
    const store = memoryEdge();
    const [one, two] = [
      await openGateway({ rates: { costPerMinute: 12 } }, { store }),
      await openGateway({ rates: { costPerMinute: 12 } }, { store }),
    ];
    const query = 'mutation { rename(id: "ses_1", title: "x") { id } }';
    expect((await one.post({ query })).status).toBe(200);
    expect((await two.post({ query })).status).toBe(429);
  });

  test('a page of more than a hundred is refused, also by a variable and a default', async () => {
    const { post } = await openGateway();
    const paged = 'query ($n: Int = 1000) { pages(first: $n) { id } }';
    for (const variables of [{}, { n: 101 }, { n: 1_000_000 }]) {
      expect(codes((await post({ query: paged, variables })).body)).toContain('BAD_USER_INPUT');
    }
    expect((await post({ query: paged, variables: { n: 100 } })).status).toBe(200);
  });

  test('of fields that wait, an operation may have one', async () => {
    const { post } = await openGateway();
    const query = '{ a: turn(id: "1") { settled { id } } b: turn(id: "2") { settled { id } } }';
    expect(codes((await post({ query })).body)).toEqual(['OPERATION_TOO_LARGE']);
    expect((await post({ query: '{ turn(id: "1") { settled { id } } }' })).status).toBe(200);
  });

  test('fragments that hold nothing but fragments do not get past the limit of fields', async () => {
    const { post } = await openGateway();
    const bomb = Array.from({ length: 40 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(
      ' ',
    );
    const { body } = await post({ query: `{ ...F0 } ${bomb} fragment F40 on Query { me { role } }` });
    expect(codes(body)).toContain('OPERATION_TOO_LARGE');
  });
});

describe('documents', () => {
  const query = '{ session(id: "ses_1") { title } }';
  const sha256 = createHash('sha256').update(query).digest('hex');
  const persisted = (hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });
  const trustedDocuments = { [`sha256:${sha256}`]: query };

  test('a document that was sent once with its hash is known by the hash, at every gateway of the store', async () => {
    const store = memoryEdge();
    const [one, two] = [await openGateway({}, { store }), await openGateway({}, { store })];
    const unknown = await one.post(persisted(sha256));
    expect([unknown.status, codes(unknown.body)]).toEqual([200, ['PERSISTED_QUERY_NOT_FOUND']]);
    expect(unknown.body.errors![0]!.message).toBe('PersistedQueryNotFound');
    expect((await one.post({ query, ...persisted(sha256) })).body.data).toBeDefined();
    expect((await two.post(persisted(sha256))).body).toEqual({ data: { session: { title: 'Session ses_1' } } });
  });

  test('a document under another’s hash is refused and not kept, and neither is one that is not valid', async () => {
    const { post } = await openGateway();
    const other = createHash('sha256').update('{ other }').digest('hex');
    expect(codes((await post({ query, ...persisted(other) })).body)).toEqual(['BAD_REQUEST']);
    expect(codes((await post({ query: '{ other }', ...persisted(other) })).body)).toEqual([
      'GRAPHQL_VALIDATION_FAILED',
    ]);
    expect(codes((await post(persisted(other))).body)).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  test.each([{ version: 2, sha256Hash: sha256 }, { version: 1, sha256Hash: 'x' }, { version: 1 }, 'x', []])(
    'a malformed hash (%j) is a bad request',
    async (persistedQuery) => {
      const { post } = await openGateway();
      expect(codes((await post({ query, extensions: { persistedQuery } })).body)).toEqual(['BAD_REQUEST']);
    },
  );

  test('a hash can be sent with GET', async () => {
    const { url, post } = await openGateway();
    await post({ query, ...persisted(sha256) });
    const search = new URLSearchParams({ extensions: JSON.stringify(persisted(sha256).extensions) });
    const response = await fetch(`${url}?${search}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(await response.json()).toMatchObject({ data: { session: { title: 'Session ses_1' } } });
  });

  test('a document of our own pages is known by its id, and is exempt from depth and cost', async () => {
    const { post } = await openGateway({ trustedDocuments, limits: { depth: 1, cost: 0 } });
    expect((await post({ documentId: `sha256:${sha256}` })).body.data).toEqual({ session: { title: 'Session ses_1' } });
    expect((await post({ query })).status).toBe(200);
    expect(codes((await post({ query: `${query} ` })).body)).toEqual(['OPERATION_TOO_LARGE']);
    expect(codes((await post({ documentId: 'sha256:0' })).body)).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(codes((await post({ documentId: '__proto__' })).body)).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  test('where only partners may send documents of their own, others use those of our pages', async () => {
    const { post } = await openGateway({ trustedDocuments, freeDocuments: 'partners' }, { identity: partners() });
    expect((await post({ query })).status).toBe(200);
    expect(codes((await post({ query: '{ __typename }' })).body)).toEqual(['PERSISTED_QUERY_ONLY']);
    expect(codes((await post({ query: '{ __typename }', ...persisted(sha256) })).body)).toEqual([
      'PERSISTED_QUERY_ONLY',
    ]);
    expect((await post({ query: '{ __typename }' }, { 'x-api-key': 'good' })).status).toBe(200);
  });
});

/** Identity in which `good` is the key of a client that can be revoked. */
function partners(scopes = ['sessions:read'], requestsPerMinute = 600) {
  const revoking = new AbortController();
  const holder: ApiKeyHolder = { id: 'api_1', scopes, requestsPerMinute, revoked: revoking.signal };
  const holderOf = (key: string) =>
    key === 'away' ? Promise.reject(new Error('no database')) : Promise.resolve(key === 'good' ? holder : null);
  return { apiKeys: { holderOf }, revoke: () => revoking.abort() };
}

describe('API keys', () => {
  const session = '{ session(id: "ses_1") { id } }';

  test('a good key opens what its scopes say, a bad one nothing, and two identities at once are refused', async () => {
    const { post } = await openGateway({}, { identity: partners() });
    expect((await post({ query: session }, { 'x-api-key': 'good' })).status).toBe(200);
    expect((await post({ query: '{ me { role } }' }, { 'x-api-key': 'good' })).status).toBe(403);
    expect((await post({ query: session }, { 'x-api-key': 'bad' })).status).toBe(401);
    expect((await post({ query: session }, { 'x-api-key': '' })).status).toBe(401);
    const authorization = `Bearer ${await token('operator', 'stf_1')}`;
    expect((await post({ query: session }, { 'x-api-key': 'good', authorization })).status).toBe(401);
  });

  test('a key that cannot be judged now is an outage that can be tried again', async () => {
    const { post } = await openGateway({}, { identity: partners() });
    const { status, body } = await post({ query: session }, { 'x-api-key': 'away' });
    expect([status, body.errors![0]!.extensions]).toEqual([503, { code: 'SERVICE_UNAVAILABLE', retryable: true }]);
  });

  test('a key has its own rate', async () => {
    const { post } = await openGateway({}, { identity: partners(['sessions:read'], 2) });
    const ask = async () => (await post({ query: session }, { 'x-api-key': 'good' })).status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    expect((await post({ query: session })).status).toBe(200);
  });

  test('a key in the query string is not read', async () => {
    const { url } = await openGateway({}, { identity: partners(['explorer']) });
    const search = new URLSearchParams({ query: '{ __schema { queryType { name } } }', 'x-api-key': 'good' });
    const response = await fetch(`${url}?${search}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(response.status).toBe(400);
  });

  test('revoking a key closes its sockets with 4403 and ends its streams with an error', async () => {
    const identity = partners();
    const shop = await openGateway({}, { identity });
    const closed = new Promise<number>((resolve) => {
      const client = createClient({
        url: shop.webSocketUrl,
        webSocketImpl: WebSocket,
        connectionParams: { 'x-api-key': 'good' },
        retryAttempts: 0,
        on: { closed: (event) => resolve((event as { code: number }).code) },
      });
      client.subscribe({ query: follow }, { next() {}, error() {}, complete() {} });
    });
    const stream = createSseClient({ url: shop.url, headers: { 'x-api-key': 'good' }, retryAttempts: 0 });
    const last = stream.iterate({ query: follow }).next();
    await until(() => shop.followers('ses_1') === 2);
    identity.revoke();
    expect(await closed).toBe(4403);
    expect(await last).toMatchObject({ value: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
    await until(() => shop.followers('ses_1') === 0);
    stream.dispose();
  });
});

describe('what one caller may hold', () => {
  const open = async (shop: OpenGateway, authorization: string) => {
    const socket = new WebSocket(shop.webSocketUrl, 'graphql-transport-ws');
    onTestFinished(() => socket.terminate());
    const told = new Promise<string>((resolve) => {
      socket.on('message', () => resolve('acknowledged'));
      socket.on('close', (code) => resolve(String(code)));
      socket.on('error', (error) => resolve(error.message));
    });
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })));
    return told;
  };
  const visitor = () => `Bearer ${signSessionToken(secrets.sessionSecret, newId('ses'))}`;

  test('sockets beyond a caller’s share are closed with 1013, others are not', async () => {
    const shop = await openGateway({ webSocket: { socketsPerPrincipal: 2 } });
    const mine = visitor();
    expect([
      await open(shop, mine),
      await open(shop, mine),
      await open(shop, mine),
      await open(shop, visitor()),
    ]).toEqual(['acknowledged', 'acknowledged', '1013', 'acknowledged']);
  });

  test('sockets beyond what the process may have are refused before the handshake', async () => {
    const shop = await openGateway({ webSocket: { sockets: 1 } });
    expect(await open(shop, visitor())).toBe('acknowledged');
    expect(await open(shop, visitor())).toContain('503');
    expect(shop.tallied.get('refused websocket 503')).toBe(1);
  });

  test('subscriptions beyond a caller’s share are refused until one ends', async () => {
    const shop = await openGateway({ streamsPerPrincipal: 1 });
    const client = () => createSseClient({ url: shop.url, retryAttempts: 0 });
    const first = client();
    first
      .iterate({ query: follow })
      .next()
      .catch(() => {});
    await until(() => shop.followers('ses_1') === 1);
    const { value } = await client().iterate({ query: follow }).next();
    expect(value).toMatchObject({ errors: [{ extensions: { code: 'THROTTLED' } }] });
    first.dispose();
    await until(() => shop.followers('ses_1') === 0);
    client()
      .iterate({ query: follow })
      .next()
      .catch(() => {});
    await until(() => shop.followers('ses_1') === 1);
  });
});

describe('addresses', () => {
  const from = (remoteAddress: string, forwarded: string | undefined, hops: number) =>
    addressOf(
      { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } } as unknown as Parameters<
        typeof addressOf
      >[0],
      hops,
    );

  test.each([
    ['without trusted proxies the header is not believed', '10.0.0.9', '1.2.3.4', 0, '10.0.0.9'],
    ['the last trusted proxy wrote the last entry', '10.0.0.9', '6.6.6.6, 1.2.3.4', 1, '1.2.3.4'],
    ['the one before it wrote the one before', '10.0.0.9', '6.6.6.6, 1.2.3.4, 10.0.0.8', 2, '1.2.3.4'],
    ['a header that is too short is not believed', '10.0.0.9', '1.2.3.4', 3, '10.0.0.9'],
    ['nor is one that holds no address', '10.0.0.9', "' OR 1=1", 1, '10.0.0.9'],
    ['IPv4 within IPv6 is IPv4', '::ffff:1.2.3.4', undefined, 0, '1.2.3.4'],
    ['of IPv6 the network counts', '2001:db8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2::/64'],
    ['also when it is written short', '2001:db8::1', undefined, 0, '2001:db8:0:0::/64'],
  ])('%s', (_what, remote, forwarded, hops, expected) => expect(from(remote, forwarded, hops)).toBe(expected));
});

test('a request has an id of ours, whatever the client calls it', async () => {
  const { post } = await openGateway();
  const { headers } = await post({ query: '{ __typename }' }, { 'x-request-id': randomUUID() });
  expect(headers.get('x-request-id')).toMatch(/^req_/);
});
