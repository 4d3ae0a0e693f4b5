import { nobody, type Running, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation } from '../src/index.js';
import {
  customer, decide, ended, newKey, operator, partner, send, staff, startSession, startWorld, visitor, type World,
} from './world.js'; // prettier-ignore

/** One object of each kind, all in one session that a partner opened for a customer. */
interface Things {
  customerId: string;
  sessionId: string;
  messageId: string;
  replyId: string;
  turnId: string;
  toolCallId: string;
  handoffId: string;
}

let world: World;
let running: Running[];
let things: Things;
const opener = partner('api_1', 'sessions:write', 'sessions:read', 'customers:assert');

beforeAll(async () => {
  world = await startWorld();
  const { conversation } = world;
  running = [
    conversation.turns.work(async () => decide('ORDERS')),
    conversation.routes.work(['ORDERS'], async ({ writer }) => {
      writer.toolFinished(writer.toolStarted({ name: 'x', label: 'x', arguments: {} }), {
        status: 'SUCCEEDED',
        result: 1,
      });
      writer.text('Here you are.');
      return { kind: 'answered' };
    }),
  ];
  const started = await conversation.sessions.start(opener, {
    idempotencyKey: newKey(),
    channel: 'API',
    customerId: 'cus_1',
  });
  if (!started.ok) throw new Error('refused');
  const sessionId = started.value.session.id;
  const { message, turn } = await send(conversation, sessionId, 'Where is my order?');
  const { replyId } = await ended(conversation, turn.id);
  const [calls] = await conversation.turns.loadToolCallsOf(operator, [turn.id]);
  const handoff = await conversation.handoffs.request(opener, {
    idempotencyKey: newKey(),
    sessionId,
    reason: 'CUSTOMER_ASKED',
  });
  if (!handoff.ok) throw new Error('refused');
  things = {
    customerId: 'cus_1',
    sessionId,
    messageId: message.id,
    replyId: replyId!,
    turnId: turn.id,
    toolCallId: calls![0]!.id,
    handoffId: handoff.value.id,
  };
});
afterAll(async () => {
  await Promise.all(running.map((worker) => worker.stop()));
  await world.stop();
});

const soon = () => AbortSignal.timeout(10_000);

/** Every read, as what it finds of the session: a count. */
const reads: Record<string, (c: Conversation, viewer: Viewer, t: Things) => Promise<number>> = {
  'sessions.load': async (c, v, t) => found(await c.sessions.load(v, [t.sessionId])),
  'sessions.page': async (c, v, t) => mine(await c.sessions.page(v, {}, { first: 100 }), t),
  'sessions.page of the customer': async (c, v, t) => mine(await c.sessions.page(v, { customerId: 'cus_1' }, {}), t),
  'sessions.ofCustomer': async (c, v, t) => mine(await c.sessions.ofCustomer(v, 'cus_1', {}), t),
  'sessions.customersKnown': async (c, v, t) => (await c.sessions.customersKnown(v, [t.customerId, 'cus_none'])).length,
  'sessions.streamCursor': async (c, v, t) => found([await c.sessions.streamCursor(v, t.sessionId)]),
  'sessions.events': async (c, v, t) => granted(await c.sessions.events(v, t.sessionId, null, AbortSignal.abort())),
  'messages.load': async (c, v, t) => found(await c.messages.load(v, [t.messageId])),
  'messages.load of a reply': async (c, v, t) => found(await c.messages.load(v, [t.replyId])),
  'messages.page': async (c, v, t) => (await edges(c.messages.page(v, t.sessionId, {}))) / 2,
  'turns.load': async (c, v, t) => found(await c.turns.load(v, [t.turnId])),
  'turns.page': (c, v, t) => edges(c.turns.page(v, t.sessionId, {})),
  'turns.loadToolCalls': async (c, v, t) => found(await c.turns.loadToolCalls(v, [t.toolCallId])),
  'turns.loadToolCallsOf': async (c, v, t) => (await c.turns.loadToolCallsOf(v, [t.turnId]))[0]!.length,
  'turns.settled': async (c, v, t) => found([await c.turns.settled(v, t.turnId, 0, soon())]),
  'turns.events': async (c, v, t) => granted(await c.turns.events(v, t.turnId, null, AbortSignal.abort())),
  'handoffs.load': async (c, v, t) => found(await c.handoffs.load(v, [t.handoffId])),
  'handoffs.loadCurrent': async (c, v, t) => found(await c.handoffs.loadCurrent(v, [t.sessionId])),
  'handoffs.loadAll': async (c, v, t) => (await c.handoffs.loadAll(v, [t.sessionId]))[0]!.length,
};

