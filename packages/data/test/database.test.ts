import { newId, silent } from '@supportgraph/kernel';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { openDatabase, slice, type Tx } from '@supportgraph/data';
import { afterAll, beforeAll, expect, test } from 'vitest';

let made: TestDatabase;
beforeAll(async () => {
  made = await testDatabase();
});
afterAll(() => made.drop());

const event = (tx: Tx, type: string) =>
  tx.outboxEvent.create({
    data: { id: newId('evt'), type, version: 1, subjectId: 's', data: {}, occurredAt: new Date() },
  });
const count = async (type: string) => {
  const rows = await made.db.query<{ n: number }>('SELECT count(*) AS n FROM platform.outbox WHERE type = $1', [type]);
  return rows[0]!.n;
};

test('64-bit integers come back as numbers, and one that does not fit is a fault rather than a wrong number', async () => {
  expect(await made.db.query('SELECT count(*) AS n, 9007199254740991::bigint AS most')).toEqual([
    { n: 1, most: 9007199254740991 },
  ]);
  await expect(made.db.query('SELECT 9007199254740993::bigint')).rejects.toThrow(RangeError);
  expect(await made.db.query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

test('a named query is prepared once and answers for different values', async () => {
  const text = 'SELECT $1::int + 1 AS n';
  expect(await made.db.query(text, [1], 'plus-one')).toEqual([{ n: 2 }]);
  expect(await made.db.query(text, [41], 'plus-one')).toEqual([{ n: 42 }]);
});

test('json comes back as it was given, through Prisma and through a query', async () => {
  const data = { text: '退貨', nested: [1, { a: null }], price: 19.9 };
  const { id } = await made.db.prisma.outboxEvent.create({
    data: { id: newId('evt'), type: 'json', version: 1, subjectId: 's', data, occurredAt: new Date() },
  });
  expect(await made.db.query('SELECT data FROM platform.outbox WHERE id = $1', [id])).toEqual([{ data }]);
  expect(await made.db.prisma.outboxEvent.findUnique({ where: { id } })).toMatchObject({ data });
});

test('a transaction that throws leaves nothing behind', async () => {
  const failing = made.db.transaction(async (tx) => {
    await event(tx, 'rolled-back');
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await count('rolled-back')).toBe(0);
});

test('queries of one transaction at the same time are sent one after the other, also after one that fails', async () => {
  const warnings: string[] = [];
  const onWarning = ({ message }: Error) => warnings.push(message);
  process.on('warning', onWarning);
  const found = await made.db.transaction(async (tx) => {
    const now = new Date();
    const session = { id: newId('ses'), channel: 'API' as const, openedBy: 'visitor', startDigest: '' };
    await tx.session.create({ data: { ...session, createdAt: now, updatedAt: now } });
    return tx.session.findMany({
      where: { id: session.id },
      include: { messages: true, turns: true, handoffs: true, messageKeys: true },
    });
  });
  expect(found).toMatchObject([{ messages: [], turns: [], handoffs: [], messageKeys: [] }]);
  const failing = made.db.transaction((tx) =>
    Promise.all([tx.$queryRawUnsafe('SELECT 1/0'), tx.$queryRawUnsafe('SELECT 1')]),
  );
  await expect(failing).rejects.toThrow('division by zero');
  await new Promise(setImmediate);
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});

test('two serializable transactions that read what the other writes both succeed, one of them at a second try', async () => {
  let runs = 0;
  let meet: () => void;
  const bothHaveRead = new Promise<void>((resolve) => (meet = resolve));
  const addUnlessFull = () =>
    made.db.transaction(
      async (tx) => {
        runs += 1;
        const there = await tx.outboxEvent.count({ where: { type: 'skew' } });
        if (runs === 2) meet();
        await bothHaveRead;
        if (there === 0) await event(tx, 'skew');
      },
      { isolation: 'Serializable' },
    );
  await Promise.all([addUnlessFull(), addUnlessFull()]);
  expect(await count('skew')).toBe(1);
  expect(runs).toBe(3);
});

test('a deadlock between raw statements is tried again', async () => {
  await made.db.transaction((tx) => Promise.all([event(tx, 'lock-a'), event(tx, 'lock-b')]));
  let runs = 0;
  let holding = 0;
  let meet: () => void;
  const bothHoldOne = new Promise<void>((resolve) => (meet = resolve));
  const lockBoth = (first: string, second: string) =>
    made.db.transaction(async (tx) => {
      runs += 1;
      await tx.$queryRaw`SELECT id FROM platform.outbox WHERE type = ${first} FOR UPDATE`;
      holding += 1;
      if (holding === 2) meet();
      await bothHoldOne;
      await tx.$queryRaw`SELECT id FROM platform.outbox WHERE type = ${second} FOR UPDATE`;
    });
  await Promise.all([lockBoth('lock-a', 'lock-b'), lockBoth('lock-b', 'lock-a')]);
  expect(runs).toBe(3);
});

test('a statement that takes too long is ended, and the pool goes on', async () => {
  const impatient = await testDatabase({ statementTimeoutMs: 100 });
  await expect(impatient.db.query('SELECT pg_sleep(10)')).rejects.toMatchObject({ code: '57014' });
  expect(await impatient.db.query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await impatient.drop();
});

test('a slice has the named tables and nothing else', () => {
  expect(Object.keys(slice(made.db.prisma, 'outboxEvent'))).toEqual(['outboxEvent']);
});

test('a database that is not there is a fault at opening, and leaves no connection', async () => {
  const url = new URL(made.url);
  url.pathname = '/nothing_here';
  await expect(openDatabase({ url: url.href, log: silent })).rejects.toThrow(/nothing_here/);
});
