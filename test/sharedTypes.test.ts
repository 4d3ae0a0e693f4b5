import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rootFolder } from '../supergraph/src/folders.js';

const block = /^# ---- shared value types.*?^# ---- end of the shared block ----$/ms;

test('the block of shared value types is the same in every subgraph, to the letter', async () => {
  const folder = path.join(rootFolder(), 'subgraphs');
  const names = (await readdir(folder)).sort();
  const blocks = await Promise.all(
    names.map(async (name) => block.exec(await readFile(path.join(folder, name, 'schema.graphql'), 'utf8'))?.[0]),
  );
  expect(blocks[0]).toContain('type Money @shareable');
  for (const [index, each] of blocks.entries()) expect(each, names[index]!).toBe(blocks[0]);
});
