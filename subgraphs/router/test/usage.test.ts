import { modelClient, modelUse, offlineModel, offlineModels, type Allowance, type ModelUse } from '@supportgraph/agent';
import { memoryEventLog, openConversation, type Conversation, type EventLog } from '@supportgraph/conversation';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { newId, nobody, silent, type Viewer } from '@supportgraph/kernel';
import { buildService } from '@supportgraph/subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openSpending, routerPlaybooks, routerSubgraph, type Spending } from '../src/index.js';

const operator: Viewer = { ...nobody, role: 'OPERATOR', staffId: 'stf_boss' };
const staff: Viewer = { ...nobody, role: 'STAFF', staffId: 'stf_1' };
const now = new Date('2026-11-26T10:30:00Z');
const noLimits = { sessionNanoUsd: null, customerNanoUsd: null };

let database: TestDatabase;
let events: EventLog;
let conversation: Conversation;
let service: ReturnType<typeof buildService>;
let statements: string[];

beforeAll(async () => {
  database = await testDatabase();
  events = memoryEventLog();
  conversation = openConversation({ db: database.db, events, logger: silent, secret: 'for tests' });
  const models = { client: modelClient({ fetch: offlineModel(routerPlaybooks) }), names: offlineModels };
  const counted: typeof database.db.query = (text, values, name) => {
    statements.push(name ?? text);
    return database.db.query(text, values, name);
  };
  const db = { ...database.db, query: counted };
  service = buildService(
    routerSubgraph({ db, clock: () => now, conversation, models, log: silent, recordUse: () => {} }),
  );
});
beforeEach(async () => {
  statements = [];
  await database.db.query('TRUNCATE router.model_calls, router.day_spending, router.budgets');
});
afterAll(async () => {
  await conversation.close();
  await events.close();
  await database.drop();
});

async function ask(query: string, variables: object = {}, viewer = operator) {
  const request = {
    ...{ requestId: 'req-1', viewer, language: 'en' as const, signal: new AbortController().signal, log: silent },
  };
  return service.execute({ query, variables: { ...variables } }, request);
}

const use = (costNanoUsd: number, model = 'claude-haiku-5-5'): ModelUse => ({
  ...{ model, inputTokens: 10, outputTokens: 20, cacheReadTokens: 30, cacheWriteTokens: 40 },
  ...{ costNanoUsd, priceVersion: '2026-10', ms: 100, firstTokenMs: 50 },
});

const spendingAt = (at = now, limits: Parameters<typeof openSpending>[0]['limits'] = noLimits): Spending =>
  openSpending({ db: database.db, clock: () => at, log: silent, limits });

/** A database whose first answers are lost; every second statement had been done nevertheless. */
function failing(times: number) {
  let lost = 0;
  const query: typeof database.db.query = async (text, values, name) => {
    if (lost >= times) return database.db.query(text, values, name);
    if ((lost += 1) % 2 === 0) await database.db.query(text, values, name);
    throw new Error('the connection is lost');
  };
  return { ...database.db, query };
}

async function session(customerId: string | null = null): Promise<string> {
  const viewer: Viewer = customerId === null ? nobody : { ...nobody, role: 'CUSTOMER', customerId };
  const started = await conversation.sessions.start(viewer, { idempotencyKey: newId('evt'), channel: 'MOBILE' });
  if (!started.ok) throw new Error(JSON.stringify(started.errors));
  return started.value.session.id;
}

async function turnIn(sessionId: string, viewer: Viewer = { ...nobody, sessionId }): Promise<string> {
  const sent = await conversation.messages.send(viewer, { idempotencyKey: newId('evt'), sessionId, text: 'Hello' });
  if (!sent.ok || !sent.value.turn) throw new Error('no turn');
  return sent.value.turn.id;
}

const usageFields =
  'modelCalls inputTokens cachedInputTokens outputTokens cost { amount currency } cacheHits costSaved { amount }';

