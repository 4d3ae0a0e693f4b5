import { expect, test } from 'vitest';
import { apiKeyHash, isApiScope, newApiKey } from '../src/index.js';

test('a key is recognised by its start, and only its hash need be kept', () => {
  const { key, keyPrefix } = newApiKey();
  expect(key.startsWith(keyPrefix)).toBe(true);
  expect(key.length - keyPrefix.length).toBeGreaterThan(30);
  expect(apiKeyHash(key)).toHaveLength(32);
  expect(apiKeyHash(key)).toEqual(apiKeyHash(key));
  expect(newApiKey().key).not.toBe(key);
});

test.each(['', 'sgk_', 'sgk_short', `${newApiKey().key}x`, `sgx_${'a'.repeat(43)}`, `sgk_${'a'.repeat(42)}\n`])(
  '%j is no key',
  (text) => expect(apiKeyHash(text)).toBeNull(),
);

test('only scopes of the list are scopes', () => {
  expect(isApiScope('sessions:write')).toBe(true);
  expect(isApiScope('sessions:*')).toBe(false);
});
