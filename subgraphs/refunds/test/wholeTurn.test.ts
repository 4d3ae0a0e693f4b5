import type { Decision } from '@supportgraph/conversation';
import { ann } from '@supportgraph/commerce/testing';
import type { Running } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { key, lineOf, orderBook, startWorld, valueOf, type World } from './world.js';

let world: World;
let workers: Running[];
const { orders, order } = orderBook();
const open = order({ items: ['blue', 'mug'] });

const toRefunds: Decision = {
  ...{ method: 'RULES', model: null, confidence: 1, reason: null, entities: [], latencyMs: 0 },
  routes: [{ agent: 'REFUNDS', intent: 'REFUND', confidence: 1, excerpt: null }],
};

beforeAll(async () => {
  world = await startWorld(orders);
  workers = [world.conversation.turns.work(async () => toRefunds), ...(await world.work())];
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await world.close();
});

test('a return that the customer confirms is carried out, and nothing before', async () => {
  const { sessions, messages, turns, proposals } = world.conversation;
  const { signal } = new AbortController();
  const { session } = valueOf(await sessions.start(ann, { ...key(), channel: 'WEB' }));
  const text = 'I want to return the mug from #W1000001';
  const sent = valueOf(await messages.send(ann, { ...key(), sessionId: session.id, text }));
  await turns.settled(ann, sent.turn!.id, 20_000, signal);
  expect(await world.commerce.orders.find(ann, open)).toMatchObject({ status: 'DELIVERED' });

  const [[proposal] = []] = await proposals.ofTurns(ann, [sent.turn!.id]);
  const { turn } = valueOf(await proposals.confirm(ann, { ...key(), proposalId: proposal!.id }));
  expect(await turns.settled(ann, turn.id, 20_000, signal)).toMatchObject({ id: turn.id });
  expect(await world.commerce.orders.find(ann, open)).toMatchObject({
    ...{ status: 'RETURN_REQUESTED', return: { itemIds: [lineOf(open, 1)], amount: 825 } },
  });
});
