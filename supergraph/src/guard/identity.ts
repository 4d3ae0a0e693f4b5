import { isId, isSessionToken, nobody, verifySessionToken, type Viewer } from '@supportgraph/kernel';
import { codedError } from '@supportgraph/subgraph';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';

/** What a caller shows: headers of a request, or the same names in the payload of a WebSocket's `connection_init`. */
export interface Credentials {
  authorization?: string | undefined;
  apiKey?: string | undefined;
}

/** Who a caller is, and until when that is known. */
export interface Identified {
  viewer: Viewer;
  /** In ms since 1970; null if the credentials do not expire by themselves. */
  expiresAt: number | null;
}

/** Finds out who is asking. Rejects with `UNAUTHENTICATED` if the credentials are not good: bad ones are never taken for none. */
export type Identity = (credentials: Credentials) => Promise<Identified>;

export interface IdentityOptions {
  /** Signs the tokens of visitors. */
  sessionSecret: string;
  /** Signs the tokens of customers, staff and operators (HS256). */
  jwtSecret?: string;
  /** Where the merchant publishes the public keys for the same. */
  jwksUrl?: string;
  /** The `iss` that tokens must have. @default any */
  issuer?: string;
  /** The `aud` that tokens must have. @default any */
  audience?: string;
}

/** Signatures that a key published by a merchant may have made; never a shared secret, and never `none`. */
const publicKeyAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const clockToleranceSeconds = 5;

/** Makes the {@link Identity} of a gateway. */
export function openIdentity(options: IdentityOptions): Identity {
  const verify = jwtVerifier(options);
  return async ({ authorization, apiKey }) => {
    // No API client exists, so no key is a good one.
    if (apiKey) throw refused();
    if (!authorization) return { viewer: nobody, expiresAt: null };
    const token = /^Bearer ([^\s]+)$/i.exec(authorization)?.[1];
    if (!token) throw refused();
    if (isSessionToken(token)) return { viewer: visitor(options.sessionSecret, token), expiresAt: null };
    const claims = await verify(token);
    return { viewer: viewerOf(claims), expiresAt: claims.exp! * 1_000 };
  };
}

function visitor(secret: string, token: string): Viewer {
  const sessionId = verifySessionToken(secret, token);
  if (!sessionId) throw refused();
  return { ...nobody, sessionId };
}

function jwtVerifier({
  jwtSecret,
  jwksUrl,
  issuer,
  audience,
}: IdentityOptions): (token: string) => Promise<JWTPayload> {
  const required = { issuer, audience, requiredClaims: ['exp', 'sub'], clockTolerance: clockToleranceSeconds };
  const key: JWTVerifyGetKey | null = jwksUrl
    ? createRemoteJWKSet(new URL(jwksUrl))
    : jwtSecret
      ? () => new TextEncoder().encode(jwtSecret)
      : null;
  const algorithms = jwksUrl ? publicKeyAlgorithms : ['HS256'];
  return async (token) => {
    if (!key) throw refused();
    try {
      const { payload } = await jwtVerify(token, key, { ...required, algorithms });
      return payload;
    } catch (error) {
      throw isOutage(error) ? codedError('SERVICE_UNAVAILABLE') : refused();
    }
  };
}

/** The keys could not be had: that says nothing of the token. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return (
    error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC'
  );
}

function viewerOf({ sub = '', role }: JWTPayload): Viewer {
  switch (role) {
    case 'customer':
      if (!isId('cus', sub)) throw refused();
      return { ...nobody, role: 'CUSTOMER', customerId: sub };
    case 'staff':
      if (!isId('stf', sub)) throw refused();
      return { ...nobody, role: 'STAFF', staffId: sub };
    case 'operator':
      return { ...nobody, role: 'OPERATOR', staffId: isId('stf', sub) ? sub : null };
    default:
      throw refused();
  }
}

function refused() {
  return codedError('UNAUTHENTICATED');
}
