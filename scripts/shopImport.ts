/**
 * Brings a shop's own data in, all of a file or nothing: `npm run shop:import -- FILE.json`. The file has the format that
 * `shop:export` writes. Works on DATABASE_URL or the embedded database in DATA_DIR, whether or not the platform runs.
 * A shop that is brought in before the first start is not joined by the demo shop.
 */
import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { importShop, type ImportSummary } from '@supportgraph/commerce';
import { Refusal, runCommand } from './command.js';
import { withShop } from './openShop.js';
import { showProgress } from './progress.js';

async function readFileName(args: readonly string[]): Promise<string> {
  const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Refusal('Name one file: npm run shop:import -- FILE.json');
  await access(file, constants.R_OK).catch(() => {
    throw new Refusal(`${file} cannot be read.`);
  });
  return file;
}

/** The text of the file; what is not UTF-8 is refused, so that no name is spoilt. */
async function* textOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(file)) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new Refusal(`${file} is not UTF-8.`);
    throw error;
  }
}

function shown(summary: Readonly<ImportSummary>): string {
  const parts = Object.entries(summary).filter(([, count]) => count > 0);
  return (
    parts
      .map(([name, count]) => `${count.toLocaleString('en')} ${count === 1 ? name.slice(0, -1) : name}`)
      .join(', ') || 'settings only'
  );
}

await runCommand(async () => {
  const file = await readFileName(process.argv.slice(2));
  const progress = showProgress(process.stderr);
  const onProgress = (summary: Readonly<ImportSummary>) => progress.tell(`Read ${shown(summary)}`);
  const result = await withShop((deps) => importShop(deps, () => textOf(file), { onProgress }));
  progress.end();
  if (!result.ok) throw new Refusal(`Nothing was imported. ${result.errors[0]!.message.en}`);
  console.log(`Imported ${shown(result.value)}.`);
});