describe('what models cost', () => {
  test('is kept per call and read per turn and session, in one statement for many', async () => {
    const { record, recordSaved } = spendingAt();
    const sessionId = await session();
    const turns = await Promise.all([turnIn(sessionId), turnIn(sessionId), turnIn(sessionId)]);
    for (const turnId of turns) await record({ sessionId, turnId, agent: 'ORDERS', intent: 'ORDER' }, use(1_500_000));
    await recordSaved({ sessionId, turnId: turns[0] }, 250);
    const { data } = await ask(
      `query ($id: ID!) { _entities(representations: [{ __typename: "Session", id: $id }]) { ... on Session {
        usage { ${usageFields} } turns { nodes { usage { modelCalls cost { amount } cacheHits } } } } } }`,
      { id: sessionId },
    );
    expect(data).toMatchObject({
      _entities: [
        {
          usage: {
            ...{ modelCalls: 3, inputTokens: 150, cachedInputTokens: 90, outputTokens: 60, cacheHits: 1 },
            ...{ cost: { amount: '0.0045', currency: 'USD' }, costSaved: { amount: '0.00000025' } },
          },
          turns: {
            nodes: [
              { usage: { modelCalls: 1, cost: { amount: '0.0015' }, cacheHits: 1 } },
              { usage: { modelCalls: 1, cost: { amount: '0.0015' }, cacheHits: 0 } },
              { usage: { modelCalls: 1, cost: { amount: '0.0015' }, cacheHits: 0 } },
            ],
          },
        },
      ],
    });
    expect(statements.filter((name) => name.startsWith('router-usage-of-'))).toHaveLength(2);
  });

  test('is reported in total, by group and over time, with the customer’s channel', async () => {
    const sessionId = await session();
    const at = (text: string) => spendingAt(new Date(text));
    await at('2026-11-24T23:59:59.999Z').record(
      { sessionId, turnId: 'trn_1', agent: 'FAQ', intent: 'FAQ' },
      use(1_000),
    );
    await at('2026-11-26T08:00:00Z').record(
      { sessionId, turnId: 'trn_2', agent: 'ORDERS', intent: 'ORDER' },
      use(7_000, 'claude-sonnet-5-5'),
    );
    await at('2026-11-26T09:00:00Z').record({ sessionId, turnId: 'trn_2' }, use(0, 'offline'));
    const { data } = await ask(
      `{ usage(from: "2026-11-24T00:00:00Z", groupBy: [AGENT, CHANNEL]) {
          total { modelCalls cost { amount } } costPerSession { amount } costPerTurn { amount }
          groups(first: 2) { keys { dimension value } usage { cost { amount } } }
          series { at usage { modelCalls } } } }`,
    );
    expect(data).toMatchObject({
      usage: {
        total: { modelCalls: 3, cost: { amount: '0.000008' } },
        costPerSession: { amount: '0.000008' },
        costPerTurn: { amount: '0.000004' },
        groups: [
          {
            keys: [{ value: 'ORDERS' }, { dimension: 'CHANNEL', value: 'MOBILE' }],
            usage: { cost: { amount: '0.000007' } },
          },
          { keys: [{ value: 'FAQ' }, { value: 'MOBILE' }] },
        ],
        series: [
          { at: '2026-11-24T00:00:00.000Z', usage: { modelCalls: 1 } },
          { at: '2026-11-25T00:00:00.000Z', usage: { modelCalls: 0 } },
          { at: '2026-11-26T00:00:00.000Z', usage: { modelCalls: 2 } },
        ],
      },
    });
  });

  test.each([
    ['a time that runs backwards', '{ usage(from: "2026-11-27T00:00:00Z") { total { modelCalls } } }'],
    [
      'one dimension twice',
      '{ usage(from: "2026-11-24T00:00:00Z", groupBy: [AGENT, AGENT]) { total { modelCalls } } }',
    ],
    [
      'three dimensions',
      '{ usage(from: "2026-11-24T00:00:00Z", groupBy: [AGENT, MODEL, INTENT]) { total { modelCalls } } }',
    ],
    ['a series of years of hours', '{ usage(from: "2020-01-01T00:00:00Z", interval: HOUR) { series { at } } }'],
    [
      'too many groups',
      '{ usage(from: "2026-11-24T00:00:00Z", groupBy: [AGENT]) { groups(first: 101) { keys { value } } } }',
    ],
    ['a forecast of nothing', '{ costForecast(days: 0) { daysOfData } }'],
  ])('refuses %s', async (_, query) => {
    const { errors } = await ask(query);
    expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  });

  test('is for operators only', async () => {
    const sessionId = await session();
    const turnId = await turnIn(sessionId);
    const read = await ask('query ($id: ID!) { turn(id: $id) { usage { modelCalls } } }', { id: turnId }, staff);
    expect(read.data).toEqual({ turn: { usage: null } });
    for (const query of [
      '{ budgets { id } }',
      '{ costForecast { daysOfData } }',
      '{ usage(from: "2026-11-24T00:00:00Z") { total { modelCalls } } }',
    ]) {
      const { errors } = await ask(query, {}, staff);
      expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    }
  });

  test('of the next days is told with an interval', async () => {
    for (const [ago, cost] of [
      // Models were first paid for within a day, which is therefore not a whole one.
      [74, 900],
      [50, 3],
      [26, 1],
      [2, 2],
    ] as const)
      await spendingAt(new Date(now.getTime() - ago * 3_600_000)).record({}, use(cost * 1_000_000_000));
    const { data } = await ask(
      '{ costForecast(days: 10) { expected { amount } low { amount } high { amount } daysOfData } }',
    );
    const { expected, low, high, daysOfData } = (data as Record<string, Record<string, { amount: string }>>)[
      'costForecast'
    ]!;
    expect([expected!.amount, daysOfData]).toEqual(['20.00', 3]);
    expect(Number(low!.amount)).toBeGreaterThan(0);
    expect(Number(low!.amount)).toBeLessThan(20);
    expect(Number(high!.amount)).toBeGreaterThan(20);
  });

  test('of the next days rests on what there is: days without spending, part of a first day, or nothing', async () => {
    const told = async () =>
      (await ask('{ costForecast(days: 1, basedOnDays: 5) { expected { amount } daysOfData } }')).data;
    const spend = (hoursAgo: number, dollars: number) =>
      spendingAt(new Date(now.getTime() - hoursAgo * 3_600_000)).record({}, use(dollars * 1_000_000_000));
    expect(await told()).toEqual({ costForecast: { expected: { amount: '0.00' }, daysOfData: 0 } });
    await spendingAt(new Date(now.getTime() - 300 * 3_600_000)).record({}, use(0, 'offline'));
    await spend(5, 4);
    expect(await told()).toEqual({ costForecast: { expected: { amount: '4.00' }, daysOfData: 1 } });
    await spend(200, 100);
    expect(await told()).toEqual({ costForecast: { expected: { amount: '0.80' }, daysOfData: 5 } });
  });
});