/** Every write, as its error code. */
const writes: Record<string, (c: Conversation, viewer: Viewer, t: Things) => Promise<string>> = {
  'messages.send': async (c, v, t) =>
    code(await c.messages.send(v, { idempotencyKey: newKey(), sessionId: t.sessionId, text: 'Hello' })),
  'sessions.verifyCustomer': async (c, v, t) =>
    code(
      await c.sessions.verifyCustomer(v, { idempotencyKey: newKey(), sessionId: t.sessionId, claim: 1 }, async () => ({
        customerId: 'cus_1',
      })),
    ),
  'sessions.bindCustomer': async (c, v, t) =>
    code(await c.sessions.bindCustomer(v, t.sessionId, { customerId: 'cus_1' })),
  'sessions.setTyping': async (c, v, t) => code(await c.sessions.setTyping(v, t.sessionId, true)),
  'turns.cancel': async (c, v, t) => code(await c.turns.cancel(v, t.turnId)),
  'handoffs.request': async (c, v, t) =>
    code(await c.handoffs.request(v, { idempotencyKey: newKey(), sessionId: t.sessionId, reason: 'UPSET' })),
  'sessions.close': async (c, v, t) => code(await c.sessions.close(v, t.sessionId)),
};

const found = (values: unknown[]) => values.filter((value) => value !== null).length;
const granted = (result: { ok: boolean }) => (result.ok ? 1 : 0);
const code = (result: { ok: true } | { ok: false; errors: readonly { code: string }[] }) =>
  result.ok ? 'ok' : result.errors[0]!.code;
type PageResult = Awaited<ReturnType<Conversation['sessions']['page']>>;
const mine = (page: PageResult, { sessionId }: Things) =>
  page.ok ? page.value.edges.filter(({ node }) => node.id === sessionId).length : -1;
const edges = async (page: Promise<{ ok: boolean; value?: { edges: unknown[] } }>) =>
  (await page).value?.edges.length ?? -1;

const insiders: Record<string, () => Viewer> = {
  'its visitor': () => visitor(things.sessionId),
  'its customer': () => customer('cus_1'),
  'the partner that opened it': () => opener,
  'that partner’s key that only reads': () => partner('api_1', 'sessions:read'),
  staff: () => staff,
  'an operator': () => operator,
};
const strangers: Record<string, () => Promise<Viewer> | Viewer> = {
  nobody: () => nobody,
  'the visitor of another session': async () => visitor((await startSession(world.conversation)).id),
  'another customer': () => customer('cus_2'),
  'another partner': () => partner('api_2'),
  'that partner’s key without scopes for sessions': () => partner('api_1', 'faq:read'),
  'a visitor who claims a customer': () => ({ ...nobody, customerId: 'cus_1' }),
  'a customer who claims a session': () => ({ ...customer('cus_2'), sessionId: things.sessionId }),
  'a customer without an id': () => ({ ...nobody, role: 'CUSTOMER' }),
};

describe.each(Object.entries(reads))('%s', (_, read) => {
  test.each(Object.entries(insiders))('finds it for %s', async (_name, viewer) => {
    expect(await read(world.conversation, viewer(), things)).toBe(1);
  });
  test.each(Object.entries(strangers))('finds nothing for %s', async (_name, viewer) => {
    expect(await read(world.conversation, await viewer(), things)).toBe(0);
  });
});

describe.each(Object.entries(writes))('%s', (_, write) => {
  test.each(Object.entries(strangers))('does not know it for %s', async (_name, viewer) => {
    expect(await write(world.conversation, await viewer(), things)).toBe('NOT_FOUND');
  });
  test('is forbidden to a key that only reads', async () => {
    expect(await write(world.conversation, partner('api_1', 'sessions:read'), things)).toBe('FORBIDDEN');
  });
  test.each(['its visitor', 'its customer', 'the partner that opened it'])('is granted to %s', async (name) => {
    // The last write of the table closes the session, for good.
    expect(['ok', 'SESSION_CLOSED']).toContain(await write(world.conversation, insiders[name]!(), things));
  });
});

test('what strangers tried changed nothing', async () => {
  expect(await world.conversation.handoffs.loadAll(operator, [things.sessionId])).toMatchObject([
    [{ id: things.handoffId }],
  ]);
});

test.each(Object.entries(reads))('%s knows nothing of ids that are none', async (_, read) => {
  const nonsense = "x'; --\0";
  const none: Things = {
    customerId: nonsense,
    sessionId: nonsense,
    messageId: nonsense,
    replyId: nonsense,
    turnId: nonsense,
    toolCallId: nonsense,
    handoffId: nonsense,
  };
  expect(await read(world.conversation, operator, none)).toBe(0);
});
