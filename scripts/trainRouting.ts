/**
 * Learns the local classifier of the router subgraph and writes its weights:
 *
 *   npm run train:routing -- [CORRECTIONS…]
 *
 * It learns from the messages and templates of the repository, always the same bytes. Files of corrections, as `npm run export:routing`
 * writes them, are learned besides.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readLabelled } from '../subgraphs/router/training/labelled.js';
import { readMessages } from '../subgraphs/router/training/messages.js';
import { asFile, trainRouting } from '../subgraphs/router/training/train.js';

const target = fileURLToPath(new URL('../subgraphs/router/src/domain/weights.json', import.meta.url));
const files = await Promise.all(process.argv.slice(2).map((file) => readFile(file, 'utf8')));
const corrections = files.flatMap(readLabelled);

const stored = await trainRouting([...(await readMessages()), ...corrections]);
await writeFile(target, asFile(stored));
console.log(
  `weights ${stored.version}: ${Math.round(asFile(stored).length / 1_000)} kB, ${corrections.length} corrections learned besides`,
);