const set = `mutation ($input: SetBudgetInput!) { setBudget(input: $input) {
  budget { id period agent limit { amount } spent { amount } action resetsAt } userErrors { code field } } }`;

describe('budgets', () => {
  test('are set, changed, listed with what is spent, audited and removed', async () => {
    await spendingAt().record({ agent: 'FAQ' }, use(1_000_000_000));
    const input = { period: 'DAY', agent: 'FAQ', limit: '2.5', action: 'HANDOFF' };
    const budget = {
      ...{ period: 'DAY', agent: 'FAQ', limit: { amount: '2.50' }, spent: { amount: '1.00' }, action: 'HANDOFF' },
      resetsAt: '2026-11-27T00:00:00.000Z',
    };
    expect((await ask(set, { input })).data).toMatchObject({ setBudget: { budget, userErrors: [] } });
    await ask(set, { input: { ...input, limit: '3' } });
    const listed = await ask('{ budgets { limit { amount } agent } }');
    expect(listed.data).toEqual({ budgets: [{ limit: { amount: '3.00' }, agent: 'FAQ' }] });
    await ask(set, { input: { ...input, limit: null } });
    expect((await ask('{ budgets { id } }')).data).toEqual({ budgets: [] });
    const audited = await database.db.prisma.auditEvent.findMany({ where: { action: 'budget.set' } });
    expect(audited.map(({ outcome, actorId }) => [outcome, actorId])).toEqual(Array(3).fill(['SUCCEEDED', 'stf_boss']));
  });

  test.each([
    ['a limit below what is spent', { limit: '0.5' }, 'BUDGET_TOO_LOW'],
    ['nothing', { limit: '0' }, 'INVALID'],
    ['less than nothing', { limit: '-1' }, 'INVALID'],
    ['an amount that cannot be kept exactly', { limit: '1.0000000001' }, 'INVALID'],
    ['an agent that calls no models', { agent: 'HANDOFF' }, 'INVALID'],
  ])('refuse %s', async (_, fields, code) => {
    await spendingAt().record({}, use(1_000_000_000));
    const { data } = await ask(set, { input: { period: 'MONTH', limit: '5', ...fields } });
    expect(data).toMatchObject({ setBudget: { budget: null, userErrors: [{ code }] } });
    expect(await database.db.prisma.budget.count()).toBe(0);
  });

  test.each<[string, string, string | null, Allowance]>([
    ['WARN', 'DAY', null, 'ok'],
    ['DOWNGRADE', 'MONTH', null, 'downgrade'],
    ['HANDOFF', 'DAY', 'FAQ', 'handOff'],
    ['HANDOFF', 'DAY', 'ORDERS', 'ok'],
  ])('%s of a %s for %s leaves the next call: %s', async (action, period, agent, allowance) => {
    const spending = spendingAt();
    const asked = { sessionId: null, customerId: null, agent: 'FAQ' as const };
    await ask(set, { input: { period, agent, limit: '1', action } });
    expect(await spending.allow(asked)).toBe('ok');
    await Promise.all(Array.from({ length: 20 }, () => spending.record({ agent: 'FAQ' }, use(50_000_000))));
    expect(await spending.allow(asked)).toBe(allowance);
    const later = spendingAt(new Date(period === 'DAY' ? '2026-11-27T00:00:00Z' : '2026-12-01T00:00:00Z'));
    expect(await later.allow(asked)).toBe('ok');
  });

  test('that are spent are told once a period, however many look', async () => {
    const told = () => database.db.prisma.auditEvent.count({ where: { action: 'budget.spent' } });
    const before = await told();
    await ask(set, { input: { period: 'DAY', limit: '1' } });
    await spendingAt().record({}, use(1_000_000_000));
    await Promise.all(
      Array.from({ length: 5 }, () => spendingAt().allow({ sessionId: null, customerId: null, agent: 'FAQ' })),
    );
    expect((await told()) - before).toBe(1);
  });

  test('that are set again are told again once they are spent', async () => {
    const told = () => database.db.prisma.auditEvent.count({ where: { action: 'budget.spent' } });
    const before = await told();
    for (const limit of ['1', '2']) {
      await ask(set, { input: { period: 'DAY', limit } });
      await spendingAt().record({}, use(1_000_000_000));
      await spendingAt().allow({ sessionId: null, customerId: null, agent: 'FAQ' });
    }
    expect((await told()) - before).toBe(2);
  });

  test('hold for a model without a price, which is told once', async () => {
    const told: object[] = [];
    const log = { ...silent, warn: (facts: object) => void told.push(facts) };
    const limits = { sessionNanoUsd: 5_000_000n, customerNanoUsd: null };
    const spending = openSpending({ db: database.db, clock: () => now, log, limits });
    const sessionId = await session();
    const counts = {
      input_tokens: 1_000,
      output_tokens: 100,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 0,
    };
    const unpriced = modelUse('somebody-elses', counts, 1, null);
    await ask(set, { input: { period: 'DAY', agent: 'FAQ', limit: '0.01', action: 'HANDOFF' } });
    for (const _ of [1, 2]) await spending.record({ sessionId, agent: 'FAQ' }, unpriced);
    expect(told).toEqual([{ model: 'somebody-elses', priceVersion: '2026-10' }]);
    expect(await spending.allow({ sessionId, customerId: null, agent: 'ORDERS' })).toBe('exhausted');
    expect(await spending.allow({ sessionId: null, customerId: null, agent: 'FAQ' })).toBe('handOff');
    const { data } = await ask(
      '{ usage(from: "2026-11-26T00:00:00Z", before: "2026-11-27T00:00:00Z") { total { cost { amount } } } }',
    );
    expect(data).toEqual({ usage: { total: { cost: { amount: '0.012' } } } });
  });

  test('see a call that the database did not take at first, once and not twice', async () => {
    const lines: object[] = [];
    const log = { ...silent, warn: (facts: object) => void lines.push(facts) };
    const limits = { sessionNanoUsd: 100n, customerNanoUsd: null };
    const sessionId = await session();
    const spending = openSpending({ db: failing(2), clock: () => now, log, limits, pausesMs: [5, 5] });
    await spending.record({ sessionId }, use(100));
    expect(lines).toMatchObject([{ sessionId, costNanoUsd: 100 }]);
    const allowance = () => spending.allow({ sessionId, customerId: null, agent: 'FAQ' });
    await vi.waitFor(async () => expect(await allowance()).toBe('exhausted'));
    const rows = await database.db.query<{ spent: string }>(
      'SELECT sum(nano_usd)::text AS spent FROM router.day_spending',
    );
    expect(rows).toEqual([{ spent: '100' }]);
  });

  test('miss a call that the database never takes, which the log has', async () => {
    const lines: object[] = [];
    const log = { ...silent, error: (facts: object) => void lines.push(facts) };
    const spending = openSpending({ db: failing(9), clock: () => now, log, limits: noLimits, pausesMs: [1] });
    await spending.recordSaved({}, 70);
    await vi.waitFor(() => expect(lines).toMatchObject([{ savedNanoUsd: 70 }]));
  });

  test('of a customer hold for triage too, which knows the session only', async () => {
    const customerId = 'cus_triage';
    const spending = spendingAt(now, { sessionNanoUsd: null, customerNanoUsd: 100n });
    await spending.record({ sessionId: await session(customerId) }, use(100));
    const sessionId = await session(customerId);
    expect(await spending.allow({ sessionId, customerId: null, agent: 'ROUTER' })).toBe('exhausted');
  });

  test.each(['Asia/Taipei', 'America/Los_Angeles'])(
    'of a customer begin at midnight UTC, whatever the time zone of the database (%s)',
    async (zone) => {
      const customerId = `cus_${zone}`;
      const sessionId = await session(customerId);
      const limits = { sessionNanoUsd: null, customerNanoUsd: 100n };
      await spendingAt(new Date('2026-11-25T23:59:59Z'), limits).record({ sessionId }, use(100));
      await database.db.transaction(async (tx) => {
        await tx.$executeRawUnsafe(`SET LOCAL TIME ZONE '${zone}'`);
        const query: typeof database.db.query = (text, values = []) => tx.$queryRawUnsafe(text, ...values);
        const db = { ...database.db, query };
        const allow = (at: string) =>
          openSpending({ db, clock: () => new Date(at), log: silent, limits }).allow({
            ...{ sessionId, customerId, agent: 'FAQ' },
          });
        expect(await allow('2026-11-26T00:00:00Z')).toBe('ok');
        expect(await allow('2026-11-25T23:59:59.5Z')).toBe('exhausted');
      });
    },
  );

  test('of a session and of a customer’s day are shares of their own', async () => {
    const customerId = 'cus_share';
    const first = await session(customerId);
    const second = await session(customerId);
    const spending = spendingAt(now, { sessionNanoUsd: 100n, customerNanoUsd: 150n });
    const allow = (sessionId: string, of: string | null) => spending.allow({ sessionId, customerId: of, agent: 'FAQ' });
    await spending.record({ sessionId: first }, use(100));
    expect(await allow(first, customerId)).toBe('exhausted');
    expect(await allow(second, customerId)).toBe('ok');
    await spending.record({ sessionId: second }, use(50));
    expect(await allow(await session(customerId), customerId)).toBe('exhausted');
    expect(await allow(await session(), null)).toBe('ok');
  });
});

describe('a failed turn', () => {
  test('is asked for again through the schema, and a turn under way is not', async () => {
    const sessionId = await session();
    const turnId = await turnIn(sessionId);
    const { data } = await ask(
      'mutation ($input: RetryTurnInput!) { retryTurn(input: $input) { turn { id } userErrors { code field } } }',
      { input: { idempotencyKey: newId('evt'), turnId } },
      { ...nobody, sessionId },
    );
    const userErrors = [{ code: 'TURN_IN_PROGRESS', field: ['input', 'turnId'] }];
    expect(data).toEqual({ retryTurn: { turn: null, userErrors } });
  });
});
