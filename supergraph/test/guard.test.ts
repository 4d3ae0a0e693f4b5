import { newId, nobody, signSessionToken, type Viewer } from '@supportgraph/kernel';
import { GraphQLError } from 'graphql';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openPlanner } from '../src/execute/planner.js';
import { memoryEdge } from '../src/guard/edge/memoryEdge.js';
import { type Asker, defaultRates, type Guard, type GuardOptions, openGuard } from '../src/guard/guard.js';
import { openIdentity } from '../src/guard/identity.js';
import { defaultLimits } from '../src/guard/limits.js';
import { maskError } from '../src/guard/masking.js';
import { noTally } from '../src/guard/tally.js';
import { openShop, secrets, token } from './shop.js';

const { supergraphSdl } = openShop();
const { schema } = openPlanner(supergraphSdl);

/** A guard over the shop, with a store of its own. */
function guardOf(changes: Partial<GuardOptions> = {}) {
  return openGuard({
    supergraphSdl,
    schema,
    limits: defaultLimits,
    mode: 'enforce',
    rates: defaultRates,
    introspection: false,
    waitingFields: ['Turn.settled'],
    trustedDocuments: {},
    freeDocuments: 'everyone',
    store: memoryEdge(),
    tally: noTally,
    prepare: () => {},
    ...changes,
  });
}
const guard = guardOf();
const open = guardOf({ introspection: true });

const as = (role: Viewer['role']): Viewer => ({ ...nobody, role });
const askerOf = (viewer: Viewer): Asker => ({ viewer, principal: 'tester', source: 'tester', requestsPerMinute: null });

interface Ask {
  variables?: Record<string, unknown>;
  viewer?: Viewer;
  operationName?: string;
  by?: Guard;
}
function admit(query: string, { variables, viewer = nobody, operationName, by = guard }: Ask = {}) {
  return by.admit({ query, documentId: null, sha256: null, variables, operationName }, askerOf(viewer));
}
const errorsOf = async (query: string, ask: Ask = {}) => {
  const admission = await admit(query, ask);
  return admission.ok ? [] : admission.errors;
};
/** Codes of the errors that an operation is refused with; empty if it is let through. */
const refusals = async (query: string, ask: Ask = {}) =>
  (await errorsOf(query, ask)).map(({ extensions: { code } }) => code);
const messages = async (query: string, variables: Record<string, unknown> = {}) =>
  (await errorsOf(query, { variables })).map(({ message }) => message);

