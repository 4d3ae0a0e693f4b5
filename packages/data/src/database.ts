import { PrismaPg } from '@prisma/adapter-pg';
import type { Logger, Running } from '@supportgraph/kernel';
import pg from 'pg';
import { Prisma, PrismaClient } from './generated/prisma/client.js';
import { makeListener } from './listener.js';
import { SerialClient } from './serialClient.js';
import { runTransaction, type TransactionOptions, type Tx } from './transaction.js';

export interface Database {
  /** Prisma's client, over the same pool as {@link Database.query}. */
  prisma: PrismaClient;
  /**
   * One statement on the pool, prepared if it has a name (then the name stands for that text for good).
   * `bigint` comes back as a number. A value for a `jsonb` parameter that is an array must be given as JSON text,
   * because an array is sent as a PostgreSQL array.
   */
  query<Row>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]>;
  /** Runs a transaction; it is tried again when it loses a conflict, so `run` may be called several times. */
  transaction<T>(run: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * Listens on a channel, over one connection that all listeners share and that mends itself.
   * After a reconnect `onMessage` is called once with `''`, as messages may have been missed.
   */
  listen(channel: string, onMessage: (payload: string) => void): Promise<Running>;
  /** Sends to the listeners of a channel, at most 8,000 bytes. */
  notify(channel: string, payload: string): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Connections of the pool. @default 10 */
  poolSize?: number;
  /** How long one statement may take, in ms. @default 10_000 */
  statementTimeoutMs?: number;
  log: Logger;
}

const connectTimeoutMs = 5_000;

/** Opens a pool, Prisma's client over it, and (at the first use) the connection that listens. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, poolSize = 10, statementTimeoutMs = 10_000, log } = options;
  const connection: pg.ClientConfig = {
    connectionString: url,
    application_name: 'supportgraph',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  };
  const pool = new pg.Pool({
    ...connection,
    max: poolSize,
    statement_timeout: statementTimeoutMs,
    // A process that stops between two statements must not hold its locks for ever.
    idle_in_transaction_session_timeout: 2 * statementTimeoutMs,
    types: { getTypeParser },
    Client: SerialClient,
  });
  pool.on('error', (error) => log.warn({ error: error.message }, 'idle database connection lost'));

  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  const listener = makeListener({ connection, log });
  const database: Database = {
    prisma,
    query: async <Row>(text: string, values: readonly unknown[] = [], name?: string) =>
      (await pool.query({ text, values: [...values], name })).rows as Row[],
    transaction: (run, transactionOptions) =>
      runTransaction(prisma, run, { timeoutMs: 2 * statementTimeoutMs, ...transactionOptions }),
    listen: listener.listen,
    async notify(channel, payload) {
      await database.query('SELECT pg_notify($1, $2)', [channel, payload], 'notify');
    },
    async close() {
      await listener.stop();
      await prisma.$disconnect();
      await pool.end();
    },
  };
  await warm(database);
  return database;
}

/** Proves that the database is there, and loads Prisma's query compiler, which takes 0.4 s, before the first request. */
async function warm(database: Database): Promise<void> {
  try {
    // A query of a model, since raw ones need no compiler.
    await database.prisma.apiClient.findFirst({ select: { id: true } });
  } catch (error) {
    if (isMissingTable(error)) return;
    await database.close();
    throw error;
  }
}

/** The database may be opened before its migrations are applied. */
function isMissingTable(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2021';
}

/** As pg has them, but counts and other 64-bit integers as numbers; one that a number cannot hold is a fault. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: string) => {
  if (oid === pg.types.builtins.INT8 && format !== 'binary') return safeInteger;
  return pg.types.getTypeParser(oid, format as 'text');
};

function safeInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError('A 64-bit integer does not fit a number');
  return number;
}
