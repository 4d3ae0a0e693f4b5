import { afterAll, beforeAll, expect, test } from 'vitest';
import { frames } from './inputs/frames.js';
import { closingMessages, refusedOperations } from './inputs/sockets.js';
import { type Answer, openWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld({ WS_OPERATIONS: '5' });
}, 120_000);
afterAll(() => world.close());

/** The code of the error that came, else what closed the socket. */
const refusalIn = ({ status, text }: Answer) => /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? `closed with ${status}`;

const inputs = [...closingMessages, ...frames, ...refusedOperations];
test.each(inputs.map(({ what, ...input }) => [what, input] as const))('%s is refused', async (_what, input) => {
  const answer = await world.attack(input.send, input.waitsMs);
  expect(refusalIn(answer)).toBe(input.refusal);
});

test('a page elsewhere gets no socket', async () => {
  const answer = await world.attack((w) => w.socket([], { headers: { origin: 'https://evil.example' } }));
  expect(answer.status).toBe(403);
});

test('of 500 subscriptions on one socket all but those that it may have are refused, and it stays open', async () => {
  const query = 'subscription ($id: ID!) { sessionEvents(sessionId: $id) { seq } }';
  const many = Array.from({ length: 500 }, (_, n) => ({
    ...{ type: 'subscribe', id: String(n) },
    payload: { query, variables: { id: 'ses_none' } },
  }));
  const count = (text: string) => text.match(/"type":"(?:error|complete)"/g)?.length ?? 0;
  const answer = await world.attack((w) => w.talk(many, (text) => count(text) >= 500), 500 * 10);
  expect(answer.status).toBe(1000);
  expect(answer.text.match(/THROTTLED/g)!.length).toBeGreaterThan(400);
});
