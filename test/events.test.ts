import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { allEvents, eventDocs, eventsFile } from '../scripts/eventDocs.js';
import { rootFolder } from '../supergraph/src/folders.js';

/** The code that may emit events. */
async function sources(): Promise<string[]> {
  const folders = ['packages', 'subgraphs'].map((folder) => path.join(rootFolder(), folder));
  const files = (await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true }))))
    .flat()
    .map((file) => path.join(file.parentPath, file.name))
    .filter((file) => /\/src\/(?!.*generated).*\.ts$/.test(file) && !/node_modules|\/testing\//.test(file));
  return Promise.all(files.map((file) => readFile(file, 'utf8')));
}

/** Types as they stand in the code where an event is made: as text, or composed of parts. */
const emitted = /(?:\btype: ['`"]+|\bevent: ['`])'?((?:[a-z]+|\$\{\w+\})\.(?:[a-zA-Z]+|\$\{\w+\}))['`]/g;

test('docs/events.md says what the schemas say; `npm run docs:events` writes it', async () => {
  expect(await readFile(eventsFile, 'utf8')).toBe(await eventDocs());
});

test('every type of event that the code emits has a schema, and every schema is emitted', async () => {
  const types = Object.keys(allEvents);
  const used = new Set<string>();
  for (const text of await sources())
    for (const [, found] of text.matchAll(emitted)) {
      const pattern = new RegExp(`^${found!.replace('.', '\\.').replace(/\$\{\w+\}/g, '[a-zA-Z]+')}$`);
      const fitting = types.filter((type) => pattern.test(type));
      expect(fitting, `no schema for ${found}`).not.toEqual([]);
      for (const type of fitting) used.add(type);
    }
  expect([...used].sort()).toEqual(types.sort());
});
