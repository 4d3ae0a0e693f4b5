/**
 * Writes the whole shop as a file that `shop:import` reads: `npm run --silent shop:export -- FILE.json`, or to stdout
 * without a file. Works on DATABASE_URL or the embedded database in DATA_DIR, whether or not the platform runs.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { exportShop } from '@supportgraph/commerce';
import { Refusal, runCommand } from './command.js';
import { withShop } from './openShop.js';
import { showProgress } from './progress.js';

function readFileName(args: readonly string[]): string | null {
  const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
  if (positionals.length > 1) throw new Refusal('Name one file, or none for stdout: npm run shop:export -- FILE.json');
  return positionals[0] ?? null;
}

/** Writes the shop to a stream, as fast as that takes it. */
async function writeShop(out: Writable): Promise<void> {
  const progress = showProgress(process.stderr);
  let characters = 0;
  let fault: unknown;
  out.on('error', (error) => (fault = error));
  // Whatever closes it early is told by `fault`.
  const closed = once(out, 'close').catch(() => {});
  const write = async (text: string) => {
    if (fault) throw fault;
    characters += text.length;
    progress.tell(`Written ${Math.round(characters / 1_000).toLocaleString('en')} kB`);
    if (!out.write(text)) await Promise.race([once(out, 'drain'), closed]);
  };
  await withShop((deps) => exportShop(deps, write));
  progress.end();
}

/** Beside the file first, so that an export that was cut off is never taken for a whole one. */
async function writeFile(file: string): Promise<void> {
  const part = `${file}.part`;
  const out = createWriteStream(part);
  try {
    await once(out, 'open');
  } catch (error) {
    throw new Refusal(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    await writeShop(out);
    out.end();
    await finished(out);
    await rename(part, file);
  } catch (error) {
    out.destroy();
    await rm(part, { force: true });
    throw error;
  }
}

await runCommand(async () => {
  const file = readFileName(process.argv.slice(2));
  await (file ? writeFile(file) : writeShop(process.stdout));
});
