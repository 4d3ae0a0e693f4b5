// Lets Node (and tsx) import `.graphql` and `.md` files as text, as esbuild and vitest do.
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const textFile = /\.(graphql|md)$/;

export async function load(url, context, nextLoad) {
  if (!textFile.test(url)) return nextLoad(url, context);
  const source = `export default ${JSON.stringify(await readFile(fileURLToPath(url), 'utf8'))};`;
  return { format: 'module', source, shortCircuit: true };
}

if (isMainThread) register(import.meta.url);
