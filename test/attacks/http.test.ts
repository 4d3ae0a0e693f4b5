import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodies } from './inputs/bodies.js';
import { bytes } from './inputs/bytes.js';
import { credentials } from './inputs/credentials.js';
import { disguises } from './inputs/disguises.js';
import { largeDocuments, wrongDocuments } from './inputs/documents.js';
import { asked, codesOf, type Input, search } from './inputs/input.js';
import { requests } from './inputs/requests.js';
import { openWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(() => world.close());

const kinds: Record<string, readonly Input[]> = {
  'requests that are not well formed': requests,
  'bodies by somebody who knows the standards': bodies,
  'bytes that are hardly HTTP': bytes,
  'documents that are too much': largeDocuments,
  'documents that ask for what there is not': wrongDocuments,
  'documents that look like others': disguises,
  'credentials that are not good': credentials,
};

describe.each(Object.entries(kinds))('%s', (_kind, inputs) => {
  test.each(inputs.map(({ what, ...input }) => [what, input] as const))('%s is refused', async (_what, input) => {
    const answer = await world.attack(input.send);
    expect(`${answer.status} ${codesOf(answer)[0]}`).toBe(input.refusal);
    expect(answer.text).not.toMatch(/\$ne|1=1/);
    if (answer.headers && answer.status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('what is let through', () => {
  test('__proto__ as an alias is a name like any other', async () => {
    const { text } = await world.attack((w) => w.post({ query: '{ shop { __proto__: name constructor: name } }' }));
    expect(text).toContain('"data":{"shop":{"__proto__":"Test shop","constructor":"Test shop"}}');
  });

  test.each([
    ['the token of the gateway itself', { 'x-internal-token': 'x' }],
    [
      'names of internal headers',
      { 'x-viewer': '{"role":"OPERATOR"}', 'x-forwarded-user': 'admin', 'x-role': 'OPERATOR' },
    ],
  ])('%s from outside makes nobody somebody', async (_sentence, headers) => {
    const { text } = await world.attack((w) => w.post({ query: '{ viewer { role scopes } }' }, headers));
    expect(JSON.parse(text)).toMatchObject({ data: { viewer: { role: 'ANONYMOUS', scopes: [] } } });
  });

  test('a token in the query string is not read', async () => {
    const { tokens, keys } = world;
    const inUrl = { query: '{ viewer { role } }', authorization: `Bearer ${tokens.ann}`, 'x-api-key': keys.talking };
    const { text } = await world.attack((w) => w.request(search(inUrl), { headers: asked }));
    expect(JSON.parse(text)).toMatchObject({ data: { viewer: { role: 'ANONYMOUS' } } });
  });

  test('a key does not do what its scopes do not say', async () => {
    const answer = await world.attack((w) =>
      w.post(
        { query: 'mutation { startSession(input: { idempotencyKey: "k1" }) { accessToken } }' },
        { 'x-api-key': w.keys.reading },
      ),
    );
    expect([answer.status, codesOf(answer)]).toEqual([403, ['FORBIDDEN']]);
  });

  test('a page elsewhere may not read answers', async () => {
    const { headers } = await world.attack((w) =>
      w.post({ query: '{ __typename }' }, { origin: 'https://evil.example' }),
    );
    expect(headers!.get('access-control-allow-origin')).toBeNull();
  });
});
