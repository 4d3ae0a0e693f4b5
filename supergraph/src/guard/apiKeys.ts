import { setMaxListeners } from 'node:events';
import {
  findApiClient,
  type Database,
  type KnownApiClient,
  noteApiClientsUsed,
  revokedApiClients,
} from '@supportgraph/data';
import { apiKeyHash, type Logger, type Running } from '@supportgraph/kernel';
import { lru } from './lru.js';

/** An API client whose key is good. */
export interface ApiKeyHolder extends KnownApiClient {
  /** Aborted when the key is revoked. */
  revoked: AbortSignal;
}

/** Knows the keys of API clients. */
export interface ApiKeys extends Running {
  /** Who has this key; null if nobody has, or no longer. Rejects if that cannot be found out. */
  holderOf(key: string): Promise<ApiKeyHolder | null>;
}

export interface ApiKeysOptions {
  db: Pick<Database, 'query'>;
  log: Logger;
  /** How long a key that was looked up is taken for good or bad without asking again, in ms. @default 30_000 */
  knownMs?: number;
  /** How often keys in use are looked at for having been revoked, in ms. @default 2_000 */
  watchMs?: number;
}

interface Known {
  holder: ApiKeyHolder | null;
  until: number;
}

const rememberedKeys = 10_000;

/**
 * Looks keys up by their hash and remembers what came of it, so that a busy client costs no query per request and a
 * guessed key no more than one. The clients in use are watched with one query by primary key: a revocation reaches
 * requests and open streams within `watchMs`, through any pooler and without a connection that has to stay up.
 */
export function openApiKeys({ db, log, knownMs = 30_000, watchMs = 2_000 }: ApiKeysOptions): ApiKeys {
  const known = lru<string, Known>(rememberedKeys);
  const asked = new Map<string, Promise<ApiKeyHolder | null>>();
  const watched = new Map<string, AbortController>();
  const used = new Set<string>();

  const look = async (hash: Buffer, name: string, before: ApiKeyHolder | null): Promise<ApiKeyHolder | null> => {
    const client = await findApiClient(db, hash).catch((fault: unknown) => {
      // Nobody can have been revoked either while the database is away.
      if (before && !before.revoked.aborted) return before;
      throw fault;
    });
    const holder = client && { ...client, revoked: watch(client.id).signal };
    known.set(name, { holder, until: Date.now() + knownMs }, 1);
    return holder;
  };
  const watch = (id: string) => {
    let controller = watched.get(id);
    if (!controller) {
      watched.set(id, (controller = new AbortController()));
      // Every socket and stream of the client listens to it.
      setMaxListeners(0, controller.signal);
    }
    return controller;
  };

  const round = async () => {
    try {
      const ids = [...watched.keys()];
      if (ids.length) for (const id of await revokedApiClients(db, ids)) revoke(id);
      const busy = [...used];
      used.clear();
      if (busy.length) await noteApiClientsUsed(db, busy, new Date());
    } catch (error) {
      // Whoever is known stays known: an outage of the database must not cut every partner off.
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'API keys could not be watched');
    }
    if (!isStopped) timer = setTimeout(next, watchMs);
  };
  const revoke = (id: string) => {
    watched.get(id)?.abort();
    watched.delete(id);
  };
  let isStopped = false;
  let last: Promise<void> = Promise.resolve();
  const next = () => (last = round());
  let timer = setTimeout(next, watchMs);

  return {
    async holderOf(key) {
      const hash = apiKeyHash(key);
      if (!hash) return null;
      const name = hash.toString('base64');
      const found = known.get(name);
      const isFresh = found && found.until > Date.now() && !found.holder?.revoked.aborted;
      if (!isFresh && !asked.has(name)) {
        asked.set(
          name,
          look(hash, name, found?.holder ?? null).finally(() => asked.delete(name)),
        );
      }
      const holder = isFresh ? found.holder : await asked.get(name)!;
      if (holder) used.add(holder.id);
      return holder;
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await last;
    },
  };
}
