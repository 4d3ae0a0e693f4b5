import { testRedis, type TestRedis } from '@supportgraph/data/testing';
import { silent } from '@supportgraph/kernel';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EdgeStore } from '../src/guard/edge/edgeStore.js';
import { memoryEdge } from '../src/guard/edge/memoryEdge.js';
import { redisEdge } from '../src/guard/edge/redisEdge.js';

let redis: TestRedis;
beforeAll(async () => {
  redis = await testRedis();
});
afterAll(() => redis.stop());

/** Resolves when the store answers from Redis: what it keeps is seen by another gateway. */
async function connected(store: EdgeStore, other: EdgeStore): Promise<void> {
  const probe = randomUUID();
  await vi.waitFor(async () => {
    store.keepDocument(probe, 'x');
    expect(await other.findDocument(probe)).toBe('x');
  });
}

const stores: Record<string, () => Promise<EdgeStore>> = {
  memory: () => Promise.resolve(memoryEdge()),
  redis: async () => {
    const store = redisEdge({ url: redis.url, log: silent });
    const other = redisEdge({ url: redis.url, log: silent });
    await connected(store, other);
    await other.close();
    return store;
  },
};

describe.each(Object.keys(stores))('rates in %s', (kind) => {
  let store: EdgeStore;
  beforeAll(async () => {
    store = await stores[kind]!();
  });
  afterAll(() => store.close());

  test('a bucket is used up, and says when there is enough again', async () => {
    const demand = { key: `${kind}:a`, amount: 40, perMinute: 100 };
    expect(await store.take([demand])).toMatchObject({ ok: true, retryAfterMs: 0 });
    expect((await store.take([demand])).left[0]).toBeGreaterThanOrEqual(20);
    const refused = await store.take([demand]);
    expect(refused.ok).toBe(false);
    // 20 are missing, and 100 come in a minute.
    expect(refused.retryAfterMs).toBeGreaterThan(10_000);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(12_000);
  });

  test('of two buckets both are taken from or none', async () => {
    const scarce = { key: `${kind}:b`, amount: 1, perMinute: 1 };
    const ample = { key: `${kind}:c`, amount: 10, perMinute: 100 };
    expect((await store.take([ample, scarce])).ok).toBe(true);
    expect((await store.take([ample, scarce])).ok).toBe(false);
    expect((await store.take([ample])).left[0]).toBeLessThan(82);
    expect((await store.take([{ ...ample, amount: 80 }])).ok).toBe(true);
  });

  test('what is given back can be used, but a bucket holds no more than a minute’s worth', async () => {
    const bucket = { key: `${kind}:d`, perMinute: 100 };
    await store.take([{ ...bucket, amount: 90 }]);
    expect((await store.take([{ ...bucket, amount: -60 }])).left[0]).toBeGreaterThanOrEqual(70);
    expect((await store.take([{ ...bucket, amount: -1_000 }])).left).toEqual([100]);
  });

  test('more than a bucket can hold is granted from a full one', async () => {
    const demand = { key: `${kind}:e`, amount: 500, perMinute: 100 };
    expect((await store.take([demand])).ok).toBe(true);
    expect((await store.take([demand])).ok).toBe(false);
  });
});

test('a bucket in memory fills evenly', async () => {
  let now = 1_000_000;
  const store = memoryEdge({ now: () => now });
  const demand = { key: 'a', amount: 100, perMinute: 100 };
  await store.take([demand]);
  now += 30_000;
  expect(await store.take([{ ...demand, amount: 51 }])).toMatchObject({ ok: false, left: [50], retryAfterMs: 600 });
  expect((await store.take([{ ...demand, amount: 50 }])).ok).toBe(true);
});

test('two gateways share rates and documents', async () => {
  const [one, two] = [redisEdge({ url: redis.url, log: silent }), redisEdge({ url: redis.url, log: silent })];
  await connected(one, two);
  await connected(two, one);
  const demand = { key: 'shared', amount: 60, perMinute: 100 };
  expect((await one.take([demand])).ok).toBe(true);
  expect((await two.take([demand])).ok).toBe(false);
  await Promise.all([one.close(), two.close()]);
});

test('without Redis a gateway decides by itself, with half of the rate, and goes back when Redis is back', async () => {
  const own = await testRedis();
  const store = redisEdge({ url: own.url, log: silent, awayMs: 50 });
  const demand = { key: 'a', amount: 1, perMinute: 100 };
  await expect.poll(async () => (await store.take([demand])).left[0]).toBeGreaterThan(90);
  await own.kill();
  await expect.poll(async () => (await store.take([demand])).left[0]).toBeLessThan(50);
  store.keepDocument('kept', 'query { x }');
  expect(await store.findDocument('kept')).toBe('query { x }');
  await own.start();
  await expect.poll(async () => (await store.take([demand])).left[0], { timeout: 10_000 }).toBeGreaterThan(80);
  await store.close();
  await own.stop();
});
