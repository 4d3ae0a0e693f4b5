import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { pushIterator } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';

let made: TestDatabase;
beforeAll(async () => {
  made = await testDatabase();
});
afterAll(() => made.drop());

/** Listens, and gives the messages one after the other. */
async function listenTo(channel: string) {
  const messages = pushIterator<string>();
  const listening = await made.db.listen(channel, (payload) => messages.push(payload));
  const next = async () => (await messages.next()).value as string;
  return { next, messages, stop: () => listening.stop() };
}

/** Connections to this database whose last statement was of the listener. */
const listeningConnections = async () =>
  (
    await made.db.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^(UN)?LISTEN'`,
    )
  ).map(({ pid }) => pid);

test('a message reaches every listener of its channel and no other, over one connection', async () => {
  const [a, b, other] = await Promise.all([listenTo('turns'), listenTo('turns'), listenTo('other')]);
  await made.db.notify('turns', '退貨 "1"');
  expect([await a.next(), await b.next()]).toEqual(['退貨 "1"', '退貨 "1"']);
  await made.db.notify('other', 'end');
  expect(await other.next()).toBe('end');
  expect(await listeningConnections()).toHaveLength(1);
  await Promise.all([a.stop(), b.stop(), other.stop()]);
});

test('many who begin and stop at once get no warning of the driver', async () => {
  const first = await listenTo('first');
  const warnings: string[] = [];
  const onWarning = ({ message }: Error) => warnings.push(message);
  process.on('warning', onWarning);
  const others = await Promise.all(['a', 'b', 'c', 'd'].map(listenTo));
  await made.db.notify('d', 'heard');
  expect(await others[3]!.next()).toBe('heard');
  await Promise.all([first, ...others].map(({ stop }) => stop()));
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});

test('who stopped hears nothing more, while the others go on', async () => {
  const [leaving, staying] = await Promise.all([listenTo('part'), listenTo('part')]);
  await leaving.stop();
  await made.db.notify('part', 'late');
  expect(await staying.next()).toBe('late');
  expect(leaving.messages.size).toBe(0);
  await staying.stop();
});

test('a transaction that is rolled back notifies nobody', async () => {
  const { next, stop } = await listenTo('atomic');
  const rolledBack = made.db.transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_notify('atomic', 'no')::text`;
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  await made.db.notify('atomic', 'yes');
  expect(await next()).toBe('yes');
  await stop();
});

test('after its connection was killed it says that messages may be missing, and goes on', async () => {
  const { next, stop } = await listenTo('healing');
  const [pid] = await listeningConnections();
  await made.db.query('SELECT pg_terminate_backend($1)', [pid]);
  expect(await next()).toBe('');
  await made.db.notify('healing', 'again');
  expect(await next()).toBe('again');
  await stop();
});

test('a channel that was asked for while the connection was away is listened to after it', async () => {
  const old = await listenTo('old');
  const [pid] = await listeningConnections();
  await made.db.query('SELECT pg_terminate_backend($1)', [pid]);
  const fresh = await listenTo('fresh');
  expect(await old.next()).toBe('');
  await made.db.notify('fresh', 'heard');
  const heard: string[] = [];
  while (heard.at(-1) !== 'heard') heard.push(await fresh.next());
  expect(heard.filter(Boolean)).toEqual(['heard']);
  await Promise.all([old.stop(), fresh.stop()]);
});
