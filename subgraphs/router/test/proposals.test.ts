import { modelClient, offlineModel, offlineModels } from '@supportgraph/agent';
import { memoryEventLog, openConversation, type Conversation, type EventLog } from '@supportgraph/conversation';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { newId, nobody, ok, silent, type Running, type Viewer } from '@supportgraph/kernel';
import { buildService } from '@supportgraph/subgraph';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routerPlaybooks, routerSubgraph } from '../src/index.js';

let database: TestDatabase;
let events: EventLog;
let conversation: Conversation;
let service: ReturnType<typeof buildService>;
let workers: Running[];
const carriedOut: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  events = memoryEventLog();
  conversation = openConversation({ db: database.db, events, logger: silent, secret: 'for tests' });
  const models = { client: modelClient({ fetch: offlineModel(routerPlaybooks) }), names: offlineModels };
  const subgraph = routerSubgraph({
    ...{ db: database.db, clock: () => new Date(), conversation, models, log: silent },
    recordUse: () => {},
  });
  service = buildService(subgraph);
  workers = await Promise.all([subgraph.workers![0]!(), subgraph.workers![1]!(), proposingOrders()]);
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await conversation.close();
  await events.close();
  await database.drop();
});

/** Proposes to cancel whatever order it is asked about. */
function proposingOrders(): Running {
  return conversation.routes.work(
    ['ORDERS'],
    async ({ propose, writer }) => {
      await propose({
        ...{ kind: 'CANCEL_ORDER', customerId: null, orderId: 'ord_1', wish: {} },
        title: { en: 'Cancel order #1', 'zh-Hant': '取消訂單 #1' },
        lines: [{ label: { en: 'Refund', 'zh-Hant': '退款' }, value: { en: 'USD 20.00', 'zh-Hant': 'USD 20.00' } }],
      });
      writer.text('Shall I?');
      return { kind: 'answered' };
    },
    {
      carryOut: async ({ proposalId }) => {
        carriedOut.push(proposalId);
        return ok({ report: { en: 'It is cancelled.', 'zh-Hant': '已取消。' } });
      },
    },
  );
}

async function run<Data>(query: string, variables: Record<string, unknown>, viewer: Viewer): Promise<Data> {
  const request = {
    requestId: 'req-1',
    viewer,
    language: 'en' as const,
    signal: new AbortController().signal,
    log: silent,
  };
  const result = await service.execute({ query, variables }, request);
  expect(result.errors).toBeUndefined();
  // What the query asks for is what the test names as its type.
  return result.data as Data;
}

const proposal = 'id kind title lines { label value } order { id } status turn { status }';
const ended = `query ($id: ID!) { turn(id: $id) { settled(withinMs: 15000) { status request { id } proposals { ${proposal} } } } }`;
type Turn = { turn: { settled: { status: string; request: { id: string } | null; proposals: { id: string }[] } } };

/** A visitor who was asked whether an order shall be cancelled. */
async function asked(): Promise<{ visitor: Viewer; sessionId: string; proposalId: string }> {
  const started = await conversation.sessions.start(nobody, { idempotencyKey: newId('evt'), channel: 'WEB' });
  if (!started.ok) throw new Error('no session');
  const sessionId = started.value.session.id;
  const visitor = { ...nobody, sessionId };
  const turn = await say(visitor, sessionId, 'Where is my order #W1000001?');
  expect(turn.status).toBe('AWAITING_CONFIRMATION');
  return { visitor, sessionId, proposalId: turn.proposals[0]!.id };
}

async function say(visitor: Viewer, sessionId: string, text: string): Promise<Turn['turn']['settled']> {
  const sent = await conversation.messages.send(visitor, { idempotencyKey: newId('evt'), sessionId, text });
  if (!sent.ok || !sent.value.turn) throw new Error('no turn');
  return (await run<Turn>(ended, { id: sent.value.turn.id }, visitor)).turn.settled;
}

