import { fail, newId, ok, userError } from '@supportgraph/kernel';
import { emit, forgetExpiredKeys, idempotent, type Tx } from '@supportgraph/data';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const now = new Date('2026-11-24T08:00:00Z');
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000);
let made: TestDatabase;
beforeAll(async () => {
  made = await testDatabase();
});
afterAll(() => made.drop());

const use = { scope: 'cus_1', key: 'k', operation: 'cancelOrder', input: { orderId: 'ord_1', reason: 'x' }, now };
/** An effect that can be counted: an event in the outbox. */
const effectOf = (tx: Tx, type: string) => async () => {
  await emit(tx, { type, version: 1, subjectId: 'ord_1', data: {} }, now);
  return ok({ orderId: newId('ord') });
};
const effects = (type: string) => made.db.prisma.outboxEvent.count({ where: { type } });

test('the same key with the same input, in any order of properties, gives the first result and has no second effect', async () => {
  const first = await made.db.transaction((tx) => idempotent(tx, { ...use, key: 'same' }, effectOf(tx, 'same')));
  const again = { ...use, key: 'same', input: { reason: 'x', orderId: 'ord_1', note: undefined }, now: hours(23) };
  const second = await made.db.transaction((tx) => idempotent(tx, again, effectOf(tx, 'same')));
  expect(second).toEqual(first);
  expect(await effects('same')).toBe(1);
});

test('a refusal is the first result too', async () => {
  const refusal = fail(userError('ORDER_NOT_PENDING', 'Too late.', '太遲了。'));
  const refused = { ...use, key: 'refused' };
  await made.db.transaction((tx) => idempotent(tx, refused, async () => refusal));
  expect(await made.db.transaction((tx) => idempotent(tx, refused, effectOf(tx, 'refused')))).toEqual(refusal);
  expect(await effects('refused')).toBe(0);
});

test.each([
  ['another input', { input: { orderId: 'ord_2' } }],
  ['another operation', { operation: 'refundOrder' }],
])('the same key with %s is a conflict and has no effect', async (name, change) => {
  const key = `conflict ${name}`;
  await made.db.transaction((tx) => idempotent(tx, { ...use, key }, effectOf(tx, key)));
  const result = await made.db.transaction((tx) => idempotent(tx, { ...use, key, ...change }, effectOf(tx, key)));
  expect(result).toMatchObject({ ok: false, errors: [{ code: 'IDEMPOTENCY_CONFLICT' }] });
  expect(await effects(key)).toBe(1);
});

test('another principal may use the same key', async () => {
  const key = 'shared';
  await made.db.transaction((tx) => idempotent(tx, { ...use, key }, effectOf(tx, key)));
  await made.db.transaction((tx) => idempotent(tx, { ...use, key, scope: 'cus_2' }, effectOf(tx, key)));
  expect(await effects(key)).toBe(2);
});

test('of 20 at once one has the effect, and the others are told its result or that it is in progress', async () => {
  const key = 'at once';
  const results = await Promise.all(
    Array.from({ length: 20 }, () => made.db.transaction((tx) => idempotent(tx, { ...use, key }, effectOf(tx, key)))),
  );
  const values = new Set(results.flatMap((result) => (result.ok ? [result.value.orderId] : [])));
  const codes = new Set(results.flatMap((result) => (result.ok ? [] : result.errors.map(({ code }) => code))));
  expect(values.size).toBe(1);
  expect([...codes].filter((code) => code !== 'IN_PROGRESS')).toEqual([]);
  expect(await effects(key)).toBe(1);
});

test('while the first is under way the second is told so at once', async () => {
  const key = 'under way';
  let release: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  let begun: () => void;
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const first = made.db.transaction((tx) =>
    idempotent(tx, { ...use, key }, async () => {
      begun();
      await released;
      return ok('done');
    }),
  );
  await hasBegun;
  const second = await made.db.transaction((tx) => idempotent(tx, { ...use, key }, effectOf(tx, key)));
  release!();
  expect(second).toMatchObject({ ok: false, errors: [{ code: 'IN_PROGRESS' }] });
  expect(await first).toEqual(ok('done'));
});

test('a transaction that broke off leaves the key unused', async () => {
  const key = 'broken';
  const broken = made.db.transaction(async (tx) => {
    await idempotent(tx, { ...use, key }, effectOf(tx, key));
    throw new Error('power cut');
  });
  await expect(broken).rejects.toThrow('power cut');
  await made.db.transaction((tx) => idempotent(tx, { ...use, key }, effectOf(tx, key)));
  expect(await effects(key)).toBe(1);
});

test('under serializable isolation too the effect happens once', async () => {
  const key = 'serializable';
  const run = () =>
    made.db.transaction((tx) => idempotent(tx, { ...use, key }, effectOf(tx, key)), { isolation: 'Serializable' });
  await Promise.all([run(), run(), run(), run()]);
  expect(await effects(key)).toBe(1);
});

test('after 24 hours a key may be used anew, and expired keys are forgotten', async () => {
  const key = 'old';
  await made.db.transaction((tx) => idempotent(tx, { ...use, key }, effectOf(tx, key)));
  await made.db.transaction((tx) => idempotent(tx, { ...use, key, now: hours(25) }, effectOf(tx, key)));
  expect(await effects(key)).toBe(2);
  await forgetExpiredKeys(made.db, hours(25));
  expect((await made.db.prisma.idempotencyKey.findMany()).map((kept) => kept.key)).toEqual([key]);
});

test.each([
  ['an empty key', ''],
  ['a key of 256 characters', 'k'.repeat(256)],
])('%s is refused', async (_, key) => {
  const result = await made.db.transaction((tx) => idempotent(tx, { ...use, key }, effectOf(tx, 'malformed')));
  expect(result).toMatchObject({ ok: false, errors: [{ code: 'INVALID', field: ['input', 'idempotencyKey'] }] });
  expect(await effects('malformed')).toBe(0);
});
