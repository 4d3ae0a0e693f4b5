import type { Decision } from '@supportgraph/conversation';
import { nobody, silent, type Running, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ordersSubgraph } from '../src/index.js';
import { shopFile } from './shop.js';
import { models, startWorld, type World } from './world.js';

let world: World;
let running: Running[];
beforeAll(async () => {
  world = await startWorld(shopFile());
  const { commerce, conversation } = world;
  const deps = { commerce, conversation, clock: commerce.deps.clock, models, recordUse: () => {}, log: silent };
  running = [
    conversation.turns.work(async () => toOrders),
    ...(await Promise.all((ordersSubgraph(deps).workers ?? []).map((start) => start()))),
  ];
});
afterAll(async () => {
  await Promise.all(running.map((worker) => worker.stop()));
  await world.close();
});

const toOrders: Decision = {
  ...{ method: 'RULES', model: null, confidence: 1, reason: null, entities: [], latencyMs: 0 },
  routes: [{ intent: 'ORDER', agent: 'ORDERS', confidence: 1, excerpt: null }],
};

let keys = 0;
const idempotencyKey = () => `key ${keys++}`;

/** The turn once it has ended, and what was written in it. */
async function ended(viewer: Viewer, turnId: string) {
  const { turns, messages } = world.conversation;
  const turn = await turns.settled(viewer, turnId, 20_000, new AbortController().signal);
  const [reply] = await messages.load(viewer, [turn?.replyId ?? '']);
  const text = (reply?.parts ?? []).flatMap((part) => (part.kind === 'TEXT' ? part.text : [])).join('\n\n');
  return { turn, text };
}

test('a visitor is recognised, is shown what a cancellation does, agrees, and it is done once', async () => {
  const { sessions, messages, proposals } = world.conversation;
  const started = await sessions.start(nobody, { idempotencyKey: idempotencyKey(), channel: 'WEB' });
  if (!started.ok || !started.value.session) throw new Error('No session');
  const sessionId = started.value.session.id;
  const visitor: Viewer = { ...nobody, sessionId };
  const say = async (text: string) => {
    const sent = await messages.send(visitor, { idempotencyKey: idempotencyKey(), sessionId, text });
    if (!sent.ok || !sent.value.turn) throw new Error('Not sent');
    return ended(visitor, sent.value.turn.id);
  };

  expect((await say('Cancel #W1000004 please, I no longer need it')).text).toMatch(/I need to know who you are/);
  const asked = await say('ann@example.com');
  expect(asked.turn).toMatchObject({ status: 'AWAITING_CONFIRMATION' });
  expect(asked.text).toMatch(/USD 48\.25 to Visa ending 4242.*Nothing is changed yet/s);
  const [[pending] = []] = await proposals.pendingOf(visitor, [sessionId]);
  expect(pending).toMatchObject({ kind: 'CANCEL_ORDER', orderId: 'ord_W1000004', customerId: 'cus_ann' });

  const confirmed = await proposals.confirm(visitor, { idempotencyKey: idempotencyKey(), proposalId: pending!.id });
  if (!confirmed.ok) throw new Error(JSON.stringify(confirmed.errors));
  const { turn, text } = await ended(visitor, confirmed.value.turn.id);
  expect(turn).toMatchObject({ status: 'COMPLETED' });
  expect(text).toBe('Order #W1000004 is cancelled. Refund: USD 48.25 to Visa ending 4242, in 5–7 business days.');
  const query = '{ order(id: "ord_W1000004") { status cancelReason transactions { kind amount { amount } } } }';
  expect(await world.run(query, {}, visitor)).toEqual({
    order: {
      ...{ status: 'CANCELLED', cancelReason: 'NO_LONGER_NEEDED' },
      transactions: [
        { kind: 'PAYMENT', amount: { amount: '48.25' } },
        { kind: 'REFUND', amount: { amount: '48.25' } },
      ],
    },
  });
  expect((await say('what is the status of #W1000004?')).text).toContain('is cancelled (no longer needed)');
});
