import { createHmac, timingSafeEqual } from 'node:crypto';

/*
 * A visitor's token opens one session and nothing else. It is `sgs_<session id>_<base64url HMAC-SHA256 of the session id>`:
 * nothing is stored, so any gateway that has the secret can check it, and making it again gives the same token.
 */

const prefix = 'sgs_';
/** A SHA-256 in base64url without padding. */
const signatureLength = 43;

function signatureOf(secret: string, sessionId: string): string {
  return createHmac('sha256', secret).update(sessionId).digest('base64url');
}

/** The token that opens a session. */
export function signSessionToken(secret: string, sessionId: string): string {
  return `${prefix}${sessionId}_${signatureOf(secret, sessionId)}`;
}

/** Whether a bearer token claims to be a visitor's. */
export function isSessionToken(token: string): boolean {
  return token.startsWith(prefix);
}

/** The session that a token opens, or null if the token was not made with this secret. */
export function verifySessionToken(secret: string, token: string): string | null {
  // A signature may itself hold `_`, so it is found by its length.
  const separator = token.length - signatureLength - 1;
  if (!isSessionToken(token) || separator <= prefix.length || token[separator] !== '_') return null;
  const sessionId = token.slice(prefix.length, separator);
  const given = Buffer.from(token.slice(separator + 1));
  const expected = Buffer.from(signatureOf(secret, sessionId));
  return given.length === expected.length && timingSafeEqual(given, expected) ? sessionId : null;
}
