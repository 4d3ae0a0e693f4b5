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
  type UserError,
  type Viewer,
} from '@supportgraph/kernel';
import type { Page } from '@supportgraph/subgraph';
import type { apiClientKey } from './data/apiClients.js';
import { insertApiClient, loadApiClients, markRevoked, readApiClients } from './data/apiClients.js';
import { readWish, type ApiClientRecord, type ApiClientWish } from './domain/apiClient.js';

type Refusal = Extract<Result<never>, { ok: false }>;

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

  /** Keeps that a deed was refused; gives the refusal back. Nothing that was said is kept but the client's id. */
  const refused = async (viewer: Viewer, action: string, refusal: Refusal, subjectId?: string): Promise<Refusal> => {
    const [error] = refusal.errors;
    await db.transaction((tx) =>
      audit(tx, { viewer, action, outcome: 'DENIED', code: error?.code, subjectId }, clock()),
    );
    return refusal;
  };

  return {
    load,
    page: async (viewer, page) => (isOperator(viewer) ? readApiClients(db, page) : []),

    async create(viewer, { idempotencyKey: key, ...input }) {
      const wish = isOperator(viewer) ? readWish(input) : fail(forbidden);
      if (!wish.ok) return refused(viewer, 'apiClient.create', wish);
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
      if (!made.ok) return refused(viewer, 'apiClient.create', made);
      const [apiClient] = await load(viewer, [made.value.id]);
      return apiClient ? ok({ apiClient, secret }) : fail(notFound());
    },

    async revoke(viewer, id) {
      const deny = (error: UserError, subjectId?: string) =>
        refused(viewer, 'apiClient.revoke', { ok: false, errors: [error] }, subjectId);
      if (!isId('api', id)) return deny(isOperator(viewer) ? unknownClient : forbidden);
      if (!isOperator(viewer)) return deny(forbidden, id);
      const outcome = await db.transaction(async (tx) => {
        const now = clock();
        const outcome = await markRevoked(tx, id, now);
        if (outcome === 'revoked')
          await audit(tx, { viewer, action: 'apiClient.revoke', outcome: 'SUCCEEDED', subjectId: id }, now);
        return outcome;
      });
      const [apiClient] = outcome ? await load(viewer, [id]) : [];
      return apiClient ? ok(apiClient) : deny(unknownClient, id);
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
