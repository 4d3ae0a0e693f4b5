/**
 * `npm run bench` runs every benchmark, `npm run bench -- first-words` those that are named. Each writes what it measured,
 * on which machine and when, to `bench/results/<name>.md`.
 */
import { readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { type Bench, type Report } from './bench.js';

const folder = new URL('./', import.meta.url);

async function benchNames(): Promise<string[]> {
  const files = await readdir(folder);
  return files.flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? []).sort();
}

function machine(): string {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${os.availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GiB, Node ${process.version}, ${os.type()} ${os.arch()}`;
}

function page(name: string, { about, columns, rows, notes = [] }: Report): string {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const table = [row(columns), row(columns.map(() => '---')), ...rows.map(row)];
  return [
    `# ${name}`,
    '',
    about,
    '',
    `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench -- ${name}\` on ${machine()}.`,
    '',
    ...table,
    ...(notes.length ? ['', ...notes.map((note) => `- ${note}`)] : []),
    '',
  ].join('\n');
}

const known = await benchNames();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are: ${known.join(', ')}.`);
  process.exit(2);
}
for (const name of wanted.length ? wanted : known) {
  // Every `*.bench.ts` exports `bench`.
  const { bench } = (await import(new URL(`${name}.bench.ts`, folder).href)) as { bench: Bench };
  const text = page(name, await bench());
  await writeFile(new URL(`results/${name}.md`, folder), text);
  console.log(text);
}
