/**
 * A Messages API server that plays scripts, for load and fault tests and for trying a client by hand:
 *
 *   npm run scripted-model -- --port 4800 --latency 200 --rate 80 --script script.json
 *
 * A script file holds steps as `ScriptStep` has them, for all conversations or by the first words of the customer:
 * `{ "*": [{ "say": "Hello." }], "Cancel": [{ "status": 529 }] }`. Each conversation plays its script from the beginning,
 * and the last step again and again. Without a file it says hello. `GET /requests` answers what it was sent.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { serveModel } from '@supportgraph/agent';
import { playedScripts, readScripts } from '@supportgraph/agent/testing';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4800' },
    latency: { type: 'string', default: '0' },
    rate: { type: 'string' },
    script: { type: 'string' },
  },
});

const scripts = readScripts(values.script ? await readFile(values.script, 'utf8') : '{"*":[{"say":"Hello."}]}');
const model = playedScripts(scripts, {
  latencyMs: Number(values.latency),
  tokensPerSecond: values.rate === undefined ? undefined : Number(values.rate),
});
const answer: typeof fetch = async (input, init) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  return pathname === '/requests' ? Response.json(model.requests) : model.fetch(input, init);
};
const server = await serveModel(answer, { port: Number(values.port) });
console.log(`The scripted model listens on ${server.url}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
