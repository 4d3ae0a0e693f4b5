import { consume, emit, readOutboxState, removeOldEvents, type ConsumerOptions, type Tx } from '@supportgraph/data';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { silent, type Running } from '@supportgraph/kernel';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { recordingLog, until } from './world.js';

let made: TestDatabase;
const running: Running[] = [];
beforeAll(async () => {
  made = await testDatabase({ poolSize: 10 });
  await made.db.query('CREATE TABLE applied (consumer text, subject text)');
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});
afterAll(() => made.drop());

/** Nobody looks by itself during a test: a consumer is woken or does nothing. */
const asleepMs = 600_000;

function start(name: string, changes: Partial<ConsumerOptions> = {}): Running {
  const handle = async (tx: Tx, { subjectId }: { subjectId: string }) => apply(tx, name, subjectId);
  const options = { name, types: [`${name}.happened`], handle, log: silent, pollMs: asleepMs, firstPauseMs: 20 };
  const consumer = consume(made.db, { ...options, ...changes });
  running.push(consumer);
  return consumer;
}

async function apply(tx: Tx, consumer: string, subject: string): Promise<undefined> {
  await tx.$executeRaw`INSERT INTO applied VALUES (${consumer}, ${subject})`;
}

const tell = (name: string, ...subjects: string[]) =>
  made.db.transaction(async (tx) => {
    for (const subjectId of subjects)
      await emit(tx, { type: `${name}.happened`, version: 1, subjectId, data: { name } }, new Date());
  });

const applied = async (consumer: string) =>
  (await made.db.query<{ subject: string }>('SELECT subject FROM applied WHERE consumer = $1', [consumer])).map(
    ({ subject }) => subject,
  );

const allApplied = (name: string, count: number) => until(async () => (await applied(name)).length >= count);

test('a consumer applies what was there before it and what comes later, of its types only, in order', async () => {
  await tell('early', 'one', 'two');
  start('early');
  await allApplied('early', 2);
  await tell('other', 'nothing');
  await tell('early', 'three');
  await allApplied('early', 3);
  expect(await applied('early')).toEqual(['one', 'two', 'three']);
});

test('several processes together apply each event once', async () => {
  const subjects = Array.from({ length: 60 }, (_, i) => `subject ${i}`);
  for (let i = 0; i < 3; i++) start('shared');
  await Promise.all(subjects.map((subject) => tell('shared', subject)));
  await allApplied('shared', subjects.length);
  expect((await applied('shared')).sort()).toEqual(subjects.sort());
});

test('two consumers apply the same event each for themselves', async () => {
  start('left', { types: ['both.happened'] });
  start('right', { types: ['both.happened'] });
  await tell('both', 'it');
  await Promise.all([allApplied('left', 1), allApplied('right', 1)]);
});

test('what an event answers is called after the commit, when others see its effect', async () => {
  const seen: string[][] = [];
  const handle = async (tx: Tx, { subjectId }: { subjectId: string }) => {
    await apply(tx, 'after', subjectId);
    return () => void applied('after').then((subjects) => seen.push(subjects));
  };
  start('after', { handle });
  await tell('after', 'it');
  expect(await until(() => seen[0])).toEqual(['it']);
});

test('an event that fails leaves no effect, is tried again, and lets others pass meanwhile', async () => {
  let failures = 2;
  const handle = async (tx: Tx, { subjectId }: { subjectId: string }) => {
    await apply(tx, 'moody', subjectId);
    if (subjectId === 'hard' && failures-- > 0) throw new Error('not now');
    return undefined;
  };
  start('moody', { handle, pollMs: 20 });
  await tell('moody', 'hard', 'easy');
  await allApplied('moody', 2);
  expect(await applied('moody')).toEqual(['easy', 'hard']);
  expect(await made.db.prisma.inboxFailure.count({ where: { consumer: 'moody' } })).toBe(0);
});

