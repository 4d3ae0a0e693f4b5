import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { silent } from '@supportgraph/kernel';
import pg from 'pg';
import { openDatabase, type Database, type DatabaseOptions } from '../database.js';
import { migrate, readMigrations } from '../migrate.js';

const migrations = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url));
const makingTemplate = 72707370;

export interface TestDatabase {
  db: Database;
  url: string;
  /** Closes the database and removes it. */
  drop(): Promise<void>;
}

/** An empty, migrated database on the server at `serverUrl`, copied in 50 ms from one that was migrated once. */
export async function makeTestDatabase(
  serverUrl: string,
  options: Partial<Omit<DatabaseOptions, 'url'>> = {},
): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = await makeTemplate(serverUrl);
  await onServer(serverUrl, (server) => server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const url = urlOf(serverUrl, name);
  const db = await openDatabase({ poolSize: 5, log: silent, ...options, url });
  return {
    db,
    url,
    async drop() {
      await db.close();
      await onServer(serverUrl, (server) => server.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** Makes the database that the others are copied from, unless these very migrations were applied to one already. */
async function makeTemplate(serverUrl: string): Promise<string> {
  const checksums = (await readMigrations(migrations)).map(({ checksum }) => checksum);
  const template = `migrated_${createHash('sha256').update(checksums.join()).digest('hex').slice(0, 12)}`;
  await onServer(serverUrl, async (server) => {
    await server.query('SELECT pg_advisory_lock($1)', [makingTemplate]);
    const { rowCount } = await server.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (rowCount) return;
    // Under another name until it is whole.
    await server.query(`DROP DATABASE IF EXISTS ${template}_part`);
    await server.query(`CREATE DATABASE ${template}_part`);
    await migrate({ url: urlOf(serverUrl, `${template}_part`), folder: migrations, log: silent });
    await server.query(`ALTER DATABASE ${template}_part RENAME TO ${template}`);
  });
  return template;
}

async function onServer<T>(url: string, run: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client(url);
  await server.connect();
  try {
    return await run(server);
  } finally {
    await server.end();
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
