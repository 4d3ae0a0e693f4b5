/**
 * Prisma's CLI with an empty database of its own, which is gone afterwards:
 * `npx tsx scripts/prisma.ts migrate dev --name add_ratings` writes a migration on a machine without PostgreSQL.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { silent } from '@supportgraph/kernel';
import { startEmbeddedPostgres } from '@supportgraph/data';
import pg from 'pg';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = createRequire(import.meta.url).resolve('prisma/build/index.js');
// For machines that cannot download Prisma's engine: one that speaks its protocol, if there is one beside the checkout.
const standIn = path.join(root, '..', 'shared', 'tools', 'schema-engine.mjs');

/** Runs one command of the CLI; answers its exit code. */
export async function prisma(args: readonly string[]): Promise<number> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-prisma-'));
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' }, log: silent });
  try {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: root,
      stdio: 'inherit',
      env: {
        CHECKPOINT_DISABLE: '1',
        ...(existsSync(standIn) && { PRISMA_SCHEMA_ENGINE_BINARY: standIn }),
        ...process.env,
        DATABASE_URL: server.url,
        SHADOW_DATABASE_URL: await shadowOf(server.url),
      },
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true });
  }
}

/** A second database, in which Prisma tries migrations out. */
async function shadowOf(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('CREATE DATABASE shadow');
  await client.end();
  return Object.assign(new URL(url), { pathname: '/shadow' }).href;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await prisma(process.argv.slice(2));