const decide = (verdict: 'confirm' | 'decline', viewer: Viewer, proposalId: string) =>
  run<{ done: { proposal: object | null; turn: { id: string } | null; userErrors: object[] } }>(
    `mutation ($input: ${verdict === 'confirm' ? 'Confirm' : 'Decline'}ActionInput!) {
      done: ${verdict}Action(input: $input) { proposal { ${proposal} } turn { id } userErrors { code message field } } }`,
    { input: { idempotencyKey: newId('evt'), proposalId } },
    viewer,
  );

const pendingOf = async (viewer: Viewer, id: string) => {
  const data = await run<{ _entities: { pendingActions: object[] }[] }>(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Session { pendingActions { ${proposal} } } } }`,
    { of: [{ __typename: 'Session', id }] },
    viewer,
  );
  return data._entities[0]!.pendingActions;
};

test('a proposal waits in the session, and a button carries it out once', async () => {
  const { visitor, sessionId, proposalId } = await asked();
  const shown = {
    ...{ id: proposalId, kind: 'CANCEL_ORDER', title: 'Cancel order #1', order: { id: 'ord_1' } },
    lines: [{ label: 'Refund', value: 'USD 20.00' }],
    turn: { status: 'AWAITING_CONFIRMATION' },
  };
  expect(await pendingOf(visitor, sessionId)).toEqual([{ ...shown, status: 'PENDING' }]);
  const { done } = await decide('confirm', visitor, proposalId);
  expect(done).toMatchObject({ proposal: { id: proposalId }, userErrors: [] });
  const { turn } = await run<Turn>(ended, { id: done.turn!.id }, visitor);
  expect(turn.settled).toMatchObject({ status: 'COMPLETED', request: null });
  expect(await pendingOf(visitor, sessionId)).toEqual([]);
  expect(carriedOut.filter((id) => id === proposalId)).toHaveLength(1);
  expect((await decide('decline', visitor, proposalId)).done).toMatchObject({
    proposal: null,
    turn: null,
    userErrors: [{ code: 'PROPOSAL_EXPIRED', field: ['input', 'proposalId'] }],
  });
});

test('a plain yes carries it out, a plain no leaves all as it is, and more than that does neither', async () => {
  const first = await asked();
  expect(await say(first.visitor, first.sessionId, 'Yes, please!')).toMatchObject({ status: 'COMPLETED' });
  const second = await asked();
  expect(await say(second.visitor, second.sessionId, '不用了，謝謝')).toMatchObject({ status: 'COMPLETED' });
  const third = await asked();
  await say(third.visitor, third.sessionId, 'yes but to my other card');
  expect(carriedOut).toContain(first.proposalId);
  expect(carriedOut).not.toContain(second.proposalId);
  expect(carriedOut).not.toContain(third.proposalId);
});

test('a yes after something else was answered carries nothing out, and a no still declines it', async () => {
  const { visitor, sessionId, proposalId } = await asked();
  await say(visitor, sessionId, 'thank you');
  expect(await say(visitor, sessionId, 'ok do that')).toMatchObject({ status: 'COMPLETED' });
  expect(carriedOut).not.toContain(proposalId);
  expect(await pendingOf(visitor, sessionId)).toMatchObject([{ id: proposalId, status: 'PENDING' }]);
  await say(visitor, sessionId, 'no');
  expect(await pendingOf(visitor, sessionId)).toEqual([]);
});

test('each change is told in the session, as it is now', async () => {
  const { visitor, sessionId, proposalId } = await asked();
  const { done } = await decide('decline', visitor, proposalId);
  await run<Turn>(ended, { id: done.turn!.id }, visitor);
  const request = {
    requestId: 'req-1',
    viewer: visitor,
    language: 'en' as const,
    signal: AbortSignal.timeout(15_000),
    log: silent,
  };
  const query = `subscription ($id: ID!) { sessionEvents(sessionId: $id, after: "start") { ... on ActionUpdated { proposal { id status } } } }`;
  const stream = await service.subscribe({ query, variables: { id: sessionId } }, request);
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
  for await (const { data } of stream) {
    const event = data?.['sessionEvents'] as { proposal?: object };
    if (!event.proposal) continue;
    expect(event.proposal).toEqual({ id: proposalId, status: 'DECLINED' });
    break;
  }
});
