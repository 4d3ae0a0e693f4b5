import { newId, nobody, signSessionToken, type Viewer } from '@supportgraph/kernel';
import { GraphQLError } from 'graphql';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openPlanner } from '../src/execute/planner.js';
import { openGuard } from '../src/guard/guard.js';
import { openIdentity } from '../src/guard/identity.js';
import { defaultLimits } from '../src/guard/limits.js';
import { maskError } from '../src/guard/masking.js';
import { openShop, secrets, token } from './shop.js';

const { supergraphSdl } = openShop();
const { schema } = openPlanner(supergraphSdl);
const guard = openGuard({ supergraphSdl, schema, limits: defaultLimits, introspection: false });
const open = openGuard({ supergraphSdl, schema, limits: defaultLimits, introspection: true });

const as = (role: Viewer['role']): Viewer => ({ ...nobody, role });

/** Codes of the errors that an operation is refused with; empty if it is let through. */
function refusals(
  query: string,
  { variables, viewer = nobody }: { variables?: Record<string, unknown>; viewer?: Viewer } = {},
) {
  const admission = guard.admit({ query, variables }, viewer);
  return admission.ok ? [] : admission.errors.map(({ extensions: { code } }) => code);
}
const messages = (query: string, variables: Record<string, unknown> = {}) => {
  const admission = guard.admit({ query, variables }, nobody);
  return admission.ok ? [] : admission.errors.map(({ message }) => message);
};

describe('limits', () => {
  const nested = (levels: number) =>
    `{ session(id: 1) ${'{ related '.repeat(levels - 2)} { id } ${'} '.repeat(levels - 2)} }`;

  test('ten levels of fields are let through and eleven are not', () => {
    expect(refusals(nested(10))).toEqual([]);
    expect(refusals(nested(11))).toEqual(['OPERATION_TOO_LARGE']);
  });

  test('levels are counted through fragments', () => {
    const fragments = Array.from({ length: 9 }, (_, n) => `fragment F${n} on Session { related { ...F${n + 1} } }`);
    const query = `{ session(id: 1) { ...F0 } } ${fragments.join(' ')} fragment F9 on Session { id }`;
    expect(refusals(query)).toEqual(['OPERATION_TOO_LARGE']);
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
  ])('%s are refused', (_what, query) => {
    expect(refusals(query)).toContain('OPERATION_TOO_LARGE');
  });

  test('a document of more than 2,000 tokens is not read to its end', () => {
    expect(refusals(`{ ${'a '.repeat(2_001)} }`)).toEqual(['GRAPHQL_PARSE_FAILED']);
  });

  test('a fragment bomb is refused before it goes off', () => {
    const fragments = Array.from(
      { length: 30 },
      (_, n) => `fragment F${n} on Session { ...F${n + 1} ...F${n + 1} x: id }`,
    );
    const query = `{ session(id: 1) { ...F0 } } ${fragments.join(' ')} fragment F30 on Session { id }`;
    const started = performance.now();
    expect(refusals(query)).toContain('OPERATION_TOO_LARGE');
    expect(performance.now() - started).toBeLessThan(200);
  });

  test('fragments that lead to each other are refused', () => {
    const query = '{ session(id: 1) { ...A } } fragment A on Session { ...B } fragment B on Session { ...A }';
    expect(refusals(query)).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  test('at most five errors are told about one document', () => {
    expect(refusals(`{ ${Array.from({ length: 9 }, (_, n) => `x${n}`).join(' ')} }`)).toHaveLength(5);
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
  ])('%s is refused with a clear sentence', (_what, query, message) => {
    expect(messages(query, { on: true })).toEqual([message]);
  });

  test('two fields of one subscription are refused', () => {
    const query = 'subscription { a: sessionEvents(sessionId: 1) { seq } b: sessionEvents(sessionId: 2) { seq } }';
    expect(refusals(query)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('introspection', () => {
  const query = '{ __schema { types { fields { type { ofType { ofType { ofType { ofType { name } } } } } } } } }';
  test('the schema is not told where that is off', () => {
    expect(refusals(query)).not.toEqual([]);
    expect(refusals('{ __typename }')).toEqual([]);
  });
  test('where it is on, its depth is not counted', () => {
    expect(open.admit({ query }, nobody).ok).toBe(true);
  });
});

describe('access', () => {
  const notes = '{ notes }';
  const audit = '{ session(id: 1) { audit { by } } }';
  const cost = '{ turn(id: 1) { cost } }';

  test.each([
    ['ANONYMOUS', [['FORBIDDEN'], ['FORBIDDEN'], ['FORBIDDEN']]],
    ['CUSTOMER', [['FORBIDDEN'], ['FORBIDDEN'], ['FORBIDDEN']]],
    ['STAFF', [[], [], ['FORBIDDEN']]],
    ['OPERATOR', [[], [], []]],
  ] as const)('%s may ask for what the tags say', (role, expected) => {
    expect([notes, audit, cost].map((query) => refusals(query, { viewer: as(role) }))).toEqual(expected);
  });

  test('a tagged field is found in a fragment, under an alias and beside others', () => {
    const query = '{ a: __typename ...F } fragment F on Query { session(id: 1) { id innocent: audit { __typename } } }';
    expect(refusals(query)).toEqual(['FORBIDDEN']);
  });
});

test('an operation does not need the permission of another in the same document', () => {
  const query = 'query Mine { __typename } query Theirs { notes }';
  expect(guard.admit({ query, operationName: 'Mine' }, nobody).ok).toBe(true);
  expect(guard.admit({ query, operationName: 'Theirs' }, nobody).ok).toBe(false);
});

describe('variables', () => {
  const find = 'query Find($filter: Filter!, $first: Int = 5) { find(filter: $filter, first: $first) { id } }';

  test('good ones are let through', () => {
    expect(refusals(find, { variables: { filter: { title: 'x', sort: 'NEWEST' } } })).toEqual([]);
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
  ])('%j is refused without repeating the values', (variables, message) => {
    expect(messages(find, variables)).toEqual([message]);
  });
});

describe('masking', () => {
  const logged: object[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (facts: object) => void logged.push(facts), child: () => log };
  const request = { requestId: 'req_1', log };

  test('an unknown code is hidden, logged and given the id to find it', () => {
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

  test('a known code is shown with its sentence and without names of subgraphs', () => {
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
    expect(await identity({})).toEqual({ viewer: nobody, expiresAt: null });
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
