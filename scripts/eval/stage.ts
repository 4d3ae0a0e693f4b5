import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openDatabase, startEmbeddedPostgres, type Database } from '@supportgraph/data';
import { silent } from '@supportgraph/kernel';
import { seed } from '@supportgraph/prisma/seed';
import { SignJWT } from 'jose';
import { environment, readConfig } from '../../supergraph/src/config.js';
import { rootFolder } from '../../supergraph/src/folders.js';
import { startPlatform } from '../../supergraph/src/platform.js';
import { makeSubgraphs, playbooks } from '../../supergraph/src/registry.js';
import supergraphSdl from '../../supergraph/schema.graphql';

/** A platform that dialogues are played on. */
export interface Stage {
  gatewayUrl: string;
  /** An operator's token. */
  token: string;
  /** Puts the shop back to what it was at the start. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** What a run may lose with the machine, it need not write safely. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** A running platform is somebody's: nothing of it is put back. */
export function runningStage(gatewayUrl: string, token: string): Stage {
  return { gatewayUrl, token, reset: () => Promise.resolve(), close: () => Promise.resolve() };
}

/** Starts the whole platform with the demo shop on an embedded database of its own; settings of models are the environment's. */
export async function openStage(): Promise<Stage> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-eval-'));
  const forget = () => rmSync(dataDir, { recursive: true, force: true });
  // Also when a signal ends the process.
  process.once('exit', forget);
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end();
    process.off('exit', forget);
    forget();
  };
  try {
    // The database's own account must be able to enter.
    await chmod(dataDir, 0o755);
    const secret = randomBytes(32).toString('hex');
    const server = await startEmbeddedPostgres({
      dataDir: path.join(dataDir, 'postgres'),
      settings: forgetful,
      log: silent,
    });
    opened.push(() => server.stop());
    const platform = await startPlatform(readConfig(settings(dataDir, server.url, secret), []), {
      ...{ log: silent, migrations: path.join(rootFolder(), 'prisma/migrations'), playbooks, seed },
      ...{ supergraphSdl, webFolder: null, makeSubgraphs },
    });
    opened.push(() => platform.stop());
    const db = await openDatabase({ url: server.url, poolSize: 1, log: silent });
    opened.push(() => db.close());
    const reset = await keepShop(db);
    // The whole platform has its gateway here.
    return { gatewayUrl: platform.gatewayUrl!, token: await operatorToken(secret), reset, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function settings(dataDir: string, databaseUrl: string, secret: string): Record<string, string> {
  const { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, OFFLINE_LATENCY_MS, OFFLINE_TOKENS_PER_SECOND } = environment();
  const ofModels = { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, OFFLINE_LATENCY_MS, OFFLINE_TOKENS_PER_SECOND };
  return {
    ...Object.fromEntries(Object.entries(ofModels).flatMap(([name, value]) => (value ? [[name, value]] : []))),
    ...{
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      DEMO_SHOP: 'true',
      AUTH_JWT_SECRET: secret,
      INTERNAL_SECRET: secret,
      SESSION_SECRET: secret,
    },
    ...{ PORT: '0', ADMIN_PORT: '0', SUBGRAPH_PORT: '0', LISTEN_ADDRESS: '127.0.0.1' },
    // All customers of all dialogues come from one address.
    ...{ RATE_COST_PER_MINUTE: '100000000', RATE_MESSAGES_PER_MINUTE: '1000000' },
  };
}

function operatorToken(secret: string): Promise<string> {
  const token = new SignJWT({ role: 'operator' }).setProtectedHeader({ alg: 'HS256' }).setSubject('operator');
  return token.setIssuedAt().setExpirationTime('12h').sign(new TextEncoder().encode(secret));
}

const shopTables = `
  SELECT format('commerce.%I', c.relname) AS name, format('start.%I', c.relname) AS copy,
         (SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns
    FROM pg_class c
    WHERE c.relnamespace = 'commerce'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY 1`;

/** Keeps a copy of the shop; what it answers puts the shop back. */
async function keepShop(db: Database): Promise<() => Promise<void>> {
  const tables = await db.query<{ name: string; copy: string; columns: string }>(shopTables);
  await db.query('CREATE SCHEMA start');
  for (const { name, copy, columns } of tables)
    await db.query(`CREATE TABLE ${copy} AS SELECT ${columns} FROM ${name}`);
  return () =>
    db.transaction(async (tx) => {
      // Neither triggers nor foreign keys mind the order of the tables.
      await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
      await tx.$executeRawUnsafe(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
      for (const { name, copy, columns } of tables)
        await tx.$executeRawUnsafe(`INSERT INTO ${name} (${columns}) SELECT ${columns} FROM ${copy}`);
    });
}
