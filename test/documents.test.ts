import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../supergraph/src/folders.js';

const root = rootFolder();
const read = (file: string) => readFile(path.join(root, file), 'utf8');

interface Manifest {
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** The files of the repository whose paths match. */
async function filesLike(pattern: RegExp): Promise<string[]> {
  const folders = ['docs', 'packages', 'subgraphs', 'supergraph', 'prisma', 'web', 'eval'];
  const below = await Promise.all(
    folders.map(async (folder) => {
      const files = await readdir(path.join(root, folder), { recursive: true });
      return files.map((file) => path.posix.join(folder, file));
    }),
  );
  const files = [...(await readdir(root)), ...below.flat()];
  return files.filter((file) => pattern.test(file) && !/(^|\/)(node_modules|dist)\//.test(file)).sort();
}

const manifests = () => filesLike(/^((packages|subgraphs)\/[^/]+\/|(supergraph|prisma|web)\/)?package\.json$/);
const documents = () => filesLike(/^([^/]+|docs\/.*|(packages|subgraphs)\/[^/]+\/README|eval\/[^/]+)\.md$/);

test('CONTRIBUTING says why each dependency is there, and of no other', async () => {
  const used = new Set<string>();
  for (const file of await manifests()) {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(await read(file)) as Manifest;
    for (const name of Object.keys({ ...dependencies, ...devDependencies }))
      if (!name.startsWith('@supportgraph/')) used.add(name);
  }
  const table = (await read('CONTRIBUTING.md')).split('## Why each dependency is there')[1]!;
  const named = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
  );
  expect(named.sort()).toEqual([...used].sort());
});

test('every command that a document names is there', async () => {
  const { scripts = {} } = JSON.parse(await read('package.json')) as Manifest;
  const unknown: string[] = [];
  for (const file of await documents())
    for (const [, name] of (await read(file)).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g))
      if (!(name! in scripts)) unknown.push(`${file}: ${name}`);
  expect(unknown).toEqual([]);
});

test('every file that a document links to is there', async () => {
  const missing: string[] = [];
  for (const file of await documents())
    for (const [, target] of (await read(file)).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g))
      if (!existsSync(path.join(root, path.dirname(file), target!))) missing.push(`${file}: ${target}`);
  expect(missing).toEqual([]);
});
