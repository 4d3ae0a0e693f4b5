import { nobody, type Viewer } from '@supportgraph/kernel';
import { emit } from '@supportgraph/data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conversationEvents } from '../src/index.js';
import { customer, newKey, operator, partner, startSession, startWorld, until, visitor, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const auditOf = async (sessionId: string) =>
  (await world.test.db.prisma.auditEvent.findMany({ where: { subjectId: sessionId }, orderBy: { id: 'asc' } })).map(
    ({ actorRole, action, outcome, code }) => [actorRole, action, outcome, code],
  );

const ask = (viewer: Viewer, sessionId: string) =>
  world.conversation.handoffs.request(viewer, { idempotencyKey: newKey(), sessionId, reason: 'CUSTOMER_ASKED' });
const verify = (viewer: Viewer, sessionId: string, customerId: string | null) =>
  world.conversation.sessions.verifyCustomer(
    viewer,
    { idempotencyKey: newKey(), sessionId, claim: { email: 'secret@example.com' } },
    async () => (customerId === null ? null : { customerId }),
  );
const close = (viewer: Viewer, sessionId: string) => world.conversation.sessions.close(viewer, sessionId);

describe('the audit keeps', () => {
  test('what was done to a session, once, in whose name, and not what the visitor said', async () => {
    const { id } = await startSession(world.conversation);
    await verify(visitor(id), id, 'cus_1');
    await ask(visitor(id), id);
    await close(visitor(id), id);
    await close(visitor(id), id);
    expect(await auditOf(id)).toEqual([
      ['ANONYMOUS', 'session.verify', 'SUCCEEDED', null],
      ['ANONYMOUS', 'handoff.request', 'SUCCEEDED', null],
      ['ANONYMOUS', 'session.close', 'SUCCEEDED', null],
    ]);
    const rows = await world.test.db.prisma.auditEvent.findMany({ where: { subjectId: id } });
    expect(JSON.stringify(rows)).not.toContain('secret@example.com');
  });

  test.each<[string, Viewer, string]>([
    ['a stranger', nobody, 'NOT_FOUND'],
    ['another customer', customer('cus_2'), 'NOT_FOUND'],
    ['a partner who may only read', partner('api_1', 'sessions:read'), 'FORBIDDEN'],
  ])('each try of %s', async (_, viewer, code) => {
    const opener = viewer.role === 'PARTNER' ? partner('api_1') : nobody;
    const { id } = await startSession(world.conversation, opener);
    for (const attempt of [verify(viewer, id, 'cus_2'), ask(viewer, id), close(viewer, id)])
      expect(await attempt).toMatchObject({ ok: false, errors: [{ code }] });
    const denied = (await auditOf(id)).sort();
    expect(denied).toEqual([
      [viewer.role, 'handoff.request', 'DENIED', code],
      [viewer.role, 'session.close', 'DENIED', code],
      [viewer.role, 'session.verify', 'DENIED', code],
    ]);
  });

  test('wrong details, another customer, and deeds in a closed session', async () => {
    const { id } = await startSession(world.conversation);
    await verify(visitor(id), id, null);
    await verify(visitor(id), id, 'cus_1');
    await verify(visitor(id), id, 'cus_2');
    await close(visitor(id), id);
    await verify(visitor(id), id, 'cus_1');
    await ask(visitor(id), id);
    expect(
      (await auditOf(id)).filter(([, , outcome]) => outcome === 'DENIED').map(([, action, , code]) => [action, code]),
    ).toEqual([
      ['session.verify', 'CUSTOMER_NOT_VERIFIED'],
      ['session.verify', 'WRONG_STATE'],
      ['session.verify', 'SESSION_CLOSED'],
      ['handoff.request', 'SESSION_CLOSED'],
    ]);
  });

  test('a try with what is no id, without it', async () => {
    const odd = 'ses_\0odd';
    expect(await close(nobody, odd)).toMatchObject({ errors: [{ code: 'NOT_FOUND' }] });
    const where = { action: 'session.close', code: 'NOT_FOUND', subjectId: null };
    expect(await world.test.db.prisma.auditEvent.count({ where })).toBe(1);
  });
});

const eventsOf = (subjectId: string) => world.test.db.prisma.outboxEvent.findMany({ where: { subjectId } });

test('a handoff is told to others once, in the transaction that makes it, however often it is asked for', async () => {
  const { id } = await startSession(world.conversation);
  const asked = await Promise.all([ask(visitor(id), id), ask(visitor(id), id)]);
  const handoffId = asked[0]!.ok ? asked[0]!.value.id : '';
  const [event, ...others] = await eventsOf(handoffId);
  expect(others).toEqual([]);
  expect(event).toMatchObject({ type: 'handoff.requested', version: 1 });
  expect(conversationEvents['handoff.requested'].data.parse(event!.data)).toEqual({
    ...{ handoffId, sessionId: id, reason: 'CUSTOMER_ASKED', priority: 'NORMAL', team: 'support' },
  });
});

describe('a refund that needs a person', () => {
  const data = { refundId: 'ref_1', orderId: 'ord_1', amount: 9000 };
  const requested = (customerId: string, sessionId: string | null, isAutomatic: boolean) =>
    world.test.db.transaction((tx) =>
      emit(
        tx,
        {
          ...{ type: 'refund.requested', version: 1, subjectId: 'ref_1' },
          data: { ...data, customerId, sessionId, isAutomatic },
        },
        new Date(),
      ),
    );
  const failed = (customerId: string) =>
    world.test.db.transaction((tx) =>
      emit(
        tx,
        { type: 'refund.failed', version: 1, subjectId: 'ref_1', data: { ...data, customerId, code: 'CLOSED' } },
        new Date(),
      ),
    );
  const currentOf = async (sessionId: string) =>
    (await world.conversation.handoffs.loadCurrent(operator, [sessionId]))[0] ?? null;

  test('puts the session in which it was asked for into the queue, else the latest open one', async () => {
    const [asking, latest, failing] = await Promise.all(
      ['cus_10', 'cus_10', 'cus_11'].map((id) => startSession(world.conversation, customer(id))),
    );
    const closed = await startSession(world.conversation, customer('cus_11'));
    await close(customer('cus_11'), closed.id);
    await requested('cus_12', null, false);
    await requested('cus_10', asking!.id, true);
    await requested('cus_10', asking!.id, false);
    await failed('cus_11');
    const following = world.conversation.handoffs.followRefunds();
    const [first, second] = await Promise.all([asking!, failing!].map(({ id }) => until(() => currentOf(id))));
    await following.stop();
    expect(first).toMatchObject({ reason: 'APPROVAL_NEEDED', summary: expect.stringContaining('ref_1') });
    expect(second).toMatchObject({ reason: 'SYSTEM', priority: 'HIGH', summary: expect.stringContaining('CLOSED') });
    expect(await currentOf(latest!.id)).toBeNull();
    expect(await currentOf(closed.id)).toBeNull();
    const handled = { consumer: 'conversation.followRefunds' };
    expect(await world.test.db.prisma.inboxEvent.count({ where: handled })).toBe(4);
  });
});
