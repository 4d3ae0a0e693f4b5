/**
 * Learns the local classifier of the router subgraph and writes its weights:
 *
 *   npm run train:routing -- [CORRECTIONS…]
 *
 * It learns from the templates of the repository, always the same bytes. Files of corrections, as `npm run export:routing`
 * writes them, are learned besides.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { exampleOf } from '../subgraphs/router/training/corpus.js';
import { readLabelled } from '../subgraphs/router/training/labelled.js';
import { asFile, trainRouting } from '../subgraphs/router/training/train.js';

const target = fileURLToPath(new URL('../subgraphs/router/src/domain/weights.json', import.meta.url));
const files = await Promise.all(process.argv.slice(2).map((file) => readFile(file, 'utf8')));
// A correction with several routes does not say which words are which, so only those with one can be learned from.
const more = files.flatMap(readLabelled).flatMap((message) => (message.routes.length > 1 ? [] : [exampleOf(message)]));

const stored = await trainRouting({ more });
await writeFile(target, asFile(stored));
console.log(
  `weights ${stored.version}: ${Math.round(asFile(stored).length / 1_000)} kB, ${more.length} corrections learned besides`,
);
