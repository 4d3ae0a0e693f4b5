import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { importShop } from '@supportgraph/commerce';
import { testShop, type TestOrder } from '@supportgraph/commerce/testing';
import { testDatabase, testRedis, type TestDatabase, type TestRedis } from '@supportgraph/data/testing';
import { silent } from '@supportgraph/kernel';
import { seedFaqs } from '../../prisma/demo/faqs/index.js';
import { seedGuides } from '../../prisma/demo/guides/index.js';
import supergraphSdl from '../../supergraph/schema.graphql';
import { readConfig } from '../../supergraph/src/config.js';
import { rootFolder } from '../../supergraph/src/folders.js';
import { startPlatform, type Platform } from '../../supergraph/src/platform.js';
import { makeSubgraphs, playbooks } from '../../supergraph/src/registry.js';
import { subgraphNames } from '../../supergraph/src/services.js';

/** Where a test's processes of the platform find their database, Redis and secrets. */
export interface Site {
  database: TestDatabase;
  redis: TestRedis;
  /** What every process of a split platform is told. */
  settings: Record<string, string>;
  close(): Promise<void>;
}

const secret = 's'.repeat(32);

/** A database with a small shop (two customers, `ann` and `bob`, with these orders of ann's), the FAQs and the guides; and a Redis. */
export async function openSite(orders: readonly TestOrder[]): Promise<Site> {
  const [database, redis, dataDir] = await Promise.all([
    testDatabase(),
    testRedis(),
    mkdtemp(path.join(os.tmpdir(), 'supportgraph-')),
  ]);
  const now = new Date();
  const shop = JSON.stringify(testShop(orders));
  const deps = { db: database.db, log: silent, clock: () => now };
  const imported = await importShop(deps, async function* () {
    yield shop;
  });
  if (!imported.ok) throw new Error(imported.errors[0]!.message.en);
  await seedFaqs(database.db, now);
  await seedGuides(database.db, now);
  return {
    database,
    redis,
    settings: {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      INTERNAL_SECRET: secret,
      SESSION_SECRET: secret,
      AUTH_JWT_SECRET: secret,
      DATA_DIR: dataDir,
      DATABASE_POOL_SIZE: '5',
      DRAIN_MS: '4000',
      PORT: '0',
      ADMIN_PORT: '0',
      SUBGRAPH_PORT: '0',
    },
    async close() {
      await Promise.all([database.drop(), redis.stop(), rm(dataDir, { recursive: true })]);
    },
  };
}

/** Starts one process's worth of the platform within this one. */
export function startPart(settings: Record<string, string>, host = 'all'): Promise<Platform> {
  return startPlatform(readConfig(settings, [`--host=${host}`]), {
    log: silent,
    migrations: path.join(rootFolder(), 'prisma/migrations'),
    playbooks,
    seed: () => Promise.resolve(),
    supergraphSdl,
    webFolder: null,
    makeSubgraphs,
  });
}

/** Tells a gateway where these subgraphs answer. */
export function urlSettings({ subgraphUrls }: Pick<Platform, 'subgraphUrls'>): Record<string, string> {
  const entries = Object.entries(subgraphUrls).map(([name, url]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url]);
  return Object.fromEntries(entries) as Record<string, string>;
}

export interface Hosted {
  /** Where the gateway answers. */
  url: string;
  stop(): Promise<void>;
}

/** The ways of hosting the platform that must not differ for a client. */
export const hostings: Readonly<Record<string, (site: Site) => Promise<Hosted>>> = {
  'in one process, streams in memory': async ({ settings }) =>
    hosted([await startPart({ ...settings, REDIS_URL: '' })]),
  'with a gateway beside some subgraphs': async ({ settings }) => {
    const rest = await startPart(settings, 'faq,handoff,orders');
    return hosted([
      rest,
      await startPart({ ...settings, ...urlSettings(rest) }, 'gateway,router,sessions,refunds,techsupport'),
    ]);
  },
  'with a gateway alone, all else over HTTP': async ({ settings }) => {
    const some = await startPart(settings, subgraphNames.slice(0, 4).join(','));
    const others = await startPart(settings, subgraphNames.slice(4).join(','));
    const gateway = await startPart({ ...settings, ...urlSettings(some), ...urlSettings(others) }, 'gateway');
    return hosted([some, others, gateway]);
  },
};

function hosted(parts: readonly Platform[]): Hosted {
  return {
    url: parts.at(-1)!.gatewayUrl!,
    async stop() {
      for (const part of [...parts].reverse()) await part.stop();
    },
  };
}
