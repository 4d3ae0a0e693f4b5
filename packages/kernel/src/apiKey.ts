import { createHash, randomBytes } from 'node:crypto';

/*
 * The key of an API client is `sgk_<43 characters of base64url>`: 256 random bits, so a plain SHA-256 is enough to keep it.
 */

const prefix = 'sgk_';
const wholeKey = /^sgk_[A-Za-z0-9_-]{43}$/;
/** Characters of a key that are kept, to recognise it by: enough to tell clients apart, and no help in guessing. */
const shownCharacters = 12;

/** What a key may allow. */
export const apiScopes = [
  'sessions:write',
  'sessions:read',
  'customers:assert',
  'orders:read',
  'orders:write',
  'faq:read',
  'explorer',
] as const;
export type ApiScope = (typeof apiScopes)[number];

/** Whether there is such a scope. */
export function isApiScope(text: string): text is ApiScope {
  return (apiScopes as readonly string[]).includes(text);
}

/** A new key, with the start of it that may be shown. */
export function newApiKey(): { key: string; keyPrefix: string } {
  const key = prefix + randomBytes(32).toString('base64url');
  return { key, keyPrefix: key.slice(0, shownCharacters) };
}

/** What is kept of a key; null if the text is not one. */
export function apiKeyHash(key: string): Buffer<ArrayBuffer> | null {
  return wholeKey.test(key) ? (createHash('sha256').update(key).digest() as Buffer<ArrayBuffer>) : null;
}
