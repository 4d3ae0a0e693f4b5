import type { World } from '../world.js';
import type { Input } from './input.js';

const unsigned = (claims: object) =>
  `${[{ alg: 'none' }, { exp: 9_999_999_999, ...claims }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
const tampered = (token: string) => {
  const [head, , signature] = token.split('.');
  const claims = { role: 'operator', sub: 'stf_1', exp: 9_999_999_999 };
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};
const rows: [string, (world: World) => Record<string, string>][] = [
  ['a JWT with alg none', () => ({ authorization: `Bearer ${unsigned({ role: 'operator', sub: 'x' })}` })],
  ['a JWT whose claims were changed', ({ tokens }) => ({ authorization: `Bearer ${tampered(tokens.bob)}` })],
  ['three dots', () => ({ authorization: 'Bearer a.b.c' })],
  ['an empty header', () => ({ authorization: '' })],
  ['a password', () => ({ authorization: 'Basic YWRtaW46YWRtaW4=' })],
  ['a token of 12 KB', () => ({ authorization: `Bearer ${'a'.repeat(12_000)}` })],
  [
    'a visitor’s token for another session',
    ({ visitor }) => ({ authorization: `Bearer ${visitor.token.replace(visitor.sessionId, 'ses_other')}` }),
  ],
  ['a visitor’s token cut short', ({ visitor }) => ({ authorization: `Bearer ${visitor.token.slice(0, -1)}` })],
  ['a key that nobody has', () => ({ 'x-api-key': `sgk_${'a'.repeat(43)}` })],
  ['a key with SQL in it', () => ({ 'x-api-key': "' OR '1'='1" })],
  ['an empty key', () => ({ 'x-api-key': '' })],
  [
    'a token and a key at once',
    ({ tokens, keys }) => ({ authorization: `Bearer ${tokens.bob}`, 'x-api-key': keys.talking }),
  ],
];

/** Credentials that are not good. */
export const credentials: readonly Input[] = rows.map(([what, headers]) => ({
  what,
  refusal: '401 UNAUTHENTICATED',
  send: (world) => world.post({ query: '{ viewer { role } }' }, headers(world)),
}));
