import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodies } from './inputs/bodies.js';
import { bytes } from './inputs/bytes.js';
import { credentials } from './inputs/credentials.js';
import { disguises } from './inputs/disguises.js';
import { largeDocuments, wrongDocuments } from './inputs/documents.js';
import { frames } from './inputs/frames.js';
import type { Input } from './inputs/input.js';
import { requests } from './inputs/requests.js';
import { closingMessages, refusedOperations } from './inputs/sockets.js';
import { openWorld, type World } from './world.js';

setFlagsFromString('--expose-gc');
// `gc` is there in contexts that are made after the flag was set.
const collectGarbage = runInNewContext('gc') as () => void;

const inputs: readonly Input[] = [
  ...[requests, bodies, bytes, largeDocuments, wrongDocuments, disguises, credentials].flat(),
  ...[closingMessages, frames, refusedOperations].flat(),
].filter(({ waitsMs }) => waitsMs === undefined);

/** Rounds until caches are full and code is compiled. */
const warmUps = 3;
/** How often memory is looked at, and rounds before each look. */
const looks = 3;
const rounds = 3;
/** What may stay of one input, in bytes: less than one kept request or socket would take. */
const bytesPerInput = 512;

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(() => world.close());

async function sendAll(): Promise<void> {
  for (const { send } of inputs) await send(world);
}

const openSockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

/** Bytes in use, when all that is let go of is gone. */
async function used(socketsBefore: number): Promise<number> {
  // Connections that clients keep alive end by themselves.
  await expect.poll(openSockets, { timeout: 20_000 }).toBeLessThanOrEqual(socketsBefore);
  collectGarbage();
  await new Promise(setImmediate);
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test('all that is refused leaves no socket open and no memory in use, however often it is sent', async () => {
  const before = openSockets();
  for (let round = 0; round < warmUps; round++) await sendAll();
  let last = await used(before);
  const sockets = openSockets();
  const kept: number[] = [];
  for (let look = 0; look < looks; look++) {
    for (let round = 0; round < rounds; round++) await sendAll();
    const now = await used(sockets);
    kept.push((now - last) / (rounds * inputs.length));
    last = now;
  }
  // What leaks grows each time; what the runtime still learns or compiles does not.
  expect(Math.min(...kept)).toBeLessThan(bytesPerInput);
}, 300_000);
