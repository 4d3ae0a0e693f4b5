import { createSecretKey, type KeyObject } from 'node:crypto';
import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { type Language, languages, type Viewer } from '@supportgraph/kernel';

/** The header that carries the token from the gateway to a subgraph. */
export const internalTokenHeader = 'x-internal-token';

const issuer = 'supportgraph-gateway';
const lifetimeSeconds = 60;

/** What the gateway says of a request to the one subgraph that the token is for. */
export interface InternalClaims {
  requestId: string;
  viewer: Viewer;
  language: Language;
  /** How long the answer is of use, in ms from now: a span, as clocks of two machines differ. Null for no limit. */
  timeoutMs: number | null;
}

const shortestSecret = 32;

/** The key of {@link signInternalToken} and {@link verifyInternalToken}, made once of the shared secret. Throws without a good one, so nothing is served. */
export function internalKey(secret: string): KeyObject {
  if (secret.length < shortestSecret)
    throw new Error(`The internal secret must have at least ${shortestSecret} characters.`);
  return createSecretKey(Buffer.from(secret));
}

/** A token of 60 seconds for one request to one subgraph. */
export function signInternalToken(key: KeyObject, subgraph: string, claims: InternalClaims): Promise<string> {
  const { requestId, viewer, language, timeoutMs } = claims;
  return new SignJWT({ viewer: { ...viewer }, language, timeoutMs })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setAudience(subgraph)
    .setJti(requestId)
    .setIssuedAt()
    .setExpirationTime(`${lifetimeSeconds} s`)
    .sign(key);
}

/** What a token says; null if it is not one of the gateway's for this subgraph, or has expired. */
export async function verifyInternalToken(
  key: KeyObject,
  subgraph: string,
  token: string,
): Promise<InternalClaims | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      issuer,
      audience: subgraph,
      requiredClaims: ['exp', 'iat', 'jti'],
      clockTolerance: 5,
    });
    return readClaims(payload);
  } catch {
    return null; // jose throws for every token that does not verify; the caller is told nothing more.
  }
}

function readClaims({ jti, viewer, language, timeoutMs }: JWTPayload): InternalClaims | null {
  const known = languages.find((each) => each === language);
  const isSpan = timeoutMs === null || (typeof timeoutMs === 'number' && Number.isFinite(timeoutMs));
  if (!jti || !known || !isViewer(viewer) || !isSpan) return null;
  return { requestId: jti, viewer, language: known, timeoutMs };
}

const roles: readonly unknown[] = ['ANONYMOUS', 'CUSTOMER', 'PARTNER', 'STAFF', 'OPERATOR'] satisfies Viewer['role'][];

function isViewer(value: unknown): value is Viewer {
  if (typeof value !== 'object' || value === null) return false;
  const viewer = value as Record<keyof Viewer, unknown>; // Each property is looked at below.
  const ids = [viewer.customerId, viewer.sessionId, viewer.staffId, viewer.apiClientId];
  return (
    roles.includes(viewer.role) &&
    ids.every((id) => id === null || typeof id === 'string') &&
    Array.isArray(viewer.scopes) &&
    viewer.scopes.every((scope) => typeof scope === 'string')
  );
}
