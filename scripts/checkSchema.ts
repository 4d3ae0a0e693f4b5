/**
 * `npm run check:schema` compares the public API with that of the last commit, or with the one before if nothing has
 * changed since, and fails if a client of then could not live with the API of now. `-- --base REF` compares with another
 * commit. A break that is meant stands in supergraph/accepted-breaks.txt with its reason.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';

const root = fileURLToPath(new URL('..', import.meta.url));
const schemaPath = 'supergraph/schema.graphql';
const acceptedPath = 'supergraph/accepted-breaks.txt';
const run = promisify(execFile);

/** One change that a client may not survive. */
export interface Break {
  /** Where, for example `Query.order`. */
  path: string;
  message: string;
}

/** What breaks clients when the API of one supergraph takes the place of another's. */
export async function breaksBetween(before: string, after: string): Promise<Break[]> {
  const changes: Change[] = await diff(apiOf(before), apiOf(after));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path: place, message }) => ({ path: place ?? '', message }));
}

const apiOf = (supergraphSdl: string) => Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();

/** The places of a text with one `PATH because REASON` a line; lines with `#` are comments. Throws on a line without a reason. */
export function acceptedIn(text: string): Set<string> {
  const lines = text.split('\n').map((line) => line.trim());
  return new Set(
    lines
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => {
        const [, place] = /^(\S+) because \S/.exec(line) ?? [];
        if (!place) throw new Error(`${acceptedPath}: "${line}" is not "PATH because REASON".`);
        return place;
      }),
  );
}

/** The supergraph as it was in a commit; null if there is no such commit or no such file in it. */
async function schemaAt(commit: string): Promise<string | null> {
  const shown = run('git', ['show', `${commit}:${schemaPath}`], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  return shown.then(
    ({ stdout }) => stdout,
    () => null,
  );
}

async function schemaBefore(now: string, base: string | undefined): Promise<string | null> {
  const before = await schemaAt(base ?? 'HEAD');
  return base === undefined && before === now ? schemaAt('HEAD~1') : before;
}

async function check(): Promise<void> {
  const { values } = parseArgs({ options: { base: { type: 'string' } } });
  const now = await readFile(path.join(root, schemaPath), 'utf8');
  const before = await schemaBefore(now, values.base);
  if (before === null) return console.log('There is no earlier schema to compare with.');
  const accepted = acceptedIn(await readFile(path.join(root, acceptedPath), 'utf8'));
  const breaks = (await breaksBetween(before, now)).filter((each) => !accepted.has(each.path));
  if (breaks.length === 0) return console.log('Nothing in the API breaks its clients.');
  process.exitCode = 1;
  for (const { path: place, message } of breaks) console.error(`${place}: ${message}`);
  console.error(`Deprecate instead, or say in ${acceptedPath} why it must be.`);
}

if (path.resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) await check();