describe('limits', () => {
  const nested = (levels: number) =>
    `{ session(id: 1) ${'{ related '.repeat(levels - 2)} { id } ${'} '.repeat(levels - 2)} }`;

  test('ten levels of fields are let through and eleven are not', async () => {
    const by = guardOf({ limits: { ...defaultLimits, cost: Infinity } });
    expect(await refusals(nested(10), { by })).toEqual([]);
    expect(await refusals(nested(11), { by })).toEqual(['OPERATION_TOO_LARGE']);
  });

  test('levels are counted through fragments', async () => {
    const fragments = Array.from({ length: 9 }, (_, n) => `fragment F${n} on Session { related { ...F${n + 1} } }`);
    const query = `{ session(id: 1) { ...F0 } } ${fragments.join(' ')} fragment F9 on Session { id }`;
    expect(await refusals(query)).toEqual(['OPERATION_TOO_LARGE']);
  });

  test.each([
    [
      '31 aliases',
      `{ ${Array.from({ length: 5 }, (_, n) => `q${n}: session(id: 1) { ...F }`).join(' ')} } fragment F on Session { a: id b: id c: id d: id e: id f: id }`,
    ],
    ['11 root fields', `{ ${'__typename '.repeat(11)} }`],
    [
      '4 mutations',
      `mutation { ${Array.from({ length: 4 }, (_, n) => `m${n}: rename(id: 1, title: "x") { id }`).join(' ')} }`,
    ],
    [
      '21 directives',
      `{ ${'__typename @skip(if: false) '.repeat(7)} ${'... @skip(if: false) { __typename } '.repeat(14)} }`,
    ],
  ])('%s are refused', async (_what, query) => {
    expect(await refusals(query)).toContain('OPERATION_TOO_LARGE');
  });

  test('a document of more than 2,000 tokens is not read to its end', async () => {
    expect(await refusals(`{ ${'a '.repeat(2_001)} }`)).toEqual(['GRAPHQL_PARSE_FAILED']);
  });

  test('a fragment bomb is refused before it goes off', async () => {
    const fragments = Array.from(
      { length: 30 },
      (_, n) => `fragment F${n} on Session { ...F${n + 1} ...F${n + 1} x: id }`,
    );
    const query = `{ session(id: 1) { ...F0 } } ${fragments.join(' ')} fragment F30 on Session { id }`;
    const started = performance.now();
    expect(await refusals(query)).toContain('OPERATION_TOO_LARGE');
    expect(performance.now() - started).toBeLessThan(200);
  });

  test('fragments that lead to each other are refused', async () => {
    const query = '{ session(id: 1) { ...A } } fragment A on Session { ...B } fragment B on Session { ...A }';
    expect(await refusals(query)).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  test('at most five errors are told about one document', async () => {
    expect(await refusals(`{ ${Array.from({ length: 9 }, (_, n) => `x${n}`).join(' ')} }`)).toHaveLength(5);
  });
});

describe('what cannot be planned', () => {
  test.each([
    ['@defer', '{ session(id: 1) { ... @defer { title } } }', '@defer is not supported.'],
    [
      'a conditional subscription',
      'subscription ($on: Boolean!) { sessionEvents(sessionId: 1) @include(if: $on) { seq } }',
      'The field of a subscription cannot have @skip or @include with a variable.',
    ],
  ])('%s is refused with a clear sentence', async (_what, query, message) => {
    expect(await messages(query, { on: true })).toEqual([message]);
  });

  test('two fields of one subscription are refused', async () => {
    const query = 'subscription { a: sessionEvents(sessionId: 1) { seq } b: sessionEvents(sessionId: 2) { seq } }';
    expect(await refusals(query)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('reading', () => {
  const queryOf = (name: string) => `query ${name} { session(id: 1) { id } }`;
  const busyFor = (ms: number) => {
    const endsAt = performance.now() + ms;
    while (performance.now() < endsAt);
  };
  const readBy = (by: Guard, source: string, name: string) =>
    by.admit({ query: queryOf(name), documentId: null, sha256: null }, { ...askerOf(nobody), source });
  const slowGuard = (readingMsPerMinute: number, changes: Partial<GuardOptions> = {}) =>
    guardOf({ prepare: () => busyFor(30), rates: { ...defaultRates, readingMsPerMinute }, ...changes });

  test('an operation is made ready once, however often it is asked for', async () => {
    const made: (string | undefined)[] = [];
    const by = guardOf({ prepare: ({ definition }) => void made.push(definition.name?.value) });
    for (const name of ['A', 'A', 'B', 'A']) expect(await readBy(by, 'me', name)).toMatchObject({ ok: true });
    expect(made).toEqual(['A', 'B']);
  });

  test('what is refused is not made ready', async () => {
    const by = guardOf({ prepare: () => expect.unreachable() });
    expect(await refusals('{ sessions(first: 1000) { nodes { id } } }', { by })).not.toEqual([]);
  });

  test('who has had as much read as one may waits; what is known is let through, and others are read', async () => {
    const by = slowGuard(100);
    expect(await readBy(by, 'me', 'Known')).toMatchObject({ ok: true });
    for (const name of ['A', 'B', 'C']) expect(await readBy(by, 'me', name)).toMatchObject({ ok: true });
    expect(await readBy(by, 'me', 'D')).toMatchObject({
      errors: [{ extensions: { code: 'THROTTLED', retryable: true, retryAfterMs: expect.any(Number) } }],
    });
    expect(await readBy(by, 'me', 'Known')).toMatchObject({ ok: true });
    expect(await readBy(by, 'other', 'H')).toMatchObject({ ok: true });
  });

  test('a bad document costs the time that it takes each time', async () => {
    const by = guardOf({ rates: { ...defaultRates, readingMsPerMinute: 5 } });
    const codes = [];
    for (let i = 0; i < 8; i++) codes.push(...(await refusals('{ nope }', { by })));
    expect(codes[0]).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(codes.at(-1)).toBe('THROTTLED');
  });

  test('in a trial of limits, what is over is let through', async () => {
    const by = slowGuard(20, { mode: 'measure' });
    for (const name of ['A', 'B', 'C']) expect(await readBy(by, 'me', name)).toMatchObject({ ok: true });
  });

  test('callers are read in turn, and everything else goes on between two documents', async () => {
    const order: string[] = [];
    const by = slowGuard(10_000);
    const read = (source: string, name: string) => readBy(by, source, name).then(() => order.push(name));
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 1);
    await Promise.all([read('a', 'A1'), read('a', 'A2'), read('a', 'A3'), read('b', 'B1'), read('b', 'B2')]);
    clearInterval(ticking);
    expect(order).toEqual(['A1', 'B1', 'A2', 'B2', 'A3']);
    expect(ticks).toBeGreaterThanOrEqual(4);
  });

  test('who has a hundred documents waiting sends no more', async () => {
    const by = guardOf({ rates: { ...defaultRates, readingMsPerMinute: 1_000_000 } });
    const all = await Promise.all(Array.from({ length: 101 }, (_, i) => readBy(by, 'me', `Q${i}`)));
    const refused = all.map((admission) => (admission.ok ? 0 : 1));
    expect(refused).toEqual([...Array<number>(100).fill(0), 1]);
  });
});

describe('introspection', () => {
  const query = '{ __schema { types { fields { type { ofType { ofType { ofType { ofType { name } } } } } } } } }';
  test('the schema is not told where that is off', async () => {
    expect(await refusals(query)).not.toEqual([]);
    expect(await refusals('{ __typename }')).toEqual([]);
  });
  test('where it is on, its depth is not counted', async () => {
    expect((await admit(query, { by: open })).ok).toBe(true);
  });
});

describe('access', () => {
  const unknown = ['GRAPHQL_VALIDATION_FAILED'];
  const notes = '{ notes }';
  const audit = '{ session(id: 1) { audit { by } } }';
  const cost = '{ turn(id: 1) { cost } }';

  test.each([
    ['ANONYMOUS', [unknown, unknown, unknown]],
    ['CUSTOMER', [unknown, unknown, unknown]],
    ['STAFF', [[], [], unknown]],
    ['OPERATOR', [[], [], []]],
  ] as const)('%s may ask for what the tags say', async (role, expected) => {
    expect(await Promise.all([notes, audit, cost].map((query) => refusals(query, { viewer: as(role) })))).toEqual(
      expected,
    );
  });

  test('a tagged field is found in a fragment, under an alias and beside others', async () => {
    const query = '{ a: __typename ...F } fragment F on Query { session(id: 1) { id innocent: audit { __typename } } }';
    expect(await refusals(query)).toEqual(unknown);
  });

  test('what is not for the caller is answered word for word like what is not there', async () => {
    const said = async (query: string, name: string) => (await messages(query)).join().replaceAll(name, '…');
    expect(await said('{ notes }', 'notes')).toBe(await said('{ nates }', 'nates'));
    expect(await said('{ ... on Audit { by } }', 'Audit')).toBe(await said('{ ... on Aurum { by } }', 'Aurum'));
    expect(await said('{ session(id: 1) { audit { by } } }', 'audit')).toBe(
      await said('{ session(id: 1) { aurum { by } } }', 'aurum'),
    );
    expect(await said('query ($s: Secret) { __typename }', 'Secret')).toBe(
      await said('query ($s: Secres) { __typename }', 'Secres'),
    );
  });

  test.each([
    [nobody, true],
    [as('STAFF'), true],
    [{ ...as('PARTNER'), scopes: ['explorer'] }, false],
  ])('introspection tells $role what its contract has', async (viewer, isOpen) => {
    const query = '{ __schema { types { name fields { name } } } }';
    const admission = await admit(query, { viewer, by: isOpen ? open : guard });
    expect(admission.ok).toBe(true);
  });

  describe('API keys', () => {
    const partner = (...scopes: string[]): Viewer => ({ ...as('PARTNER'), scopes });

    test('a key opens what its scopes say, and nothing that the table of scopes does not have', async () => {
      const session = '{ session(id: 1) { id } }';
      expect(await refusals(session, { viewer: partner('sessions:read') })).toEqual([]);
      expect(await refusals(session, { viewer: partner('sessions:write') })).toEqual([]);
      expect(await refusals(session, { viewer: partner('faq:read') })).toEqual(['FORBIDDEN']);
      expect(await refusals('{ me { role } }', { viewer: partner('sessions:read') })).toEqual(['FORBIDDEN']);
      expect(await refusals('{ __typename }', { viewer: partner() })).toEqual([]);
    });

    test('what is missing is named, so that the partner can ask for it', async () => {
      const [error] = await errorsOf('{ session(id: 1) { id } }', { viewer: partner('faq:read') });
      expect(error?.message).toBe('"session" needs an API key with the scope sessions:read or sessions:write.');
    });

    test('an operation does not need the permission of another in the same document', async () => {
      const query = 'query Mine { session(id: 1) { id } } query Theirs { me { role } }';
      const viewer = partner('sessions:read');
      expect(await refusals(query, { operationName: 'Mine', viewer })).toEqual([]);
      expect(await refusals(query, { operationName: 'Theirs', viewer })).toEqual(['FORBIDDEN']);
    });

    test('a key with the scope explorer is told the schema, others are not', async () => {
      const query = '{ __schema { queryType { name } } }';
      expect(await refusals(query, { viewer: partner('explorer') })).toEqual([]);
      expect(await refusals(query, { viewer: partner('sessions:read') })).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    });
  });
});

describe('variables', () => {
  const find = 'query Find($filter: Filter!, $first: Int = 5) { find(filter: $filter, first: $first) { id } }';

  test('good ones are let through', async () => {
    expect(await refusals(find, { variables: { filter: { title: 'x', sort: 'NEWEST' } } })).toEqual([]);
  });

  test.each([
    [{}, 'The variable "$filter" of type Filter! is required.'],
    [{ filter: null }, 'The variable "$filter" of type Filter! must not be null.'],
    [{ filter: {} }, '"$filter": Field "title" of required type "String!" was not provided.'],
    [{ filter: { title: null } }, '"$filter.title": Expected non-nullable type "String!" not to be null.'],
    [{ filter: { title: 4_111 } }, '"$filter.title": Expected a value of type "String".'],
    [{ filter: { title: 'x', sort: 'SECRET' } }, '"$filter.sort": Expected a value of type "Sort".'],
    [{ filter: { title: 'x', sorts: 'SECRET' } }, '"$filter": Field "sorts" is not defined by type "Filter".'],
    [{ filter: { title: 'x' }, first: 'SECRET' }, '"$first": Expected a value of type "Int".'],
  ])('%j is refused without repeating the values', async (variables, message) => {
    expect(await messages(find, variables)).toEqual([message]);
  });
});

describe('masking', () => {
  const logged: object[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (facts: object) => void logged.push(facts), child: () => log };
  const request = { requestId: 'req_1', log };

  test('an unknown code is hidden, logged and given the id to find it', async () => {
    const error = new GraphQLError('select * from secrets', {
      path: ['a'],
      extensions: { code: 'P2002', serviceName: 'faq' },
    });
    expect(maskError(error.toJSON(), request)).toEqual({
      message: 'Something went wrong on our side.',
      path: ['a'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'req_1' },
    });
    expect(JSON.stringify(logged)).toContain('select * from secrets');
  });

  test('a known code is shown with its sentence and without names of subgraphs', async () => {
    const extensions = { code: 'SLOW_CONSUMER', cursor: 'c1', serviceName: 'router', stacktrace: ['at x'] };
    expect(maskError({ message: 'Too slow.', extensions }, request)).toEqual({
      message: 'Too slow.',
      extensions: { code: 'SLOW_CONSUMER', cursor: 'c1' },
    });
  });
});

describe('identity', () => {
  const identity = openIdentity(secrets);
  const bearer = (value: string) => identity({ authorization: `Bearer ${value}` });
  const refused = { extensions: { code: 'UNAUTHENTICATED' } };

  test('without credentials one is nobody', async () => {
    expect(await identity({})).toMatchObject({ viewer: nobody, expiresAt: null });
  });

  test('a visitor’s token opens its session', async () => {
    const sessionId = newId('ses');
    const { viewer } = await bearer(signSessionToken(secrets.sessionSecret, sessionId));
    expect(viewer).toEqual({ ...nobody, sessionId });
  });

  test.each([
    ['customer', 'cus_1', { role: 'CUSTOMER', customerId: 'cus_1' }],
    ['staff', 'stf_1', { role: 'STAFF', staffId: 'stf_1' }],
    ['operator', 'stf_1', { role: 'OPERATOR', staffId: 'stf_1' }],
    ['operator', 'ops@shop.example', { role: 'OPERATOR', staffId: null }],
  ])('a token of role %s for %s is known', async (role, sub, expected) => {
    const { viewer, expiresAt } = await bearer(await token(role, sub));
    expect(viewer).toEqual({ ...nobody, ...expected });
    expect(expiresAt).toBeGreaterThan(Date.now());
  });

  test.each([
    ['no token', 'Basic dXNlcjpwYXNz'],
    ['a malformed one', 'Bearer a.b.c'],
    ['a forged visitor', `Bearer ${signSessionToken('another secret', 'ses_1')}`],
    [
      'an unsigned one',
      `Bearer ${new UnsecuredJWT({ role: 'operator' }).setSubject('x').setExpirationTime('1h').encode()}`,
    ],
  ])('%s is refused', async (_what, authorization) => {
    await expect(identity({ authorization })).rejects.toMatchObject(refused);
  });

  test.each([
    ['an expired one', () => token('customer', 'cus_1', 1)],
    ['an unknown role', () => token('root', 'cus_1')],
    ['a customer who is none', () => token('customer', 'stf_1')],
    ['staff without a member', () => token('staff', 'cus_1')],
    [
      'one that never expires',
      () =>
        new SignJWT({ role: 'customer' })
          .setProtectedHeader({ alg: 'HS256' })
          .setSubject('cus_1')
          .sign(new TextEncoder().encode(secrets.jwtSecret)),
    ],
    [
      'one of another secret',
      () =>
        new SignJWT({ role: 'operator' })
          .setProtectedHeader({ alg: 'HS256' })
          .setSubject('x')
          .setExpirationTime('1h')
          .sign(new Uint8Array(32)),
    ],
  ])('%s is refused', async (_what, make) => {
    await expect(bearer(await make())).rejects.toMatchObject(refused);
  });

  test('issuer and audience are checked where they are set', async () => {
    const strict = openIdentity({ ...secrets, issuer: 'https://shop.example', audience: 'support' });
    const signed = (issuer: string, audience: string) =>
      new SignJWT({ role: 'customer' })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject('cus_1')
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(secrets.jwtSecret));
    const good = await signed('https://shop.example', 'support');
    expect((await strict({ authorization: `Bearer ${good}` })).viewer.customerId).toBe('cus_1');
    for (const bad of [
      await signed('https://evil.example', 'support'),
      await signed('https://shop.example', 'billing'),
    ]) {
      await expect(strict({ authorization: `Bearer ${bad}` })).rejects.toMatchObject(refused);
    }
  });

  test('an API key is refused as long as no client has one', async () => {
    await expect(identity({ apiKey: 'sgk_1' })).rejects.toMatchObject(refused);
  });

  describe('by published keys', () => {
    async function openMerchant() {
      const { publicKey, privateKey } = await generateKeyPair('ES256');
      const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] };
      const server = createServer((_request, response) => void response.end(JSON.stringify(jwks)));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const stop = () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections());
      onTestFinished(async () => void (await stop()));
      const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
      const sign = (alg: string, key: Parameters<SignJWT['sign']>[0], kid = 'one') =>
        new SignJWT({ role: 'staff' })
          .setProtectedHeader({ alg, kid })
          .setSubject('stf_1')
          .setExpirationTime('1h')
          .sign(key);
      return { identity: openIdentity({ ...secrets, jwksUrl }), privateKey, sign, stop };
    }

    test('a token that such a key signed is known, others are refused', async () => {
      const merchant = await openMerchant();
      const ask = (signed: string) => merchant.identity({ authorization: `Bearer ${signed}` });
      expect((await ask(await merchant.sign('ES256', merchant.privateKey))).viewer.staffId).toBe('stf_1');
      await expect(ask(await merchant.sign('ES256', merchant.privateKey, 'two'))).rejects.toMatchObject(refused);
      // A shared secret is no public key: this token would be good without `jwksUrl`.
      await expect(ask(await token('staff', 'stf_1'))).rejects.toMatchObject(refused);
    });

    test('keys that cannot be had are an outage, not a bad token', async () => {
      const merchant = await openMerchant();
      const signed = await merchant.sign('ES256', merchant.privateKey);
      await merchant.stop();
      await expect(merchant.identity({ authorization: `Bearer ${signed}` })).rejects.toMatchObject({
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      });
    });
  });
});