test('an event that never succeeds is parked, logged and counted, and comes back when somebody lets it', async () => {
  const { log, lines } = recordingLog();
  let isPoison = true;
  const handle = async (tx: Tx, { subjectId }: { subjectId: string }) => {
    if (isPoison) throw new Error('poison');
    return apply(tx, 'strict', subjectId);
  };
  start('strict', { handle, log, maxTries: 3, pollMs: 20, firstPauseMs: 5 });
  await tell('strict', 'it');
  const line = await until(() => lines.find(({ sentence }) => sentence === 'event parked'));
  expect(line).toMatchObject({ level: 'error', facts: { consumer: 'strict', tries: 3, error: 'poison' } });
  expect((await readOutboxState(made.db)).parked).toBe(1);
  isPoison = false;
  await made.db.query(
    `UPDATE platform.inbox_failures SET parked_at = NULL, tries = 0, due_at = now() WHERE consumer = 'strict'`,
  );
  await allApplied('strict', 1);
  expect((await readOutboxState(made.db)).parked).toBe(0);
});

test('a consumer stops looking at events of long ago, but not at one that still fails', async () => {
  await tell('tidy', 'old');
  const [{ id }] = (await made.db.query<{ id: string }>(
    `UPDATE platform.outbox SET stored_at = now() - interval '2 hours' WHERE type = 'tidy.happened' RETURNING id`,
  )) as [{ id: string }];
  let isBroken = true;
  const handle = async (tx: Tx, { subjectId }: { subjectId: string }) => {
    if (isBroken) throw new Error('not now');
    return apply(tx, 'tidy', subjectId);
  };
  start('tidy', { handle, pollMs: 20, firstPauseMs: 50, maxTries: 1_000 });
  const position = () => made.db.prisma.consumer.findUnique({ where: { name: 'tidy' } });
  const kept = await until(position);
  expect(kept.handledUntil.getTime()).toBeLessThan(Date.now() - 3_600_000);
  isBroken = false;
  await until(async () => (await position())!.handledUntil.getTime() > Date.now() - 3_600_000);
  expect(await applied('tidy')).toEqual(['old']);
  expect(await made.db.prisma.inboxEvent.count({ where: { eventId: id } })).toBe(1);
});

test('old events go once they are published and every consumer has passed them; parked ones stay', async () => {
  const fresh = await testDatabase();
  try {
    const { db } = fresh;
    const old = async (subjectId: string, isPublished: boolean) => {
      await db.transaction((tx) => emit(tx, { type: 'old.happened', version: 1, subjectId, data: {} }, new Date()));
      const [row] = await db.query<{ id: string }>(
        `UPDATE platform.outbox SET stored_at = now() - interval '31 days', published_at = CASE WHEN $2::boolean THEN now() END
           WHERE subject_id = $1 RETURNING id`,
        [subjectId, isPublished],
      );
      return row!.id;
    };
    await old('published', true);
    await old('waiting', false);
    const eventId = await old('parked', true);
    const failure = { consumer: 'a', eventId, tries: 8, dueAt: new Date(), parkedAt: new Date(), error: 'poison' };
    await db.prisma.inboxFailure.create({ data: failure });
    const left = async () => (await db.prisma.outboxEvent.findMany()).map(({ subjectId }) => subjectId).sort();
    const keptDays = 30;

    await db.prisma.consumer.create({ data: { name: 'slow', handledUntil: new Date(0) } });
    expect(await removeOldEvents(db, { isPublishing: true, keptDays })).toBe(0);
    await db.prisma.consumer.update({ where: { name: 'slow' }, data: { handledUntil: new Date() } });
    expect(await removeOldEvents(db, { isPublishing: true, keptDays })).toBe(1);
    expect(await left()).toEqual(['parked', 'waiting']);
    expect(await removeOldEvents(db, { isPublishing: false, keptDays })).toBe(1);
    expect(await left()).toEqual(['parked']);
  } finally {
    await fresh.drop();
  }
});
