import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '@supportgraph/kernel';
import pg from 'pg';

export interface MigrateOptions {
  url: string;
  /** The folder of the migrations: `prisma/migrations`. */
  folder: string;
  log: Logger;
}

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

// Prisma's own, so that its CLI and we never migrate at once.
const lockId = 72707369;

// As `prisma migrate deploy` makes it: its CLI reads our rows and we read its.
const table = `
  CREATE TABLE IF NOT EXISTS public._prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/** Applies what `prisma migrate deploy` would, in the same way but without Prisma's engine; answers the names applied. */
export async function migrate({ url, folder, log }: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: url, application_name: 'supportgraph migrate' });
  // A connection that breaks rejects the statement under way; without a listener it would also end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockId]);
    await client.query(table);
    const done = await appliedMigrations(client);
    const missing = migrations.filter(({ name }) => !done.has(name));
    for (const { name, checksum } of migrations) {
      if (done.has(name) && done.get(name) !== checksum)
        log.warn({ name }, 'migration was edited after it was applied');
    }
    for (const migration of missing) {
      await apply(client, migration);
      log.info({ name: migration.name }, 'migration applied');
    }
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** The migrations of a folder, in their order. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** Checksums of what was applied, by name. A migration that broke off needs a person first. */
async function appliedMigrations(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM public._prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const broken = rows.filter(({ finished_at }) => !finished_at).map(({ migration_name }) => migration_name);
  if (broken.length) {
    throw new Error(
      `Migrations broke off earlier: ${broken.join(', ')}. Mend the database, then \`prisma migrate resolve\``,
    );
  }
  return new Map(rows.map(({ migration_name, checksum }) => [migration_name, checksum]));
}

/** The whole script in one call, which PostgreSQL runs as one transaction unless the script says otherwise. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query(
    'INSERT INTO public._prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, now())',
    [id, checksum, name],
  );
  try {
    await client.query(sql);
  } catch (error) {
    await client.query('UPDATE public._prisma_migrations SET logs = $2 WHERE id = $1', [id, String(error)]);
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
  await client.query(
    'UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
    [id],
  );
}
