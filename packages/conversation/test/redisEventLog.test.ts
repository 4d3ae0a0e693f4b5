import { testRedis, type TestRedis } from '@supportgraph/data/testing';
import { newId, silent } from '@supportgraph/kernel';
import {
  deltaWriter, type EventLog, EventLogUnavailable, redisEventLog, type RedisEventLogOptions, type StreamEvent,
} from '@supportgraph/conversation'; // prettier-ignore
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  holeIn,
  numbered,
  numberOf,
  type Proxy,
  proxyBefore,
  shown,
  take,
  takeUntil,
  turnEnd,
  typing,
} from './streamParts.js';

const options = { log: silent, timeoutMs: 500 } satisfies Partial<RedisEventLogOptions>;
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

let redis: TestRedis;
let admin: Redis;
let proxy: Proxy;
let sessionId: string;
const opened: EventLog[] = [];

/** A log that reaches Redis through the proxy. */
function open(more: Partial<RedisEventLogOptions> = {}): EventLog {
  const log = redisEventLog({ url: proxy.url, ...options, ...more });
  opened.push(log);
  return log;
}

async function appendNumbers(log: EventLog, from: number, to: number) {
  for (let i = from; i <= to; i++) await log.append(sessionId, [numbered(i)]);
}

/** Appends as soon as the log is back. */
async function appendWhenBack(log: EventLog, number: number) {
  await vi.waitFor(() => log.append(sessionId, [numbered(number)]), { timeout: 10_000, interval: 50 });
}

beforeAll(async () => {
  redis = await testRedis();
  admin = new Redis(redis.url, { maxRetriesPerRequest: null });
  admin.on('error', () => {});
});
afterAll(async () => {
  admin.disconnect();
  await redis.stop();
});
beforeEach(async () => {
  proxy = await proxyBefore(redis.url);
  sessionId = newId('ses');
});
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await proxy.stop();
});

describe('while Redis is away', () => {
  test('an append is refused soon, then at once, as unavailable; so are a fence and the head', async () => {
    const log = open();
    await log.append(sessionId, [numbered(1)]);
    await proxy.cut();
    const cutAt = performance.now();
    await expect(log.append(sessionId, [numbered(2)])).rejects.toThrow(EventLogUnavailable);
    expect(performance.now() - cutAt).toBeLessThan(1_000);
    const secondAt = performance.now();
    await expect(log.append(sessionId, [numbered(2)])).rejects.toThrow(EventLogUnavailable);
    await expect(log.raise(sessionId, [{ key: 'trn_1', generation: 1 }])).rejects.toThrow(EventLogUnavailable);
    await expect(log.head(sessionId)).rejects.toThrow(EventLogUnavailable);
    expect(performance.now() - secondAt).toBeLessThan(100);
  });

  test('an append that Redis does not answer is given up in time', async () => {
    const log = open();
    await log.append(sessionId, [numbered(1)]);
    proxy.stall();
    const stalledAt = performance.now();
    await expect(log.append(sessionId, [numbered(2)])).rejects.toThrow(EventLogUnavailable);
    expect(performance.now() - stalledAt).toBeLessThan(1_000);
  });

  test('an error of Redis is unavailable as well', async () => {
    await admin.set(`supportgraph:{${sessionId}}:stream`, 'no stream');
    await expect(open().append(sessionId, [numbered(1)])).rejects.toThrow(EventLogUnavailable);
  });

  test('a log can be opened, subscribed to and closed', async () => {
    await proxy.cut();
    const log = open();
    const events = log.subscribe(sessionId, 'start');
    const next = events.next();
    await log.close();
    expect((await next).done).toBe(true);
  });

  test('a subscription made then starts when Redis is there', async () => {
    await proxy.cut();
    const log = open();
    const events = log.subscribe(sessionId, 'start');
    await proxy.restore();
    await appendWhenBack(log, 1);
    expect((await take(events, 1)).map(numberOf)).toEqual([1]);
  });
});

