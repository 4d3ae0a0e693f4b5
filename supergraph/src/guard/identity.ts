import { isId, isSessionToken, nobody, verifySessionToken, type Viewer } from '@supportgraph/kernel';
import { codedError } from '@supportgraph/subgraph';
import { GraphQLError } from 'graphql';
import { type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { ApiKeyHolder, ApiKeys } from './apiKeys.js';
import { merchantKeys } from './jwks.js';

/** What a caller shows: headers of a request, or the same names in the payload of a WebSocket's `connection_init`. */
export interface Credentials {
  authorization?: string | undefined;
  apiKey?: string | undefined;
}

/** Who a caller is, and how long that holds. */
export interface Identified {
  viewer: Viewer;
  /** In ms since 1970; null if the credentials do not expire by themselves. */
  expiresAt: number | null;
  /** Aborted when the credentials are taken back before; null if they cannot be. */
  revoked: AbortSignal | null;
  /** Requests a minute that an API client's key allows; null for everybody else. */
  requestsPerMinute: number | null;
}

/**
 * Finds out who is asking. Rejects with `UNAUTHENTICATED` if the credentials are not good (bad ones are never taken for
 * none), and with `SERVICE_UNAVAILABLE` if they cannot be judged now.
 */
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
  /** Knows the keys of API clients. @default no key is good */
  apiKeys?: Pick<ApiKeys, 'holderOf'>;
}

/** Signatures that a key published by a merchant may have made; never a shared secret, and never `none`. */
const publicKeyAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const clockToleranceSeconds = 5;
/** Longer ones are not looked at: the largest of a merchant has a few claims and one signature. */
const longestToken = 8_192;
const lasting = { expiresAt: null, revoked: null, requestsPerMinute: null };

/** Makes the {@link Identity} of a gateway. */
export function openIdentity(options: IdentityOptions): Identity {
  const verify = jwtVerifier(options);
  return async ({ authorization, apiKey }) => {
    // Two identities at once would leave open which one holds.
    if (apiKey !== undefined && authorization !== undefined) throw refused();
    if (apiKey !== undefined) return partner(await holderOf(options, apiKey));
    if (authorization === undefined) return { viewer: nobody, ...lasting };
    const token = /^Bearer ([^\s]+)$/i.exec(authorization)?.[1];
    if (!token || token.length > longestToken) throw refused();
    if (isSessionToken(token)) return { viewer: visitor(options.sessionSecret, token), ...lasting };
    const claims = await verify(token);
    return { ...lasting, viewer: viewerOf(claims), expiresAt: claims.exp! * 1_000 };
  };
}

async function holderOf({ apiKeys }: IdentityOptions, key: string): Promise<ApiKeyHolder> {
  const holder = await apiKeys?.holderOf(key).catch(() => {
    throw codedError('SERVICE_UNAVAILABLE', undefined, { retryable: true });
  });
  if (!holder) throw refused();
  return holder;
}

function partner({ id, scopes, revoked, requestsPerMinute }: ApiKeyHolder): Identified {
  const viewer: Viewer = { ...nobody, role: 'PARTNER', apiClientId: id, scopes };
  return { viewer, expiresAt: null, revoked, requestsPerMinute };
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
    ? merchantKeys({ url: jwksUrl })
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
      // Keys that cannot be had say nothing of the token; whatever else jose throws is about it.
      throw error instanceof GraphQLError ? error : refused();
    }
  };
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
