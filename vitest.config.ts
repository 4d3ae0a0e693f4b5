import { readFile } from 'node:fs/promises';
import { defineConfig, type Plugin } from 'vitest/config';

/** `.graphql` and `.md` files are imported as text. */
const textFiles: Plugin = {
  name: 'text-files',
  enforce: 'pre',
  async load(id) {
    if (/\.(graphql|md)$/.test(id)) return `export default ${JSON.stringify(await readFile(id, 'utf8'))};`;
  },
};

export default defineConfig({
  plugins: [textFiles],
  test: {
    include: ['{packages,subgraphs}/**/*.test.ts', '{supergraph,prisma,web,test,scripts}/**/*.test.ts'],
    globalSetup: ['./packages/data/src/testing/globalSetup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
