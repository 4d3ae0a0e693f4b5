import { audit, idempotent, type Database } from '@supportgraph/data';
import {
  apiKeyHash,
  fail,
  isId,
  newApiKey,
  newId,
  notFound,
  ok,
  userError,
  type Clock,
  type Result,
  type Viewer,
} from '@supportgraph/kernel';
import type { Page } from '@supportgraph/subgraph';
import type { apiClientKey } from './data/apiClients.js';
import { insertApiClient, loadApiClients, markRevoked, readApiClients } from './data/apiClients.js';
import { readWish, type ApiClientRecord, type ApiClientWish } from './domain/apiClient.js';

/** What came of a wish for a client: the secret only the first time. */
export interface CreatedApiClient {
  apiClient: ApiClientRecord;
  secret: string | null;
}

/** The keys with which programs call the API. Operators make and revoke them; a client sees itself. */
export interface ApiClients {
  create(viewer: Viewer, input: ApiClientWish & { idempotencyKey: string }): Promise<Result<CreatedApiClient>>;
  revoke(viewer: Viewer, id: string): Promise<Result<ApiClientRecord>>;
  page(viewer: Viewer, page: Page<typeof apiClientKey>): Promise<ApiClientRecord[]>;
  /** In the order of the ids; null for those that are not there or not to be seen. */
  load(viewer: Viewer, ids: readonly string[]): Promise<(ApiClientRecord | null)[]>;
}

/** Makes {@link ApiClients}. */
export function apiClientsService({ db, clock }: { db: Database; clock: Clock }): ApiClients {
  const load: ApiClients['load'] = async (viewer, ids) => {
    const seen = ids.filter((id) => isId('api', id) && maySee(viewer, id));
    const found = new Map((seen.length ? await loadApiClients(db, seen) : []).map((client) => [client.id, client]));
    return ids.map((id) => found.get(id) ?? null);
  };

  return {
    load,
    page: async (viewer, page) => (isOperator(viewer) ? readApiClients(db, page) : []),

    async create(viewer, { idempotencyKey: key, ...input }) {
      if (!isOperator(viewer)) return fail(forbidden);
      const wish = readWish(input);
      if (!wish.ok) return wish;
      const client = wish.value;
      let secret: string | null = null;
      const made = await db.transaction((tx) => {
        const now = clock();
        const use = { scope: scopeOf(viewer), key, operation: 'createApiClient', input: client, now };
        return idempotent(tx, use, async () => {
          const id = newId('api', now.getTime());
          const { key: apiKey, keyPrefix } = newApiKey();
          // A key that was just made has a hash.
          await insertApiClient(tx, { ...client, id, keyPrefix, keyHash: apiKeyHash(apiKey)!, createdAt: now });
          const changes = { ...client };
          const deed = { viewer, action: 'apiClient.create', outcome: 'SUCCEEDED', subjectId: id, changes } as const;
          await audit(tx, deed, now);
          secret = apiKey;
          return ok({ id });
        });
      });
      if (!made.ok) return made;
      const [apiClient] = await load(viewer, [made.value.id]);
      return apiClient ? ok({ apiClient, secret }) : fail(notFound());
    },

    async revoke(viewer, id) {
      if (!isOperator(viewer)) return fail(forbidden);
      if (!isId('api', id)) return fail(unknownClient);
      const outcome = await db.transaction(async (tx) => {
        const now = clock();
        const outcome = await markRevoked(tx, id, now);
        if (outcome === 'revoked')
          await audit(tx, { viewer, action: 'apiClient.revoke', outcome: 'SUCCEEDED', subjectId: id }, now);
        return outcome;
      });
      const [apiClient] = outcome ? await load(viewer, [id]) : [];
      return apiClient ? ok(apiClient) : fail(unknownClient);
    },
  };
}

function isOperator({ role }: Viewer): boolean {
  return role === 'OPERATOR';
}

function maySee(viewer: Viewer, id: string): boolean {
  return isOperator(viewer) || viewer.apiClientId === id;
}

function scopeOf({ staffId }: Viewer): string {
  return `operator:${staffId ?? ''}`;
}

const unknownClient = notFound('input', 'apiClientId');
const forbidden = userError('FORBIDDEN', 'Only operators manage API clients.', '只有平台管理員可以管理 API 用戶端。');
