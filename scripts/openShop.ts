import path from 'node:path';
import type { CommerceDeps } from '@supportgraph/commerce';
import { findEmbeddedPostgres, migrate, openDatabase, startEmbeddedPostgres } from '@supportgraph/data';
import type { Running } from '@supportgraph/kernel';
import { environment, readConfig } from '../supergraph/src/config.js';
import { rootFolder } from '../supergraph/src/folders.js';
import { openLogger } from '../supergraph/src/logger.js';

/** A batch of a large file is one statement; no visitor waits for it. */
const statementTimeoutMs = 120_000;

/**
 * Opens the shop's database: that of `DATABASE_URL`, else the embedded one in `DATA_DIR`, beside a platform that runs on
 * it or, if none does, with a server that ends with `run`.
 */
export async function withShop<T>(run: (deps: CommerceDeps) => Promise<T>): Promise<T> {
  const config = readConfig(environment(), []);
  const log = openLogger(config.logLevel);
  const dataDir = path.resolve(config.dataDir, 'postgres');
  const running = config.databaseUrl ?? (await findEmbeddedPostgres({ dataDir }));
  const own = running ? null : await startEmbeddedPostgres({ dataDir, log });
  const opened: Running[] = own ? [own] : [];
  try {
    const url = running ?? own!.url;
    await migrate({ url, folder: path.join(rootFolder(), 'prisma/migrations'), log });
    const db = await openDatabase({ url, poolSize: 2, statementTimeoutMs, log });
    opened.push({ stop: () => db.close() });
    return await run({ db, log, clock: () => new Date() });
  } finally {
    for (const each of opened.reverse()) await each.stop();
  }
}
