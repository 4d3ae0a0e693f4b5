import { memoryEventLog, openConversation, type Conversation, type EventLog } from '@supportgraph/conversation';
import { modelClient, offlineModel, offlineModels } from '@supportgraph/agent';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { newId, nobody, silent, type Running, type Viewer } from '@supportgraph/kernel';
import { buildService } from '@supportgraph/subgraph';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { routerPlaybooks, routerSubgraph } from '../src/index.js';
import { labelledCorrections } from '../training/corrections.js';

const staff: Viewer = { ...nobody, role: 'STAFF', staffId: 'stf_1' };
const now = new Date('2026-11-26T10:00:00Z');

let database: TestDatabase;
let events: EventLog;
let conversation: Conversation;
let service: ReturnType<typeof buildService>;
let worker: Running;

beforeAll(async () => {
  database = await testDatabase();
  events = memoryEventLog();
  conversation = openConversation({ db: database.db, events, logger: silent, secret: 'for tests' });
  const client = modelClient({ fetch: offlineModel(routerPlaybooks) });
  const models = { client, names: offlineModels };
  const subgraph = routerSubgraph({
    ...{ db: database.db, clock: () => now, conversation, models, log: silent },
    recordUse: () => {},
  });
  service = buildService(subgraph);
  worker = await subgraph.workers![0]!();
});
afterAll(async () => {
  await worker.stop();
  await conversation.close();
  await events.close();
  await database.drop();
});

async function ask(query: string, variables: object, viewer: Viewer) {
  const request = {
    requestId: 'req-1',
    viewer,
    language: 'en' as const,
    signal: new AbortController().signal,
    log: silent,
  };
  return service.execute({ query, variables: { ...variables } }, request);
}

const correct = `mutation ($input: CorrectRouteInput!) {
  correctRoute(input: $input) { routing { method correctedIntents } userErrors { code field } }
}`;

async function routedTurn(text: string): Promise<{ turnId: string; visitor: Viewer }> {
  const started = await conversation.sessions.start(nobody, { idempotencyKey: newId('evt'), channel: 'WEB' });
  if (!started.ok) throw new Error('no session');
  const visitor = { ...nobody, sessionId: started.value.session.id };
  const sent = await conversation.messages.send(visitor, {
    ...{ idempotencyKey: newId('evt'), sessionId: started.value.session.id, text },
  });
  if (!sent.ok || !sent.value.turn) throw new Error('no turn');
  const turnId = sent.value.turn.id;
  await vi.waitFor(
    async () => {
      const [turn] = await conversation.turns.load(visitor, [turnId]);
      expect(turn?.routing).not.toBeNull();
    },
    { timeout: 15_000 },
  );
  return { turnId, visitor };
}

describe('correcting a route', () => {
  test('is kept beside the decision, and the last word counts', async () => {
    const { turnId } = await routedTurn('Where is my order #W1000001?');
    const read = `query ($id: ID!) { turn(id: $id) { routes { intent } routing { correctedIntents } } }`;
    const before = await ask(read, { id: turnId }, staff);
    expect(before.data).toEqual({ turn: { routes: [{ intent: 'ORDER' }], routing: { correctedIntents: null } } });
    for (const intents of [['FAQ'], ['REFUND', 'FAQ']]) {
      const { data } = await ask(correct, { input: { turnId, intents } }, staff);
      expect(data).toMatchObject({ correctRoute: { routing: { correctedIntents: intents }, userErrors: [] } });
    }
    const after = await ask(read, { id: turnId }, staff);
    expect(after.data).toEqual({
      turn: { routes: [{ intent: 'ORDER' }], routing: { correctedIntents: ['REFUND', 'FAQ'] } },
    });
  });

  test('is exported with the message it is about', async () => {
    const { turnId } = await routedTurn('my gizmo sings at night');
    await ask(correct, { input: { turnId, intents: ['TECHNICAL'] } }, staff);
    const exported = [];
    for await (const message of labelledCorrections(database.db, conversation)) exported.push(message);
    expect(exported).toContainEqual({ text: 'my gizmo sings at night', routes: ['technical'] });
  });

  test('is refused to customers, for unknown turns, and without one to three different intents', async () => {
    const { turnId, visitor } = await routedTurn('Where is my order #W1000002?');
    const errorOf = async (input: object, viewer: Viewer) => {
      const { data } = await ask(correct, { input }, viewer);
      return (data as { correctRoute: { userErrors: object[] } }).correctRoute.userErrors;
    };
    expect(await errorOf({ turnId, intents: ['FAQ'] }, visitor)).toEqual([{ code: 'FORBIDDEN', field: null }]);
    expect(await errorOf({ turnId: 'trn_none', intents: ['FAQ'] }, staff)).toEqual([
      { code: 'NOT_FOUND', field: ['input', 'turnId'] },
    ]);
    for (const intents of [[], ['FAQ', 'FAQ'], ['FAQ', 'ORDER', 'REFUND', 'HUMAN']])
      expect(await errorOf({ turnId, intents }, staff)).toEqual([{ code: 'INVALID', field: ['input', 'intents'] }]);
  });
});
