import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { caller, callerWith, type Caller } from './client.js';
import type { Site } from './hosting.js';

/** A token of the merchant's with any claims. */
export function merchantToken(
  { settings }: Pick<Site, 'settings'>,
  { exp, ...claims }: { role?: string; sub?: string; exp?: string | number },
): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(exp ?? '1h');
  return token.sign(new TextEncoder().encode(settings.AUTH_JWT_SECRET));
}

/** A new API key, which an operator with this token makes. */
export async function makeKey(url: string, operatorToken: string, scopes: readonly string[]): Promise<string> {
  const { createApiClient } = await caller(url, operatorToken).run<{ createApiClient: { secret: string } }>(
    'mutation ($input: CreateApiClientInput!) { createApiClient(input: $input) { secret } }',
    { input: { idempotencyKey: randomUUID(), name: 'Partner', scopes } },
  );
  return createApiClient.secret;
}

/** A program with a new API key that has these scopes. */
export async function partner(site: Site, url: string, scopes: readonly string[]): Promise<Caller> {
  const operatorToken = await merchantToken(site, { role: 'operator', sub: 'stf_ola' });
  return callerWith(url, { 'x-api-key': await makeKey(url, operatorToken, scopes) });
}
