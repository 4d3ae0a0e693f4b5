import { nobody, silent } from '@supportgraph/kernel';
import { audit, chainAudit, verifyAudit, type Database } from '@supportgraph/data';
import { linkNext } from '../src/auditChain/chainAudit.js';
import { canonicalEvent } from '../src/auditChain/link.js';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from './world.js';

let made: TestDatabase;
let db: Database;
beforeEach(async () => {
  made = await testDatabase();
  db = made.db;
});
afterEach(() => made.drop());

/** The events are as old as if they had been written an hour ago, so that they need not wait. */
async function write(...actions: string[]): Promise<void> {
  await db.transaction(async (tx) => {
    for (const action of actions) {
      const entry = { viewer: nobody, action, outcome: 'SUCCEEDED', changes: { b: [1, 'x'], a: 2.5 } } as const;
      await audit(tx, entry, new Date());
    }
  });
  await tamper(`UPDATE platform.audit_events SET stored_at = now() - interval '1 hour'`);
}

/** What somebody does who may do everything in the database. */
async function tamper(statement: string): Promise<void> {
  const tables = ['audit_events', 'audit_chain'];
  for (const table of tables) await db.query(`ALTER TABLE platform.${table} DISABLE TRIGGER USER`);
  await db.query(statement);
  for (const table of tables) await db.query(`ALTER TABLE platform.${table} ENABLE TRIGGER USER`);
}

const actions = async () =>
  (await db.prisma.auditLink.findMany({ orderBy: { position: 'asc' }, include: { event: true } })).map(
    ({ event }) => event.action,
  );

test('links events in the order of their positions, each over the one before', async () => {
  await write('a', 'b', 'c');
  expect(await linkNext(db)).toBe(3);
  expect(await actions()).toEqual(['a', 'b', 'c']);
  expect(await verifyAudit(db)).toMatchObject({ links: 3, broken: null, unlinked: 0, head: expect.any(String) });
});

test('an event is one text, whatever the order in which its properties came', async () => {
  await write('a');
  const event = await db.prisma.auditEvent.findFirstOrThrow();
  expect(canonicalEvent(event)).toBe(
    `{"action":"a","actorId":null,"actorName":"anonymous","actorRole":"ANONYMOUS","changes":{"a":2.5,"b":[1,"x"]},` +
      `"code":null,"handoffId":null,"id":"${event.id}","occurredAt":"${event.occurredAt.toISOString()}",` +
      `"outcome":"SUCCEEDED","reason":null,"sessionId":null,"subjectId":null,"traceId":null}`,
  );
});

test('waits for an event that is a second old, and then links it', async () => {
  await db.transaction((tx) => audit(tx, { viewer: nobody, action: 'new', outcome: 'SUCCEEDED' }, new Date()));
  expect(await linkNext(db)).toBe(0);
  expect(await until(async () => (await linkNext(db)) || false)).toBe(1);
});

test('an event that is committed after later ones were linked comes later in the chain, and nothing is left out', async () => {
  let commit = () => {};
  const held = new Promise<void>((resolve) => (commit = resolve));
  let isWritten = () => {};
  const written = new Promise<void>((resolve) => (isWritten = resolve));
  const slow = db.transaction(async (tx) => {
    await audit(tx, { viewer: nobody, action: 'slow', outcome: 'SUCCEEDED' }, new Date());
    isWritten();
    await held;
  });
  await written;
  await db.transaction((tx) => audit(tx, { viewer: nobody, action: 'quick', outcome: 'SUCCEEDED' }, new Date()));
  await until(async () => (await linkNext(db, false)) === 1);
  commit();
  await slow;
  await until(async () => (await linkNext(db, false)) === 1);
  expect(await actions()).toEqual(['quick', 'slow']);
  expect((await verifyAudit(db)).broken).toBeNull();
});

test('many processes at once make one chain', async () => {
  await write(...Array.from({ length: 700 }, (_, i) => `deed ${i}`));
  const jobs = Array.from({ length: 4 }, () => chainAudit({ db, log: silent, everyMs: 20 }));
  await until(async () => (await db.prisma.auditLink.count()) === 700);
  for (const job of jobs) await job.stop();
  expect(await verifyAudit(db)).toMatchObject({ links: 700, broken: null });
});

test.each([
  ['an event was changed', `UPDATE platform.audit_events SET outcome = 'DENIED' WHERE action = 'b'`, 2],
  [
    'an amount in its changes was changed',
    `UPDATE platform.audit_events SET changes = '{"a":3}' WHERE action = 'c'`,
    3,
  ],
  ['a link was changed', `UPDATE platform.audit_chain SET hash = sha256('x') WHERE position = 1`, 1],
  ['who did it was changed', `UPDATE platform.audit_events SET actor_name = 'another' WHERE action = 'a'`, 1],
])('names the first broken link when %s', async (_, statement, position) => {
  await write('a', 'b', 'c', 'd');
  await linkNext(db);
  await tamper(statement);
  expect(await verifyAudit(db)).toMatchObject({ links: position - 1, broken: { position } });
});

test('names the link that is missing when an event and its link were removed', async () => {
  await write('a', 'b', 'c');
  await linkNext(db);
  await tamper('DELETE FROM platform.audit_chain WHERE position = 2');
  expect(await verifyAudit(db)).toMatchObject({ links: 1, broken: { position: 2, problem: 'the link is missing' } });
});

test('a head that was noted elsewhere shows that the end was cut off or written anew', async () => {
  await write('a', 'b', 'c');
  await linkNext(db);
  const { head } = await verifyAudit(db);
  const noted = { position: 3, hash: head! };
  expect((await verifyAudit(db, noted)).broken).toBeNull();
  await tamper('DELETE FROM platform.audit_chain WHERE position = 3');
  expect((await verifyAudit(db, noted)).broken).toMatchObject({ position: 3, problem: 'the link is missing' });
  await tamper(`UPDATE platform.audit_events SET action = 'x' WHERE action = 'c'`);
  await linkNext(db);
  expect((await verifyAudit(db)).broken).toBeNull();
  expect((await verifyAudit(db, noted)).broken).toMatchObject({
    position: 3,
    problem: 'the link is not the one that was noted',
  });
});

test('counts events that no link holds though they are old', async () => {
  await write('a', 'b');
  expect(await verifyAudit(db)).toMatchObject({ links: 0, head: null, unlinked: 2 });
});
