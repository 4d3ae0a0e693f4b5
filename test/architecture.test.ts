import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = ['kernel', 'data', 'search', 'conversation', 'commerce', 'subgraph', 'agent'];

/** Which workspaces a workspace may import, besides itself. ARCHITECTURE.md explains the table. */
const mayImport: Record<string, readonly string[]> = {
  kernel: [],
  data: ['kernel'],
  search: [],
  conversation: ['kernel', 'data'],
  commerce: ['kernel', 'data'],
  subgraph: ['kernel'],
  agent: ['kernel'],
  client: [],
  prisma: packages,
  web: ['client'],
};
const layersOfSubgraph: Record<string, RegExp> = {
  domain: /^\.\.?\/.*\b(?:data|agent|generated)\/|^\.\.\/(?:service|resolvers|context|subgraph)\.js$/,
  data: /\bresolvers\b/,
  agent: /\bresolvers\b/,
};

interface Import {
  file: string;
  from: string;
}

async function importsBelow(folder: string): Promise<Import[]> {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|\/)(node_modules|dist|generated)\//.test(file));
  const found = await Promise.all(
    files.map(async (file) => {
      const source = await readFile(path.join(root, file), 'utf8');
      const specifiers = source.matchAll(
        /^\s*(?:import|export)\b[^'"]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
      );
      return [...specifiers].map(([, fixed, dynamic]) => ({ file, from: (fixed ?? dynamic)! }));
    }),
  );
  return found.flat();
}

const workspaceOf = (from: string) => /^@supportgraph\/([\w-]+)/.exec(from)?.[1];
const isTest = ({ file }: Import) => /\.test\.tsx?$|(^|\/)(test|testing)\//.test(file);

async function foldersOf(parent: string): Promise<string[]> {
  const entries = await readdir(path.join(root, parent), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

test('packages import only what the table allows, and their tests what others offer for tests', async () => {
  const broken: Import[] = [];
  for (const name of await foldersOf('packages')) {
    for (const found of await importsBelow(`packages/${name}`)) {
      const target = workspaceOf(found.from);
      if (isTest(found) && found.from.endsWith('/testing')) continue;
      if (target && target !== name && !mayImport[name]?.includes(target)) broken.push(found);
    }
  }
  expect(broken).toEqual([]);
});

test('the pages import what the table allows, and nothing of the platform imports the client', async () => {
  const broken = (await importsBelow('web')).filter(({ from }) => {
    const target = workspaceOf(from);
    return target && target !== 'web' && !mayImport.web!.includes(target);
  });
  for (const folder of ['subgraphs', 'supergraph', 'prisma'])
    broken.push(...(await importsBelow(folder)).filter(({ from }) => workspaceOf(from) === 'client'));
  expect(broken).toEqual([]);
});

test('a subgraph imports packages, never another subgraph and never the gateway', async () => {
  const broken: Import[] = [];
  for (const name of await foldersOf('subgraphs')) {
    for (const found of await importsBelow(`subgraphs/${name}`)) {
      const target = workspaceOf(found.from);
      const own = target === `subgraph-${name}`;
      if (target && !own && !packages.includes(target)) broken.push(found);
    }
  }
  expect(broken).toEqual([]);
});

test('only the registry of the gateway imports subgraphs', async () => {
  const found = (await importsBelow('supergraph')).filter(
    (each) => !isTest(each) && workspaceOf(each.from)?.startsWith('subgraph-'),
  );
  expect(new Set(found.map(({ file }) => file))).toEqual(new Set(['supergraph/src/registry.ts']));
});

test('no file reaches into another workspace by a path', async () => {
  const broken: Import[] = [];
  for (const folder of ['packages', 'subgraphs', 'supergraph', 'web']) {
    for (const found of await importsBelow(folder)) {
      if (!found.from.startsWith('.')) continue;
      const depth = folder === 'packages' || folder === 'subgraphs' ? 2 : 1;
      const home = found.file.split('/').slice(0, depth).join('/');
      const target = path.normalize(path.join(path.dirname(found.file), found.from));
      if (!isTest(found) && !`${target}/`.startsWith(`${home}/`)) broken.push(found);
    }
  }
  expect(broken).toEqual([]);
});

test('inside a subgraph the domain is pure, and data and agents do not know resolvers', async () => {
  const broken: Import[] = [];
  for (const found of (await importsBelow('subgraphs')).filter((each) => !isTest(each))) {
    const layer = /^subgraphs\/[\w-]+\/src\/(\w+)\//.exec(found.file)?.[1] ?? '';
    const forbidden = layersOfSubgraph[layer];
    if (forbidden?.test(found.from)) broken.push(found);
  }
  expect(broken).toEqual([]);
});

test('the environment is read in config.ts only', async () => {
  const readers: string[] = [];
  for (const folder of ['packages', 'subgraphs', 'supergraph']) {
    const files = (await readdir(path.join(root, folder), { recursive: true })).filter(
      (file) => /\.ts$/.test(file) && !/node_modules|generated|dist\/|\.test\.ts$|(^|\/)(test|testing)\//.test(file),
    );
    for (const file of files) {
      const source = await readFile(path.join(root, folder, file), 'utf8');
      if (/\bprocess\.env\b/.test(source)) readers.push(`${folder}/${file}`);
    }
  }
  expect(readers).toEqual(['supergraph/src/config.ts']);
});
