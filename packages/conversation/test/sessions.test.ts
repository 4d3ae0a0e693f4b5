import { nobody, verifySessionToken, type Viewer } from '@supportgraph/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePartitions } from '../src/sweep/makePartitions.js';
import { silent } from '@supportgraph/kernel';
import {
  customer,
  newKey,
  operator,
  partner,
  secret,
  send,
  staff,
  startSession,
  startWorld,
  until,
  visitor,
  type World,
} from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const start = (viewer: Viewer, input: object = {}) =>
  world.conversation.sessions.start(viewer, { idempotencyKey: newKey(), channel: 'WEB', ...input });

describe('starting a session', () => {
  test('gives a visitor a token that opens it', async () => {
    const started = await start(nobody, { language: 'zh-TW' });
    if (!started.ok) throw new Error('refused');
    const { session, accessToken } = started.value;
    expect(session).toMatchObject({
      status: 'ACTIVE',
      channel: 'WEB',
      language: 'zh-Hant',
      customerId: null,
      title: null,
    });
    expect(verifySessionToken(secret, accessToken!)).toBe(session.id);
  });

  test('with the same key gives the same session and token again, also at once', async () => {
    const input = { idempotencyKey: newKey() };
    const started = await Promise.all(Array.from({ length: 20 }, () => start(nobody, input)));
    expect(new Set(started.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  test('with the same key and other arguments is a conflict', async () => {
    const input = { idempotencyKey: newKey() };
    await start(nobody, input);
    expect(await start(nobody, { ...input, channel: 'MOBILE' })).toMatchObject({
      errors: [{ code: 'IDEMPOTENCY_CONFLICT' }],
    });
  });

  test('with the same key of another caller is another session, and callers with an identity get no token', async () => {
    const idempotencyKey = newKey();
    const viewers = [nobody, customer('cus_1'), customer('cus_2'), partner('api_1'), staff];
    const started = await Promise.all(viewers.map((viewer) => start(viewer, { idempotencyKey })));
    expect(new Set(started.map((each) => each.ok && each.value.session.id)).size).toBe(viewers.length);
    expect(started.map((each) => each.ok && each.value.accessToken !== null)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  test('binds a customer’s own, and a customer whom a partner may assert', async () => {
    const asserting = partner('api_1', 'sessions:write', 'customers:assert');
    expect(await start(customer('cus_1'))).toMatchObject({ value: { session: { customerId: 'cus_1' } } });
    expect(await start(asserting, { customerId: 'cus_2' })).toMatchObject({
      value: { session: { customerId: 'cus_2', apiClientId: 'api_1' } },
    });
  });

  test.each<[string, Viewer, object]>([
    ['a visitor', nobody, { customerId: 'cus_1' }],
    ['another customer', customer('cus_2'), { customerId: 'cus_1' }],
    ['a partner without the scope', partner('api_1'), { customerId: 'cus_1' }],
    ['a key that may only read', partner('api_1', 'sessions:read'), {}],
  ])('%s is refused', async (_, viewer, input) => {
    expect(await start(viewer, input)).toMatchObject({ ok: false, errors: [{ code: 'FORBIDDEN' }] });
  });
});

describe('verifying the customer', () => {
  const verify = (
    sessionId: string,
    customerId: string | null,
    claim: unknown = customerId,
    idempotencyKey = newKey(),
  ) =>
    world.conversation.sessions.verifyCustomer(visitor(sessionId), { idempotencyKey, sessionId, claim }, async () =>
      customerId === null ? null : { customerId, displayName: 'Ann Lee' },
    );

  test('binds the session, and names the customer beside later messages', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    expect(await verify(session.id, 'cus_7')).toMatchObject({ ok: true, value: { customerId: 'cus_7' } });
    expect(await conversation.sessions.customerOf(visitor(session.id))).toBe('cus_7');
    const { message } = await send(conversation, session.id, 'Hello');
    expect(message.author.displayName).toBe('Ann Lee');
    expect(await conversation.sessions.load(customer('cus_7'), [session.id])).toMatchObject([{ id: session.id }]);
  });

  test('again as the same customer is no error; as another it is refused', async () => {
    const session = await startSession(world.conversation);
    await verify(session.id, 'cus_7');
    expect(await verify(session.id, 'cus_7')).toMatchObject({ ok: true });
    const [another, nobodyKnown] = [await verify(session.id, 'cus_8'), await verify(session.id, null)];
    expect(another).toMatchObject({ ok: false, errors: [{ code: 'WRONG_STATE' }] });
    expect(nobodyKnown).toEqual(another);
    expect(await world.conversation.sessions.customerOf(visitor(session.id))).toBe('cus_7');
  });

  test('the same key gives the same answer and counts once; with another claim it is a conflict', async () => {
    const session = await startSession(world.conversation);
    const key = newKey();
    for (let i = 0; i < 7; i++) {
      expect(await verify(session.id, null, 'a@x', key)).toMatchObject({ errors: [{ code: 'CUSTOMER_NOT_VERIFIED' }] });
    }
    expect(await verify(session.id, null, 'b@x', key)).toMatchObject({ errors: [{ code: 'IDEMPOTENCY_CONFLICT' }] });
    expect(await verify(session.id, 'cus_1')).toMatchObject({ ok: true });
  });

  test('after five failed tries nobody is asked any more, and a person takes over', async () => {
    const session = await startSession(world.conversation);
    for (let i = 0; i < 5; i++) await verify(session.id, null);
    expect(await verify(session.id, 'cus_1')).toMatchObject({ ok: false, errors: [{ code: 'CUSTOMER_NOT_VERIFIED' }] });
    expect(await world.conversation.handoffs.loadAll(operator, [session.id])).toMatchObject([[{ status: 'QUEUED' }]]);
  });

  test('a token’s customer is the customer; staff and strangers are none', async () => {
    const { sessions } = world.conversation;
    expect(await Promise.all([customer('cus_3'), staff, nobody].map((viewer) => sessions.customerOf(viewer)))).toEqual([
      'cus_3',
      null,
      null,
    ]);
  });
});

describe('asking for a person', () => {
  const ask = (sessionId: string, input: object = {}) =>
    world.conversation.handoffs.request(visitor(sessionId), {
      idempotencyKey: newKey(),
      sessionId,
      reason: 'CUSTOMER_ASKED',
      ...input,
    });

  test('puts the session into the queue, and asking again gives the one that waits', async () => {
    const session = await startSession(world.conversation);
    const asked = await ask(session.id, { message: 'A person please', summary: 'Wants a person' });
    expect(asked).toMatchObject({
      value: { status: 'QUEUED', priority: 'NORMAL', team: 'support', queuePosition: expect.any(Number) },
    });
    expect(await ask(session.id, { reason: 'UPSET' })).toEqual(asked);
    expect(await world.conversation.sessions.load(operator, [session.id])).toMatchObject([
      { status: 'WAITING_FOR_STAFF' },
    ]);
  });

  test('many at once make one handoff', async () => {
    const session = await startSession(world.conversation);
    await Promise.all(Array.from({ length: 10 }, () => ask(session.id)));
    const [all] = await world.conversation.handoffs.loadAll(operator, [session.id]);
    expect(all).toHaveLength(1);
  });

  test('the upset go before those who asked earlier', async () => {
    const [first, second] = [await startSession(world.conversation), await startSession(world.conversation)];
    const [one, two] = [await ask(first.id), await ask(second.id, { reason: 'UPSET' })];
    if (!one.ok || !two.ok) throw new Error('refused');
    const [now] = await world.conversation.handoffs.load(visitor(first.id), [one.value.id]);
    expect(two.value.queuePosition).toBeLessThan(now!.queuePosition!);
  });

  test('the same key with another wish is a conflict', async () => {
    const session = await startSession(world.conversation);
    const idempotencyKey = newKey();
    await ask(session.id, { idempotencyKey });
    expect(await ask(session.id, { idempotencyKey, message: 'x' })).toMatchObject({
      errors: [{ code: 'IDEMPOTENCY_CONFLICT' }],
    });
  });

  test('in a closed session is refused; closing abandons one that waits', async () => {
    const session = await startSession(world.conversation);
    await ask(session.id);
    await world.conversation.sessions.close(visitor(session.id), session.id);
    expect(await world.conversation.handoffs.loadAll(operator, [session.id])).toMatchObject([
      [{ status: 'ABANDONED' }],
    ]);
    expect(await ask(session.id)).toMatchObject({ errors: [{ code: 'SESSION_CLOSED' }] });
  });
});

describe('pages', () => {
  test('of messages lead through all of them from both ends', async () => {
    const { conversation } = world;
    const session = await startSession(conversation);
    const viewer = visitor(session.id);
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) ids.push((await send(conversation, session.id, `Message ${i}`)).message.id);
    const forwards: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await conversation.messages.page(viewer, session.id, { first: 3, after });
      if (!page.ok) throw new Error('refused');
      forwards.push(...page.value.edges.map(({ node }) => node.id));
      expect(page.value.pageInfo.hasPreviousPage).toBe(after !== null);
      if (!page.value.pageInfo.hasNextPage) break;
      after = page.value.pageInfo.endCursor;
    }
    const backwards: string[] = [];
    for (let before: string | null = null; ;) {
      const page = await conversation.messages.page(viewer, session.id, { last: 3, before });
      if (!page.ok) throw new Error('refused');
      backwards.unshift(...page.value.edges.map(({ node }) => node.id));
      if (!page.value.pageInfo.hasPreviousPage) break;
      before = page.value.pageInfo.startCursor;
    }
    expect(forwards).toEqual(ids);
    expect(backwards).toEqual(ids);
    const turns = await conversation.turns.page(viewer, session.id, { last: 2 });
    expect(turns.ok && turns.value.edges.map(({ node }) => node.requestId)).toEqual(ids.slice(5));
  });

  /** Activities of one millisecond have no order. */
  async function clockGoesOn(): Promise<void> {
    const now = Date.now();
    await until(() => Date.now() > now);
  }

  test('of sessions show the newest activity first, and what matches', async () => {
    const { conversation } = world;
    const viewer = customer('cus_pages');
    const [one, two, three] = [
      await startSession(conversation, viewer),
      await startSession(conversation, viewer),
      await startSession(conversation, viewer),
    ];
    await clockGoesOn();
    await send(conversation, one.id, 'Where is my 100% cotton shirt?');
    await clockGoesOn();
    await conversation.sessions.close(viewer, two.id);
    const idsOf = async (filter: object, page: object = {}) => {
      const found = await conversation.sessions.page(staff, { customerId: 'cus_pages', ...filter }, page);
      return found.ok && found.value.edges.map(({ node }) => node.id);
    };
    expect(await idsOf({})).toEqual([two.id, one.id, three.id]);
    expect(await idsOf({ query: '100% COTTON' })).toEqual([one.id]);
    expect(await idsOf({ query: '100_' })).toEqual([]);
    expect(await idsOf({ status: ['CLOSED'] })).toEqual([two.id]);
    expect(await idsOf({ intent: ['REFUND'] })).toEqual([]);
    expect(await idsOf({}, { last: 1 })).toEqual([three.id]);
    const own = await conversation.sessions.own(viewer, { first: 2 });
    expect(own.ok && own.value.edges.map(({ node }) => node.id)).toEqual([two.id, one.id]);
    const rest = await conversation.sessions.own(viewer, { after: own.ok ? own.value.pageInfo.endCursor : '' });
    expect(rest.ok && rest.value.edges.map(({ node }) => node.id)).toEqual([three.id]);
  });

  test.each([
    { first: -1 },
    { first: 101 },
    { first: 1.5 },
    { first: 1, last: 1 },
    { after: 'nonsense' },
    { before: 'bm8' },
  ])('%o is refused', async (request) => {
    const session = await startSession(world.conversation);
    expect(await world.conversation.messages.page(operator, session.id, request)).toMatchObject({
      errors: [{ code: 'INVALID' }],
    });
    expect(await world.conversation.turns.page(operator, session.id, request)).toMatchObject({
      errors: [{ code: 'INVALID' }],
    });
    expect(await world.conversation.sessions.page(operator, {}, request)).toMatchObject({
      errors: [{ code: 'INVALID' }],
    });
  });
});

describe('partitions of messages', () => {
  test('are made for the coming months, also when the default one caught their rows, and nothing is lost', async () => {
    const { db } = world.test;
    const session = await startSession(world.conversation);
    const insert = `
      INSERT INTO conversation.messages (id, session_id, author_kind, author_name, status, created_at)
      VALUES ($1, $2, 'SYSTEM', 'x', 'COMPLETE', $3)`;
    await db.query(insert, ['msg_far', session.id, new Date('2031-05-17T00:00:00Z')]);
    await db.query(insert, ['msg_edge', session.id, new Date('2031-06-01T00:00:00Z')]);
    const partitionOf = async (id: string) =>
      (
        await db.query<{ name: string }>(
          'SELECT tableoid::regclass::text AS name FROM conversation.messages WHERE id = $1',
          [id],
        )
      )[0]!.name;
    expect(await partitionOf('msg_far')).toBe('conversation.messages_default');
    const job = { db, logger: silent, clock: () => new Date('2031-05-20T12:00:00Z') };
    await Promise.all([makePartitions(job), makePartitions(job), makePartitions(job)]);
    expect(await partitionOf('msg_far')).toBe('conversation.messages_2031_05');
    expect(await partitionOf('msg_edge')).toBe('conversation.messages_2031_06');
    const page = await world.conversation.messages.page(operator, session.id, {});
    expect(page.ok && page.value.edges).toHaveLength(2);
  });

  test('of this month and the next two are there from the start', async () => {
    const { db } = world.test;
    const [row] = await db.query<{ count: number }>(
      `SELECT count(*) FROM pg_inherits WHERE inhparent = 'conversation.messages'::regclass`,
    );
    expect(row!.count).toBeGreaterThanOrEqual(4);
  });
});
