import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import page from '../../docs/clients.md';
import { rootFolder } from '../../supergraph/src/folders.js';

const snippets = [...page.matchAll(/<!-- (\S+) -->\n\n```ts\n(.*?)```/gs)].map(([, file, code]) => ({
  file: file!,
  code: code!,
}));

test.each(snippets)('docs/clients.md shows $file as it is run', async ({ file, code }) => {
  expect(code).toBe(await readFile(path.join(rootFolder(), file), 'utf8'));
});

test('docs/clients.md shows every client that is run', async () => {
  const files = (await readdir(import.meta.dirname)).filter((file) => !/\.test\.ts$/.test(file));
  // Relay's compiler is played there.
  const shown = files.filter((file) => file !== 'relayClient.ts').map((file) => `test/clients/${file}`);
  expect(snippets.map(({ file }) => file).sort()).toEqual(shown.sort());
});
