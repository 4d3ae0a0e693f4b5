import type { Database } from './database.js';

/** What the gateway needs to know of an API client whose key was used. */
export interface KnownApiClient {
  id: string;
  scopes: string[];
  requestsPerMinute: number;
}

/** The client with this key; null if there is none, or it was revoked. */
export async function findApiClient(
  { query }: Pick<Database, 'query'>,
  keyHash: Buffer,
): Promise<KnownApiClient | null> {
  const [client] = await query<KnownApiClient>(
    `SELECT id, scopes, requests_per_minute AS "requestsPerMinute"
       FROM platform.api_clients WHERE key_hash = $1 AND revoked_at IS NULL`,
    [keyHash],
    'api-client-by-key',
  );
  return client ?? null;
}

/** Those of the clients whose keys are good no longer. */
export async function revokedApiClients(
  { query }: Pick<Database, 'query'>,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    `SELECT asked.id FROM unnest($1::text[]) asked (id)
       WHERE NOT EXISTS (SELECT FROM platform.api_clients c WHERE c.id = asked.id AND c.revoked_at IS NULL)`,
    [ids],
    'api-clients-revoked',
  );
  return new Set(rows.map(({ id }) => id));
}

/** Notes that clients have used their keys, to the minute. */
export async function noteApiClientsUsed(
  { query }: Pick<Database, 'query'>,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await query(
    `UPDATE platform.api_clients SET last_used_at = date_trunc('minute', $2::timestamptz)
       WHERE id = ANY($1) AND (last_used_at IS NULL OR last_used_at < date_trunc('minute', $2::timestamptz))`,
    [ids, now],
    'api-clients-used',
  );
}