describe('when Redis comes back', () => {
  test('with its data, subscribers miss nothing of what others appended meanwhile', async () => {
    const log = open();
    const other = redisEventLog({ url: redis.url, ...options });
    opened.push(other);
    const events = log.subscribe(sessionId, 'start');
    await appendNumbers(log, 1, 10);
    await take(events, 10);
    await proxy.cut();
    await appendNumbers(other, 11, 700);
    await proxy.restore();
    const taken = await take(events, 690);
    expect(taken.map(numberOf)).toEqual(upTo(700).slice(10));
    await appendWhenBack(log, 701);
    expect((await take(events, 1)).map(numberOf)).toEqual([701]);
  });

  test('empty, after it was killed, subscribers get a StreamReset and then what comes', async () => {
    const log = redisEventLog({ url: redis.url, ...options });
    opened.push(log);
    const events = log.subscribe(sessionId, 'start');
    await appendNumbers(log, 1, 5);
    const before = await take(events, 5);
    await redis.kill();
    await expect(log.append(sessionId, [numbered(6)])).rejects.toThrow(EventLogUnavailable);
    await redis.start();
    const [reset] = await take(events, 1);
    expect(reset).toMatchObject({ type: 'StreamReset', seq: 0 });
    await appendWhenBack(log, 7);
    const [next] = await take(events, 1);
    expect([next!.seq, numberOf(next!)]).toEqual([1, 7]);
    const returning = log.subscribe(sessionId, before.at(-1)!.cursor);
    const again = await take(returning, 2);
    expect(again[0]).toMatchObject({ type: 'StreamReset', seq: 0, cursor: reset!.cursor });
    expect(numberOf(again[1]!)).toBe(7);
  });

  test('emptied under living connections, subscribers get a StreamReset at the next event', async () => {
    const log = open();
    const events = log.subscribe(sessionId, 'start');
    await appendNumbers(log, 1, 5);
    await take(events, 5);
    await admin.flushdb();
    await appendNumbers(log, 6, 6);
    expect((await take(events, 1))[0]).toMatchObject({ type: 'StreamReset', seq: 0 });
    await appendNumbers(log, 7, 7);
    expect((await take(events, 2)).map(numberOf)).toEqual([6, 7]);
  });

  test('with an old snapshot, those who had seen more get a StreamReset, those who had not go on', async () => {
    const log = open();
    const stream = `supportgraph:{${sessionId}}:stream`;
    const ahead = log.subscribe(sessionId, 'start');
    await appendNumbers(log, 1, 4);
    await log.append(sessionId, [turnEnd]);
    await appendNumbers(log, 5, 5);
    const snapshot = await admin.dumpBuffer(stream);
    await appendNumbers(log, 6, 8);
    const seen = await take(ahead, 9);
    await proxy.cut();
    await admin.restore(stream, 0, snapshot!, 'REPLACE');
    await proxy.restore();
    expect((await take(ahead, 1))[0]).toMatchObject({ type: 'StreamReset', seq: 5 });

    for (const number of [16, 17, 18, 19]) await appendWhenBack(log, number);
    expect((await take(ahead, 5)).map(numberOf)).toEqual([5, 16, 17, 18, 19]);
    const goesOn = await take(log.subscribe(sessionId, seen[4]!.cursor), 5);
    expect(goesOn.map(numberOf)).toEqual([5, 16, 17, 18, 19]);
    // The number is there again, but it is another entry.
    const [reset] = await take(log.subscribe(sessionId, seen[8]!.cursor), 1);
    expect(reset).toMatchObject({ type: 'StreamReset', seq: 5 });
  });

  test('with an old snapshot under living connections, subscribers notice when the numbers come again', async () => {
    const log = open();
    const stream = `supportgraph:{${sessionId}}:stream`;
    const events = log.subscribe(sessionId, 'start');
    await appendNumbers(log, 1, 4);
    await log.append(sessionId, [turnEnd]);
    await appendNumbers(log, 5, 5);
    const snapshot = await admin.dumpBuffer(stream);
    await appendNumbers(log, 6, 8);
    await take(events, 9);
    await admin.restore(stream, 0, snapshot!, 'REPLACE');
    await appendNumbers(log, 16, 18);
    expect((await take(events, 1))[0]).toMatchObject({ type: 'StreamReset', seq: 5 });
    expect((await take(events, 4)).map(numberOf)).toEqual([5, 16, 17, 18]);
  });
});

test('a reply outlives Redis: killed and back empty, a live and a late reader show all of it', async () => {
  const log = redisEventLog({ url: redis.url, ...options });
  opened.push(log);
  const fences = [{ key: 'trn_1', generation: 1 }];
  const writer = deltaWriter({ log, sessionId, turnId: 'trn_1', fences, onFenced: () => {}, retryMs: 50 });
  const live = log.subscribe(sessionId, 'start');
  writer.text('prt_1', 'Your order ');
  const before = await take(live, 1);
  await redis.kill();
  writer.text('prt_1', 'left ');
  expect(await writer.flush()).toBe('unavailable');
  await redis.start();
  writer.text('prt_1', 'today.');
  await vi.waitFor(async () => expect(await writer.flush()).toBe('sent'), { timeout: 10_000 });
  writer.add(numbered(1));
  await writer.close();
  const isLast = ({ type }: StreamEvent) => type === 'MessageAdded';
  const after = await takeUntil(live, isLast);
  expect(after[0]!.type).toBe('StreamReset');
  const late = await takeUntil(log.subscribe(sessionId, 'start'), isLast);
  for (const events of [[...before, ...after], late])
    expect(shown(events)).toEqual({ prt_1: 'Your order left today.' });
});

