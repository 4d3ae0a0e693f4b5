/**
 * Routes labelled messages with the offline model and says how well:
 *
 *   npm run eval:routing -- FILE
 *
 * FILE has JSON lines `{"text": "…", "routes": ["order", "faq"]}`; without it the held-out messages of the repository are
 * taken. Exits with 0 if the aims are met, 1 if they are not, 2 if the file cannot be read.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { evaluate, meetsAims } from '../subgraphs/router/training/evaluate.js';
import { BadLine, readLabelled, type Labelled } from '../subgraphs/router/training/labelled.js';
import { offlineRouting } from '../subgraphs/router/training/offlineRouting.js';
import { report } from '../subgraphs/router/training/report.js';

/** What whoever called this must mend. */
class Refusal extends Error {}

const heldOut = fileURLToPath(new URL('../subgraphs/router/training/heldOut.jsonl', import.meta.url));
const [file = heldOut, ...others] = process.argv.slice(2);

try {
  const messages = await read();
  const evaluation = await evaluate(messages, offlineRouting());
  console.log(report(evaluation));
  process.exitCode = meetsAims(evaluation) ? 0 : 1;
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function read(): Promise<Labelled[]> {
  if (others.length > 0) throw new Refusal('Give one file, or none: npm run eval:routing -- FILE');
  const messages = parse(await readFile(file, 'utf8').catch(unreadable));
  if (messages.length === 0) throw new Refusal(`${file}: there are no messages in it`);
  return messages;
}

function parse(text: string): Labelled[] {
  try {
    return readLabelled(text);
  } catch (error) {
    throw error instanceof BadLine ? new Refusal(`${file}:${error.line}: ${error.problem}`) : error;
  }
}

function unreadable(error: Error): never {
  throw new Refusal(`${file}: cannot be read: ${error.message}`);
}
