import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
  // Vite would take graphql's ES module, while Node gives its CommonJS one to Apollo's packages: two graphqls refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    include: ['{packages,subgraphs}/**/*.test.ts', '{supergraph,prisma,web,test,scripts}/**/*.test.ts'],
    globalSetup: ['./packages/data/src/testing/globalSetup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores run servers, browsers and tests at once in CI: what fails there is tried once more, and the log says so.
    retry: process.env['CI'] ? 1 : 0,
    pool: 'forks',
    maxWorkers: 2,
  },
});
