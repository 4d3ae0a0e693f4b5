import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testRedis, type TestRedis } from '@supportgraph/data/testing';
import { newId, silent } from '@supportgraph/kernel';
import {
  type EventLog, memoryEventLog, redisEventLog, SlowConsumer, type StreamEvent,
} from '@supportgraph/conversation'; // prettier-ignore
import type { EventLogOptions } from '../src/stream/options.js';
import { delta, holeIn, numbered, numberOf, shown, take, takeUntil, turnEnd, typing } from './streamParts.js';

let redis: TestRedis;
beforeAll(async () => {
  redis = await testRedis();
});
afterAll(() => redis.stop());

const logs = {
  memory: (options?: EventLogOptions) => memoryEventLog(options),
  Redis: (options?: EventLogOptions) => redisEventLog({ url: redis.url, log: silent, ...options }),
};

describe.each(Object.entries(logs))('the event log in %s', (name, makeLog) => {
  const opened: EventLog[] = [];
  const open = (options?: EventLogOptions) => {
    const log = makeLog(options);
    opened.push(log);
    return log;
  };
  afterEach(async () => {
    for (const log of opened.splice(0)) await log.close();
  });
  const newSession = () => newId('ses');
  const appendNumbers = async (log: EventLog, sessionId: string, from: number, to: number) => {
    for (let i = from; i <= to; i++) await log.append(sessionId, [numbered(i)]);
  };

  test('shows a subscriber what is appended, in order and with numbers from 1', async () => {
    const log = open();
    const sessionId = newSession();
    const events = log.subscribe(sessionId, 'start');
    await log.append(sessionId, [numbered(1), numbered(2)]);
    await log.append(sessionId, [numbered(3)]);
    const taken = await take(events, 3);
    expect(taken.map(({ seq, firstSeq }) => [seq, firstSeq])).toEqual([1, 2, 3].map((n) => [n, n]));
    expect(taken.map(numberOf)).toEqual([1, 2, 3]);
    expect(new Date(taken[0]!.occurredAt).toISOString()).toBe(taken[0]!.occurredAt);
  });

  test('answers an append with the cursor of its last event, which is then the head', async () => {
    const log = open();
    const sessionId = newSession();
    const outcome = await log.append(sessionId, [numbered(1), numbered(2)]);
    expect(outcome).toEqual({ kind: 'appended', cursor: await log.head(sessionId) });
    const [, second] = await take(log.subscribe(sessionId, 'start'), 2);
    expect(second!.cursor).toBe(await log.head(sessionId));
  });

  test('keeps sessions apart', async () => {
    const log = open();
    const [one, other] = [newSession(), newSession()];
    const events = log.subscribe(one, 'start');
    await log.append(other, [numbered(1)]);
    await log.append(one, [numbered(2)]);
    expect((await take(events, 1)).map(numberOf)).toEqual([2]);
  });

  test('gives one who subscribes from now on only what comes later', async () => {
    const log = open();
    const sessionId = newSession();
    await appendNumbers(log, sessionId, 1, 3);
    const after = await log.head(sessionId);
    await log.append(sessionId, [numbered(4)]);
    const fromNow = log.subscribe(sessionId, null);
    const first = fromNow.next();
    // The position of `null` is taken some time after the call; what is appended until the first event is a probe.
    let probe = 5;
    let isTaken = false;
    void first.then(() => (isTaken = true));
    while (!isTaken) await log.append(sessionId, [numbered(probe++)]);
    expect(numberOf((await first).value as StreamEvent)).toBeGreaterThan(4);
    expect((await take(log.subscribe(sessionId, after), 1)).map(numberOf)).toEqual([4]);
  });

  test('a late subscriber gets all that is kept, then goes on live', async () => {
    const log = open({ capacity: 20 });
    const sessionId = newSession();
    await appendNumbers(log, sessionId, 1, 200);
    const events = log.subscribe(sessionId, 'start');
    const replayed = await take(events, 200);
    await appendNumbers(log, sessionId, 201, 205);
    const all = [...replayed, ...(await take(events, 5))];
    expect(all.map(numberOf)).toEqual(Array.from({ length: 205 }, (_, i) => i + 1));
    expect(holeIn(all)).toBeNull();
  });

  test('a subscriber who comes while events flow misses none and sees none twice', async () => {
    const log = open();
    const sessionId = newSession();
    const writing = appendNumbers(log, sessionId, 1, 400);
    const readers = Array.from({ length: 5 }, async () => {
      const taken = await takeUntil(log.subscribe(sessionId, 'start'), (event) => numberOf(event) === 400);
      expect(taken.map(numberOf)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
    });
    await Promise.all([writing, ...readers]);
  });

  test('one who reconnects at every event sees each once', async () => {
    const log = open();
    const sessionId = newSession();
    const start = await log.head(sessionId);
    const writing = appendNumbers(log, sessionId, 1, 60);
    const taken: StreamEvent[] = [];
    while (taken.length < 60) {
      const events = log.subscribe(sessionId, taken.at(-1)?.cursor ?? start);
      taken.push(...(await take(events, 1)));
      await events.return!();
    }
    await writing;
    expect(taken.map(numberOf)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(holeIn(taken)).toBeNull();
  });

  test('a replay joins the deltas of a part, from any cursor to the same text', async () => {
    const log = open();
    const sessionId = newSession();
    const live = log.subscribe(sessionId, 'start');
    const written = [delta('a', 0, 'Your '), delta('a', 5, 'order'), delta('b', 0, 'Also'), delta('a', 10, ' left')];
    const seen: StreamEvent[] = [];
    for (const event of [...written, delta('a', 0, 'Again')]) {
      await log.append(sessionId, [event]);
      seen.push(...(await take(live, 1)));
    }

    const replayed = await take(log.subscribe(sessionId, 'start'), 4);
    expect(replayed.map(({ firstSeq, seq }) => [firstSeq, seq])).toEqual([[1, 2], [3, 3], [4, 4], [5, 5]]); // prettier-ignore
    expect(shown(replayed)).toEqual(shown(seen));
    for (const [i, { cursor }] of seen.slice(0, 4).entries()) {
      const rest = await takeUntil(log.subscribe(sessionId, cursor), ({ seq }) => seq === 5);
      expect(shown([...seen.slice(0, i + 1), ...rest])).toEqual(shown(seen));
      expect(holeIn([seen[i]!, ...rest])).toBeNull();
    }
  });

  test('gives a StreamReset for a cursor that is too old, then what follows the end of the last turn', async () => {
    const log = open({ maxEvents: 100 });
    const sessionId = newSession();
    const outcome = await log.append(sessionId, [numbered(0)]);
    await appendNumbers(log, sessionId, 1, 300);
    await log.append(sessionId, [turnEnd]);
    const cursor = await log.head(sessionId);
    await appendNumbers(log, sessionId, 301, 310);
    const events = log.subscribe(sessionId, outcome.kind === 'appended' ? outcome.cursor : '');
    const [reset] = await take(events, 1);
    expect(reset).toMatchObject({ type: 'StreamReset', seq: 302, cursor });
    await appendNumbers(log, sessionId, 311, 311);
    expect((await take(events, 11)).map(({ seq }) => seq)).toEqual(Array.from({ length: 11 }, (_, i) => 303 + i));
    expect((await take(log.subscribe(sessionId, reset!.cursor), 1)).map(numberOf)).toEqual([301]);
    const [oldest] = await take(log.subscribe(sessionId, 'start'), 1);
    expect(oldest!.seq).toBeGreaterThan(1);
  });

  test.each(['', 'nonsense', 'c3RhcnQuMS4x', Buffer.from('otherepoch.1.1').toString('base64url')])(
    'gives a StreamReset for the foreign cursor %j',
    async (cursor) => {
      const log = open();
      const sessionId = newSession();
      await log.append(sessionId, [numbered(1)]);
      const events = log.subscribe(sessionId, cursor);
      expect((await take(events, 1))[0]).toMatchObject({ type: 'StreamReset', seq: 0 });
      await log.append(sessionId, [numbered(2)]);
      expect((await take(events, 2)).map(numberOf)).toEqual([1, 2]);
    },
  );

  test('gives a StreamReset for a cursor of another session, or beyond the head', async () => {
    const log = open();
    const [one, other] = [newSession(), newSession()];
    await appendNumbers(log, other, 1, 3);
    await log.append(one, [numbered(1)]);
    const cursor = await log.head(other);
    expect((await take(log.subscribe(one, cursor), 1))[0]).toMatchObject({ type: 'StreamReset', seq: 0 });
  });

  test('writers at once leave no hole and no number twice', async () => {
    const log = open();
    const others = name === 'memory' ? [log, log] : [open(), open()];
    const sessionId = newSession();
    const events = log.subscribe(sessionId, 'start');
    await Promise.all(
      [log, ...others].map(async (writer, w) => {
        for (let i = 0; i < 100; i++) await writer.append(sessionId, [numbered(w * 1_000 + 2 * i), typing, numbered(w * 1_000 + 2 * i + 1)]);
      }),
    ); // prettier-ignore
    const taken = await takeUntil(events, ({ seq, type }) => seq === 600 && type === 'MessageAdded');
    const kept = taken.filter(({ type }) => type === 'MessageAdded');
    expect(holeIn(kept)).toBeNull();
    expect(new Set(kept.map(numberOf)).size).toBe(600);
    for (const [i, event] of kept.entries()) {
      if (numberOf(event) % 2) expect(numberOf(kept[i - 1]!)).toBe(numberOf(event) - 1);
    }
  });

  test('announces typing with the number of the event before, and does not replay it', async () => {
    const log = open();
    const sessionId = newSession();
    await log.append(sessionId, [numbered(1)]);
    const events = log.subscribe(sessionId, 'start');
    const [first] = await take(events, 1);
    await log.append(sessionId, [numbered(2)]); // once it is seen, the subscriber is live
    await take(events, 1);
    await log.append(sessionId, [typing]);
    await log.append(sessionId, [numbered(3)]);
    const seen = await take(events, 2);
    expect(seen.map(({ type, seq }) => [type, seq])).toEqual([['TypingChanged', 2], ['MessageAdded', 3]]); // prettier-ignore
    expect((await take(log.subscribe(sessionId, first!.cursor), 2)).map(numberOf)).toEqual([2, 3]);
    expect((await take(log.subscribe(sessionId, seen[0]!.cursor), 1)).map(numberOf)).toEqual([3]);
  });

  test('refuses whole an append of an older generation, for any of its fences', async () => {
    const log = open();
    const sessionId = newSession();
    const fences = [{ key: 'trn_1', generation: 3 }, { key: 'rte_1', generation: 1 }]; // prettier-ignore
    expect((await log.append(sessionId, [numbered(1)], { fences })).kind).toBe('appended');
    await log.raise(sessionId, [{ key: 'rte_1', generation: 2 }]);
    expect(await log.append(sessionId, [numbered(2), numbered(3)], { fences })).toEqual({ kind: 'fenced' });
    await log.raise(sessionId, [{ key: 'rte_1', generation: 1 }]); // never lowers
    expect(await log.append(sessionId, [typing], { fences })).toEqual({ kind: 'fenced' });
    const taken = [fences[0]!, { key: 'rte_1', generation: 2 }];
    expect((await log.append(sessionId, [numbered(4)], { fences: taken })).kind).toBe('appended');
    expect((await log.append(newSession(), [numbered(1)], { fences })).kind).toBe('appended');
    expect((await take(log.subscribe(sessionId, 'start'), 2)).map(numberOf)).toEqual([1, 4]);
  });

  test('an append of a newer generation fences off the older one by itself', async () => {
    const log = open();
    const sessionId = newSession();
    await log.append(sessionId, [numbered(1)], { fences: [{ key: 'trn_1', generation: 2 }] });
    expect(await log.append(sessionId, [numbered(2)], { fences: [{ key: 'trn_1', generation: 1 }] })).toEqual({ kind: 'fenced' }); // prettier-ignore
  });

  test('an append that follows one the log no longer has is refused as lost', async () => {
    const log = open();
    const sessionId = newSession();
    const first = await log.append(sessionId, [numbered(1)]);
    const follows = first.kind === 'appended' ? first.cursor : '';
    expect((await log.append(sessionId, [numbered(2)], { follows })).kind).toBe('appended');
    expect(await log.append(newSession(), [numbered(2)], { follows })).toEqual({ kind: 'lost' });
    expect(await log.append(sessionId, [numbered(3)], { follows: 'nonsense' })).toEqual({ kind: 'lost' });
    expect((await take(log.subscribe(sessionId, 'start'), 2)).map(numberOf)).toEqual([1, 2]);
  });

  test('a slow consumer is ended with its last cursor, and comes back with it without loss', async () => {
    const log = open({ capacity: 10 });
    const sessionId = newSession();
    const events = log.subscribe(sessionId, 'start');
    await log.append(sessionId, [numbered(1)]);
    const taken = await take(events, 1);
    await appendNumbers(log, sessionId, 2, 50);
    const witness = log.subscribe(sessionId, 'start');
    await take(witness, 50); // announcements have been handed to all by now
    const error: unknown = await takeUntil(events, (event) => void taken.push(event) as never).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(SlowConsumer);
    expect((error as SlowConsumer).cursor).toBe(taken.at(-1)!.cursor);
    expect(taken.length).toBeLessThan(50);
    taken.push(...(await takeUntil(log.subscribe(sessionId, (error as SlowConsumer).cursor), (event) => numberOf(event) === 50))); // prettier-ignore
    expect(taken.map(numberOf)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  test('a long replay waits for its reader', async () => {
    const log = open({ capacity: 10 });
    const sessionId = newSession();
    await appendNumbers(log, sessionId, 1, 100);
    const events = log.subscribe(sessionId, 'start');
    await take(events, 1);
    await appendNumbers(log, sessionId, 101, 150);
    expect((await take(events, 149)).map(numberOf).at(-1)).toBe(150);
  });

  test('return, an aborted signal and closing end a subscription that waits', async () => {
    const log = open();
    const sessionId = newSession();
    const leaving = new AbortController();
    const [returned, aborted, closed] = [
      log.subscribe(sessionId, null),
      log.subscribe(sessionId, null, leaving.signal),
      log.subscribe(sessionId, null),
    ];
    const waiting = [returned, aborted, closed].map((events) => events.next());
    await returned.return!();
    leaving.abort();
    expect(await Promise.all(waiting.slice(0, 2))).toEqual([{ done: true, value: undefined }, { done: true, value: undefined }]); // prettier-ignore
    expect((await log.subscribe(sessionId, 'start', AbortSignal.abort()).next()).done).toBe(true);
    await log.close();
    expect((await waiting[2])!.done).toBe(true);
  });
});
