import { setTimeout as wait } from 'node:timers/promises';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { nobody, silent, type Viewer } from '@supportgraph/kernel';
import { memoryEventLog, openConversation } from '../src/index.js';
import type {
  Conversation, ConversationLimits, Decision, EventLog, RouteHandler, SentMessage, SessionRecord, StreamEvent, TurnRecord,
} from '../src/index.js'; // prettier-ignore

export const secret = 'a secret of the tests';

export const quick: Partial<ConversationLimits> = { leaseMs: 600, pollMs: 50, sweepMs: 50, announceAfterMs: 200 };

export const operator: Viewer = { ...nobody, role: 'OPERATOR', staffId: 'stf_boss' };
export const staff: Viewer = { ...nobody, role: 'STAFF', staffId: 'stf_1' };
export const customer = (customerId: string): Viewer => ({ ...nobody, role: 'CUSTOMER', customerId });
export const visitor = (sessionId: string): Viewer => ({ ...nobody, sessionId });
export const partner = (apiClientId: string, ...scopes: string[]): Viewer => ({
  ...nobody,
  role: 'PARTNER',
  apiClientId,
  scopes: scopes.length ? scopes : ['sessions:write', 'sessions:read'],
});

/** A conversation over a real database, as one process would hold it. */
export interface World {
  test: TestDatabase;
  events: EventLog;
  conversation: Conversation;
  /** Opens a second conversation over the same database and log, as another process would. */
  another(limits?: Partial<ConversationLimits>): Conversation;
  stop(): Promise<void>;
}

export async function startWorld(limits: Partial<ConversationLimits> = quick): Promise<World> {
  const test = await testDatabase({ poolSize: 10 });
  const events = memoryEventLog();
  const opened: Conversation[] = [];
  const another = (other = limits) => {
    const conversation = openConversation({ db: test.db, events, logger: silent, secret, limits: other });
    opened.push(conversation);
    return conversation;
  };
  return {
    test,
    events,
    conversation: another(),
    another,
    async stop() {
      for (const conversation of opened) await conversation.close();
      await events.close();
      await test.drop();
    },
  };
}

let keys = 0;
export const newKey = () => `key-${++keys}`;

export async function startSession(conversation: Conversation, viewer: Viewer = nobody): Promise<SessionRecord> {
  const started = await conversation.sessions.start(viewer, { idempotencyKey: newKey(), channel: 'WEB' });
  if (!started.ok) throw new Error(JSON.stringify(started.errors));
  return started.value.session;
}

export async function send(
  conversation: Conversation,
  sessionId: string,
  text: string,
): Promise<SentMessage & { turn: TurnRecord }> {
  const sent = await conversation.messages.send(visitor(sessionId), { idempotencyKey: newKey(), sessionId, text });
  if (!sent.ok || !sent.value.turn) throw new Error(JSON.stringify(sent));
  return { ...sent.value, turn: sent.value.turn };
}

/** A decision for these agents, in this order. */
export function decide(...agents: Decision['routes'][number]['agent'][]): Decision {
  return {
    method: 'RULES',
    model: null,
    confidence: 1,
    reason: null,
    entities: [],
    latencyMs: 1,
    routes: agents.map((agent) => ({ intent: 'FAQ', agent, confidence: 1, excerpt: null })),
  };
}

/** Repeats the customer's message. */
export const echo: RouteHandler = async ({ text, writer }) => {
  writer.text(`You said: ${text}`);
  return { kind: 'answered' };
};

/** Something that a test waits for, and something that opens it. */
export function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Waits for a fact. */
export async function until<T>(
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error('It never came to be.');
    await wait(10);
  }
}

/** The turn once it has ended. */
export async function ended(conversation: Conversation, turnId: string): Promise<TurnRecord> {
  const turn = await conversation.turns.settled(operator, turnId, 15_000, new AbortController().signal);
  if (!turn?.finishedAt) throw new Error(`Turn ${turnId} has not ended: ${turn?.status}`);
  return turn;
}

/** The reply's text as it is stored. */
export async function replyText(conversation: Conversation, turn: TurnRecord): Promise<string | null> {
  if (!turn.replyId) return null;
  const [reply] = await conversation.messages.load(operator, [turn.replyId]);
  return reply!.parts
    .map((part) =>
      part.kind === 'TEXT' ? part.text : part.kind === 'ORDER' ? `[${part.orderId}]` : `[${part.proposalId}]`,
    )
    .join('|');
}

/** All events of a turn, to its end. */
export async function eventsOf(conversation: Conversation, turnId: string): Promise<StreamEvent[]> {
  const stream = await conversation.turns.events(operator, turnId, null, AbortSignal.timeout(15_000));
  if (!stream.ok) throw new Error(JSON.stringify(stream.errors));
  const events: StreamEvent[] = [];
  for await (const event of stream.value) events.push(event);
  return events;
}

/** The text that a reader builds from events: parts in the order of their places. */
export function textFrom(events: readonly StreamEvent[]): string {
  const parts = new Map<string, { index: number; text: string }>();
  for (const event of events) {
    if (event.type === 'PartStarted') parts.set(event.data.partId, { index: event.data.index, text: '' });
    if (event.type === 'TextDelta') {
      const part = parts.get(event.data.partId)!;
      part.text = part.text.slice(0, event.data.offset) + event.data.text;
    }
    if (event.type === 'PartCompleted' && event.data.text !== null)
      parts.get(event.data.partId)!.text = event.data.text;
    if (event.type === 'PartRemoved') parts.delete(event.data.partId);
  }
  return [...parts.values()]
    .sort((a, b) => a.index - b.index)
    .map(({ text }) => text)
    .join('|');
}

/** A conversation whose process can be stopped as SIGSTOP does: nothing that it asks of the database or the log goes out until it wakes. */
export interface Freezable {
  conversation: Conversation;
  freeze(): void;
  wake(): void;
}

export function freezable(world: World, limits: Partial<ConversationLimits> = quick): Freezable {
  const { db } = world.test;
  const { events } = world;
  let frozen: Promise<void> | null = null;
  let wake = () => {};
  const conversation = openConversation({
    db: {
      ...db,
      query: async <Row>(text: string, values?: readonly unknown[], name?: string) => {
        await frozen;
        return db.query<Row>(text, values, name);
      },
    },
    events: {
      ...events,
      append: async (...args) => {
        await frozen;
        return events.append(...args);
      },
      raise: async (...args) => {
        await frozen;
        return events.raise(...args);
      },
    },
    logger: silent,
    secret,
    limits,
  });
  return {
    conversation,
    freeze() {
      frozen = new Promise((resolve) => (wake = resolve));
    },
    wake() {
      frozen = null;
      wake();
    },
  };
}
