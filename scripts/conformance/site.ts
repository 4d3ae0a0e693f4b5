import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { importShop, openCommerce, type CommerceDeps, type ShopFile } from '@supportgraph/commerce';
import { migrate, openDatabase, type Database } from '@supportgraph/data';
import { silent } from '@supportgraph/kernel';
import pg from 'pg';
import { readConfig } from '../../supergraph/src/config.js';
import { rootFolder } from '../../supergraph/src/folders.js';
import { startPlatform, type Platform } from '../../supergraph/src/platform.js';
import { makeSubgraphs, playbooks } from '../../supergraph/src/registry.js';
import supergraphSdl from '../../supergraph/schema.graphql';
import { Refusal } from '../command.js';
import { readShopState, type ShopState } from './shopState.js';

/** The whole platform on a database of its own that holds the shop. */
export interface Site {
  gatewayUrl: string;
  jwtSecret: string;
  /** The shop as it was imported. */
  start: ShopState;
  state(): Promise<ShopState>;
  /** Waits until all money is sent; answers what is not, and where the payment provider's book is not as ours. */
  settle(): Promise<string[]>;
  /** Puts every row of the shop and of all conversations back to what it was at the start. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** A table whose rows are put back: its name, the name of the copy of the start, and its columns. */
interface KeptTable {
  name: string;
  copy: string;
  columns: string;
}

const migrations = path.join(rootFolder(), 'prisma/migrations');
const sendingMs = 30_000;
const pollMs = 20;

/** Brings the shop into a new database of the server at this URL and starts the platform on it. */
export async function openSite(serverUrl: string, shop: ShopFile): Promise<Site> {
  const name = `conformance_${randomBytes(6).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of opened.reverse()) await end();
  };
  try {
    await onServer(serverUrl, `CREATE DATABASE ${name}`);
    opened.push(() => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`));
    await migrate({ url: url.href, folder: migrations, log: silent });
    const db = await openDatabase({ url: url.href, poolSize: 2, log: silent });
    opened.push(() => db.close());
    const deps = { db, log: silent, clock: () => new Date() };
    await bringIn(deps, shop);
    const tables = await keepStart(db);
    const start = await readShopState(deps);
    const jwtSecret = secret();
    const platform = await startWhole(url.href, jwtSecret);
    opened.push(() => platform.stop());
    return {
      // The whole platform has its gateway here.
      gatewayUrl: platform.gatewayUrl!,
      ...{ jwtSecret, start, close },
      state: () => readShopState(deps),
      settle: () => settle(deps),
      reset: () => reset(db, tables),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** In the reference an e-mail, or name and postcode, are enough to be known. */
async function bringIn(deps: CommerceDeps, shop: ShopFile): Promise<void> {
  const text = JSON.stringify({ ...shop, settings: { ...shop.settings, verification: 'EMAIL' } });
  const imported = await importShop(deps, async function* () {
    yield text;
  });
  if (!imported.ok) throw new Refusal(`shop.json is refused. ${imported.errors[0]!.message.en}`);
}

function startWhole(databaseUrl: string, jwtSecret: string): Promise<Platform> {
  const settings = {
    ...{ DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: '5', AUTH_JWT_SECRET: jwtSecret },
    ...{ INTERNAL_SECRET: secret(), SESSION_SECRET: secret() },
    ...{ PORT: '0', ADMIN_PORT: '0', SUBGRAPH_PORT: '0', LISTEN_ADDRESS: '127.0.0.1' },
    // All customers of all cases come from one address.
    RATE_COST_PER_MINUTE: '100000000',
  };
  return startPlatform(readConfig(settings, []), {
    ...{ log: silent, migrations, playbooks, supergraphSdl, webFolder: null, makeSubgraphs },
    seed: () => Promise.resolve(),
  });
}

async function settle({ db, ...deps }: CommerceDeps): Promise<string[]> {
  const deadline = Date.now() + sendingMs;
  const isSending = { status: 'APPROVED', failedAt: null } as const;
  while (await db.prisma.refund.count({ where: isSending })) {
    if (Date.now() > deadline) return ['money that goes back is not sent'];
    await pause(pollMs);
  }
  const found = await openCommerce({ db, ...deps }).refunds.reconcile();
  return found.map(({ key, problem }) => `refund ${key} is ${problem} in the payment provider's book`);
}

const tablesOfCases = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name, format('start.%I', n.nspname || '_' || c.relname) AS copy,
         (SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('commerce', 'conversation') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY 1`;

async function keepStart(db: Database): Promise<KeptTable[]> {
  const tables = await db.query<KeptTable>(tablesOfCases);
  await db.query('CREATE SCHEMA start');
  for (const { name, copy, columns } of tables)
    await db.query(`CREATE TABLE ${copy} AS SELECT ${columns} FROM ${name}`);
  return tables;
}

function reset(db: Database, tables: readonly KeptTable[]): Promise<void> {
  return db.transaction(async (tx) => {
    // Neither triggers nor foreign keys mind the order of the tables.
    await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
    await tx.$executeRawUnsafe(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
    for (const { name, copy, columns } of tables)
      await tx.$executeRawUnsafe(`INSERT INTO ${name} (${columns}) SELECT ${columns} FROM ${copy}`);
  });
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function secret(): string {
  return randomBytes(32).toString('hex');
}
