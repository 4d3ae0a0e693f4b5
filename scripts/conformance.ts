/**
 * Proves that orders, returns and exchanges end as in a reference shop, to the cent: `npm run conformance -- DIR`, where
 * DIR has `shop.json` (as `shop:import` reads it) and `cases.json`. Each case runs through the gateway of a whole platform
 * on a copy of the shop. Without DIR the shared retail cases are run if they lie beside this folder, else those of
 * `test/conformance`. Ends with 1 if a case fails, with 2 if the folder cannot be used.
 */
import { existsSync, rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@supportgraph/data';
import { silent } from '@supportgraph/kernel';
import { rootFolder } from '../supergraph/src/folders.js';
import { Refusal } from './command.js';
import { readCases, type CaseFolder } from './conformance/readCases.js';
import { runCases } from './conformance/runCases.js';
import { showProgress } from './progress.js';

/** What the reference does and we do otherwise, with the reason. */
const deviations: readonly string[] = [];

/** What a run may lose with the machine, it need not write safely. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

function readFolder(args: readonly string[]): string {
  const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
  if (positionals.length > 1) throw new Refusal('Name one folder: npm run conformance -- DIR');
  const [named] = positionals;
  if (named) return named;
  const shared = path.join(rootFolder(), '../shared/data/retail');
  return existsSync(shared) ? shared : path.join(rootFolder(), 'test/conformance');
}

async function withServer<T>(run: (serverUrl: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-conformance-'));
  // An exit ends the server, which a signal alone would not.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // The database's own account must be able to enter.
  await chmod(folder, 0o755);
  const dataDir = path.join(folder, 'postgres');
  const server = await startEmbeddedPostgres({ dataDir, settings: forgetful, log: silent });
  try {
    return await run(server.url);
  } finally {
    await server.stop();
  }
}

/** Runs all cases, tells of those that fail, and answers how many do. */
async function report(serverUrl: string, folder: CaseFolder): Promise<number> {
  const progress = showProgress(process.stderr);
  let [run, failed] = [0, 0];
  for await (const { id, problems } of runCases(serverUrl, folder)) {
    progress.tell(`Run ${++run} of ${folder.cases.length}`);
    if (problems.length === 0) continue;
    failed += 1;
    console.log(`Case ${id} fails: ${problems.join('; ')}`);
  }
  progress.end();
  return failed;
}

async function main(): Promise<number> {
  const name = readFolder(process.argv.slice(2));
  const folder = await readCases(name);
  const failed = await withServer((serverUrl) => report(serverUrl, folder));
  const total = folder.cases.length;
  console.log(`Cases of ${path.relative(process.cwd(), name) || '.'}`);
  console.log(`Deviations from the reference: ${deviations.join('; ') || 'none'}`);
  console.log(`${total - failed} of ${total} cases`);
  return failed ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const isOfArguments = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof Refusal) && !isOfArguments) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