test('killed connections lose and repeat nothing while 5,000 events flow', { timeout: 60_000 }, async () => {
  const log = open({ timeoutMs: 5_000 });
  const reader = open({ timeoutMs: 5_000 });
  const isLast = (event: StreamEvent) => numberOf(event) === 5_000;
  const reading = [log, reader, reader].map((each) => takeUntil(each.subscribe(sessionId, 'start'), isLast));
  let kills = 0;
  for (let i = 1; i <= 5_000; i++) {
    await log.append(sessionId, [numbered(i)]);
    // Both kinds of connections, in the middle of what they do.
    if (i % 250 === 0) {
      const appending = log.append(sessionId, [typing]);
      kills += Number(await admin.call('CLIENT', 'KILL', 'TYPE', i % 500 ? 'pubsub' : 'normal', 'SKIPME', 'yes'));
      await appending;
    }
  }
  const late = takeUntil(reader.subscribe(sessionId, 'start'), isLast);
  for (const taken of await Promise.all([...reading, late])) {
    const kept = taken.filter(({ type }) => type !== 'TypingChanged');
    expect(kept.map(numberOf)).toEqual(upTo(5_000));
    expect(holeIn(kept)).toBeNull();
  }
  expect(kills).toBeGreaterThan(20);
});

test('an append whose connection breaks before the answer is not appended twice', async () => {
  const log = open({ timeoutMs: 5_000 });
  await log.append(sessionId, [numbered(1)]);
  const events = log.subscribe(sessionId, 'start');
  await take(events, 1);
  proxy.stallAnswers();
  const appending = log.append(sessionId, [numbered(2), numbered(3)]);
  await vi.waitFor(async () => expect(await admin.xlen(`supportgraph:{${sessionId}}:stream`)).toBe(4));
  await proxy.cut();
  await proxy.restore();
  expect(await appending).toEqual({ kind: 'appended', cursor: await log.head(sessionId) });
  await appendNumbers(log, 4, 4);
  expect((await take(events, 3)).map(numberOf)).toEqual([2, 3, 4]);
});

test('a subscriber whose connection falls silent opens another', async () => {
  const log = open({ heartbeatMs: 50, silenceMs: 200 });
  const other = redisEventLog({ url: redis.url, ...options });
  opened.push(other);
  const events = log.subscribe(sessionId, 'start');
  await appendNumbers(other, 1, 1);
  await take(events, 1);
  proxy.stall();
  await appendNumbers(other, 2, 3);
  expect((await take(events, 2)).map(numberOf)).toEqual([2, 3]);
});

test('many subscribers of a session share one subscription, and leave nothing', async () => {
  const log = open();
  const subscribers = Array.from({ length: 50 }, () => log.subscribe(sessionId, 'start'));
  await appendNumbers(log, 1, 1);
  for (const events of subscribers) await take(events, 1);
  const channel = `supportgraph:{${sessionId}}:events`;
  expect(await admin.pubsub('NUMSUB', channel)).toEqual([channel, 1]);
  expect(await admin.pubsub('NUMPAT')).toBe(0);
  const [last, ...others] = subscribers;
  for (const events of others) await events.return!();
  await appendNumbers(log, 2, 2);
  expect((await take(last!, 1)).map(numberOf)).toEqual([2]);
  await last!.return!();
  await vi.waitFor(async () => expect(await admin.pubsub('NUMSUB', channel)).toEqual([channel, 0]));

  // One that leaves before Redis has confirmed it, and one that comes at that moment.
  const left = log.subscribe(sessionId, 'start');
  await left.return!();
  expect((await take(log.subscribe(sessionId, 'start'), 2)).map(numberOf)).toEqual([1, 2]);
  await log.close();
  await vi.waitFor(async () => expect(await admin.pubsub('NUMSUB', channel)).toEqual([channel, 0]));
});

test('a stream is forgotten after its time, and a new one begins', async () => {
  const log = open({ keepMs: 30 });
  await log.append(sessionId, [numbered(1)], { fences: [{ key: 'trn_1', generation: 1 }] });
  const cursor = await log.head(sessionId);
  await vi.waitFor(async () => expect(await admin.keys(`*${sessionId}*`)).toEqual([]));
  const [reset] = await take(log.subscribe(sessionId, cursor), 1);
  expect(reset).toMatchObject({ type: 'StreamReset', seq: 0 });
});
