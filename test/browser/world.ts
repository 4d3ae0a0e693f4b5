import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importShop } from '@supportgraph/commerce';
import { textOf } from '@supportgraph/commerce/testing';
import { type Database } from '@supportgraph/data';
import { freePort, testDatabase, testRedis } from '@supportgraph/data/testing';
import { silent } from '@supportgraph/kernel';
import { build } from 'vite';
import { seedFaqs } from '../../prisma/demo/faqs/index.js';
import { seedGuides } from '../../prisma/demo/guides/index.js';
import supergraphSdl from '../../supergraph/schema.graphql';
import { readConfig } from '../../supergraph/src/config.js';
import { rootFolder } from '../../supergraph/src/folders.js';
import { type Platform, startPlatform } from '../../supergraph/src/platform.js';
import { makeSubgraphs, playbooks } from '../../supergraph/src/registry.js';
import { subgraphNames } from '../../supergraph/src/services.js';
import { trustedDocuments } from '../../web/trustedDocuments.js';

/** The whole platform with the built page: the subgraphs in one process of the platform, the gateway in another. */
export interface World {
  /** Where the page is. */
  url: string;
  db: Database;
  /** Ends the gateway with all of its connections; the subgraphs work on. */
  stopGateway(): Promise<void>;
  /** Starts it again, on the same port, if it was stopped; with more settings, if some are given. */
  startGateway(settings?: Record<string, string>): Promise<void>;
  /** Subscriptions of the gateway that are open at the subgraphs. */
  openStreams(): Promise<number>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** How fast the offline model writes: a reply can only be met in its middle if it takes its time. */
  tokensPerSecond: number;
  /** A shop file. */
  shop: object;
  /** More settings of the gateway. */
  settings?: Record<string, string>;
}

/** Builds the page and starts a {@link World}. */
export async function startWorld({ tokensPerSecond, shop, settings = {} }: WorldOptions): Promise<World> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'supportgraph-page-'));
  const folder = path.join(dataDir, 'web');
  const [database, redis] = await Promise.all([testDatabase(), testRedis(), buildPage(folder)]);
  await fill(database.db, shop);

  const secret = 'for the tests of the page, for the tests';
  const env = {
    ...{ DATA_DIR: dataDir, DATABASE_URL: database.url, REDIS_URL: redis.url, DATABASE_POOL_SIZE: '5' },
    ...{ INTERNAL_SECRET: secret, SESSION_SECRET: secret, OFFLINE_TOKENS_PER_SECOND: String(tokensPerSecond) },
    ...{ ADMIN_PORT: '0', SUBGRAPH_PORT: '0', DRAIN_MS: '1000' },
  };
  const start = (services: string, more: object = {}) =>
    startPlatform(readConfig({ ...env, ...more }, [`--host=${services}`]), {
      log: silent,
      migrations: path.join(rootFolder(), 'prisma/migrations'),
      playbooks,
      seed: () => Promise.resolve(),
      supergraphSdl,
      webFolder: folder,
      trustedDocuments,
      makeSubgraphs,
    });
  const subgraphs = await start(subgraphNames.join());
  const urls = Object.entries(subgraphs.subgraphUrls).map(([name, url]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url]);
  // Late, so that nobody else takes it before.
  const port = await freePort();
  let gateway: Platform | null = null;
  const world: World = {
    url: `http://localhost:${port}/`,
    db: database.db,
    async stopGateway() {
      await gateway?.stop();
      gateway = null;
    },
    async startGateway(more = {}) {
      gateway ??= await start('gateway', { ...Object.fromEntries(urls), PORT: String(port), ...settings, ...more });
    },
    async openStreams() {
      const metrics = await (await fetch(`${gateway!.adminUrl}/metrics`)).text();
      const open = metrics.matchAll(/^supportgraph_subgraph_streams\{[^}]*\} (\d+)$/gm);
      return [...open].reduce((total, [, count]) => total + Number(count), 0);
    },
    async close() {
      await world.stopGateway();
      await subgraphs.stop();
      await Promise.all([redis.stop(), database.drop(), rm(dataDir, { recursive: true })]);
    },
  };
  await world.startGateway();
  return world;
}

async function buildPage(outDir: string): Promise<void> {
  const root = path.join(rootFolder(), 'web');
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: false } });
}

async function fill(db: Database, shop: object): Promise<void> {
  const now = new Date();
  await seedFaqs(db, now);
  await seedGuides(db, now);
  const imported = await importShop({ db, log: silent, clock: () => now }, () => textOf(shop));
  if (!imported.ok) throw new Error(`The shop is refused: ${imported.errors[0]?.message.en}`);
}
