import { codedError } from '@supportgraph/subgraph';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/*
 * The merchant's public keys. jose's own remote set asks the merchant again for every token while their server is away,
 * and for every made-up key id once its cooldown is over; this one asks at most once in a while, whatever comes in.
 */

export interface MerchantKeysOptions {
  url: string;
  /** How long keys are good without asking again, in ms. @default 600_000 */
  freshMs?: number;
  /** The shortest time between two questions, in ms: for an unknown key id, and after a failure. @default 30_000 */
  pauseMs?: number;
  /** The shortest time between two questions while there are no keys at all, in ms. @default 1_000 */
  firstPauseMs?: number;
  /** How long keys are still taken for good while the merchant's server is away, in ms. @default 3_600_000 */
  staleMs?: number;
  /** How long the merchant's server may take, in ms. @default 3_000 */
  timeoutMs?: number;
}

const maxBytes = 65_536;

/** Finds the key that a token names. Rejects with `SERVICE_UNAVAILABLE` if it cannot be had: that says nothing of the token. */
export function merchantKeys(options: MerchantKeysOptions): JWTVerifyGetKey {
  const { url, freshMs = 600_000, pauseMs = 30_000, firstPauseMs = 1_000, staleMs = 3_600_000 } = options;
  const { timeoutMs = 3_000 } = options;
  let keys: JWTVerifyGetKey | null = null;
  let readAt = -Infinity;
  let askedAt = -Infinity;
  let failed = false;
  let asking: Promise<void> | null = null;

  /** Asks the merchant, unless that was done a moment ago. */
  const refresh = async (): Promise<void> => {
    const pause = keys ? pauseMs : firstPauseMs;
    if (!asking && performance.now() - askedAt < pause) return;
    if (!asking) {
      askedAt = performance.now();
      asking = readKeys(url, timeoutMs)
        .then(
          (read) => {
            keys = createLocalJWKSet(read);
            readAt = performance.now();
            failed = false;
          },
          () => {
            failed = true;
          },
        )
        .finally(() => (asking = null));
    }
    await asking;
  };

  return async (header, token) => {
    const age = performance.now() - readAt;
    if (age > freshMs) await refresh();
    if (!keys || performance.now() - readAt > staleMs) throw away(firstPauseMs);
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await refresh();
      // A new key may be published where nobody can read it now.
      if (failed) throw away(pauseMs);
      return keys(header, token);
    }
  };
}

async function readKeys(url: string, timeoutMs: number): Promise<JSONWebKeySet> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok || !response.body) throw new Error('The keys cannot be read.');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error('There are too many keys.');
    chunks.push(chunk);
  }
  const read = JSON.parse(Buffer.concat(chunks).toString('utf8')) as JSONWebKeySet;
  // Throws if it is no set of keys.
  createLocalJWKSet(read);
  return read;
}

function away(retryAfterMs: number) {
  return codedError('SERVICE_UNAVAILABLE', undefined, { retryable: true, retryAfterMs });
}
