import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, openWorld, type World } from './world.js';

/*
 * Many documents at once that nobody has sent before, so that each has to be read: those that cost the most to plan for
 * what they ask, and those that are refused at their last token. Others must be answered meanwhile.
 */

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(() => world.close());

let made = 0;

/** A document that takes long to plan (about 20 ms), and little to carry out. */
function heavy(): string {
  const session =
    'messages(first: 1) { nodes { parts { __typename ... on ActionPart { proposal { order { id } } } } } }';
  const turn = 'session { customer { orders(first: 1) { nodes { refunds { id } returns { id } exchanges { id } } } } }';
  const node = `... on Session { ${session} } ... on Turn { ${turn} } ... on Order { customer { id sessions(first: 1) { nodes { id } } } }`;
  const roots = Array.from({ length: 8 }, (_, i) => `o${i}: node(id: "x") { ${node} }`);
  made += 1;
  return `query Q${made} { ${roots.join(' ')} }`;
}

/** A document of 900 fields, one of which there is not. */
function bad(): string {
  made += 1;
  return `{ node(id: "${made}") { ${'id '.repeat(900)} nope } }`;
}

const many = (document: () => string, count: number) => Array.from({ length: count }, document);

function pipelined(documents: readonly string[]): string {
  const requests = documents.map((query, i) => {
    const body = JSON.stringify({ query });
    const connection = i === documents.length - 1 ? 'close' : 'keep-alive';
    return `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: ${connection}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  });
  return requests.join('');
}

const subscribes = (documents: readonly string[]) =>
  documents.map((query, i) => ({ type: 'subscribe', id: `${i}`, payload: { query } }));

/** How soon what is harmless must be answered beside a flood, in ms. */
const harmlessMs = 500;
/** How often a flood is tried, for the best of them counts: a scheduler that is busy with other tests is no slow gateway. */
const mostTries = 3;

/** Floods, and asks something harmless again and again until it is over. */
async function flood(send: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    let isOver = false;
    const flooding = send().finally(() => (isOver = true));
    let slowest = 0;
    do {
      const startedAt = performance.now();
      expect(await world.post({ query: '{ shop { name } }' })).toMatchObject({ status: 200 });
      slowest = Math.max(slowest, performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 10));
    } while (!isOver);
    const answer = await flooding;
    if (slowest < harmlessMs) return answer;
    if (tries === mostTries) expect(slowest).toBeLessThan(harmlessMs);
  }
}

test.each([
  ['valid', heavy],
  ['bad', bad],
])('%s documents down one HTTP connection', async (_, document) => {
  const count = 60;
  const { text } = await flood(() => world.raw(pipelined(many(document, count))));
  // The first status line is not part of the text.
  expect(text.match(/HTTP\/1\.1 (?:200|400|429)/g)).toHaveLength(count - 1);
});

test.each([
  ['valid', heavy],
  ['bad', bad],
])('%s documents down one WebSocket: twenty at once, and no more', async (_, document) => {
  const count = 200;
  const endings = /"type":"(?:complete|error)"/g;
  const isAll = (text: string) => text.match(endings)?.length === count;
  const { text } = await flood(() => world.talk(subscribes(many(document, count)), isAll));
  // Some make room while others still come.
  expect(text.match(/"code":"THROTTLED"/g)!.length).toBeGreaterThan(count - 2 * 20);
});
