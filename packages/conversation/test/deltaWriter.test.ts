import {
  type DeltaWriterOptions, deltaWriter, type EventLog, EventLogUnavailable, memoryEventLog, type NewEvent,
} from '@supportgraph/conversation'; // prettier-ignore
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { holeIn, numbered, shown, take, takeUntil, turnEnd } from './streamParts.js';

const sessionId = 'ses_1';
const turnId = 'trn_1';

/** A log in memory that can be away, lose all it held, and tells which appends reached it. */
function fragileLog() {
  let log = memoryEventLog();
  const fragile = {
    appends: [] as (readonly NewEvent[])[],
    isAway: false,
    /** Events arrive, but the answer does not. */
    isSilent: false,
    current: () => log,
    lose: () => {
      log = memoryEventLog();
    },
    log: {
      ...log,
      async append(...append: Parameters<EventLog['append']>) {
        if (fragile.isAway) throw new EventLogUnavailable('away');
        fragile.appends.push(append[1]);
        const outcome = await log.append(...append);
        if (fragile.isSilent) throw new EventLogUnavailable('silent');
        return outcome;
      },
    } satisfies EventLog,
  };
  return fragile;
}

let fragile: ReturnType<typeof fragileLog>;
let onFenced: ReturnType<typeof vi.fn<() => void>>;
const open = (more: Partial<DeltaWriterOptions> = {}) =>
  deltaWriter({ log: fragile.log, sessionId, turnId, fences: [{ key: turnId, generation: 1 }], onFenced, ...more });

/** All that the log keeps. */
async function kept() {
  await fragile.current().append(sessionId, [turnEnd]);
  const events = await takeUntil(
    fragile.current().subscribe(sessionId, 'start'),
    ({ type }) => type === 'TurnFinished',
  );
  expect(holeIn(events)).toBeNull();
  return events.slice(0, -1);
}

beforeEach(() => {
  fragile = fragileLog();
  onFenced = vi.fn<() => void>();
});
afterEach(() => fragile.current().close());

describe('joining', () => {
  test('adjacent deltas of a part become one, which goes out by itself soon', async () => {
    const writer = open();
    const live = fragile.log.subscribe(sessionId, 'start');
    for (const word of ['Your ', 'order ', 'left.']) writer.text('a', word);
    const [event] = await take(live, 1);
    expect(event!.data).toEqual({ partId: 'a', offset: 0, text: 'Your order left.' });
    writer.text('a', ' Today.');
    expect((await take(live, 1))[0]!.data).toEqual({ partId: 'a', offset: 16, text: ' Today.' });
    await writer.close();
  });

  test('another event takes what waits along at once, in one append and in order', async () => {
    const writer = open({ joinMs: 60_000 });
    writer.text('a', 'One');
    writer.text('b', 'Two');
    writer.text('a', ' more');
    writer.add(numbered(1));
    await writer.flush();
    expect(fragile.appends).toHaveLength(1);
    expect(fragile.appends[0]!.map(({ type, data }) => ('text' in data ? data : type))).toEqual([
      { partId: 'a', offset: 0, text: 'One' },
      { partId: 'b', offset: 0, text: 'Two' },
      { partId: 'a', offset: 3, text: ' more' },
      'MessageAdded',
    ]);
    await writer.close();
  });

  test('a character in two halves is shown whole', async () => {
    const writer = open();
    writer.text('a', 'Done \uD83D');
    expect(await writer.flush()).toBe('sent');
    writer.text('b', 'Other');
    writer.text('a', '\uDE00!');
    await writer.close();
    const texts = (await kept()).flatMap(({ data }) => ('text' in data ? [data.text] : []));
    expect(texts).toEqual(['Done ', 'Other', '\u{1F600}!']);
  });

  test('flushing an idle writer, and writing nothing, append nothing', async () => {
    const writer = open();
    writer.text('a', '');
    expect([await writer.flush(), await writer.close()]).toEqual(['sent', 'sent']);
    expect(fragile.appends).toEqual([]);
  });
});

describe('while the log is away', () => {
  test('the reply goes on, and what was missed is sent before what comes next', async () => {
    const writer = open({ retryMs: 60_000 });
    const live = fragile.log.subscribe(sessionId, 'start');
    writer.text('a', 'Seen. ');
    await writer.flush();
    fragile.isAway = true;
    writer.text('a', 'Missed ');
    expect(await writer.flush()).toBe('unavailable');
    writer.add(numbered(1));
    writer.text('a', 'much. ');
    expect(await writer.flush()).toBe('unavailable');
    fragile.isAway = false;
    writer.text('a', 'Back.');
    expect(await writer.flush()).toBe('sent');
    const events = await take(live, 4);
    expect(events.map(({ type }) => type)).toEqual(['TextDelta', 'TextDelta', 'MessageAdded', 'TextDelta']);
    expect(shown(events)).toEqual({ a: 'Seen. Missed much. Back.' });
    await writer.close();
  });

  test('it is tried again without anything new to say', async () => {
    const writer = open({ retryMs: 1 });
    const live = fragile.log.subscribe(sessionId, 'start');
    fragile.isAway = true;
    writer.text('a', 'The end.');
    expect(await writer.flush()).toBe('unavailable');
    fragile.isAway = false;
    expect(shown(await take(live, 1))).toEqual({ a: 'The end.' });
    await writer.close();
  });

  test('closing answers that not all was sent', async () => {
    const writer = open();
    fragile.isAway = true;
    writer.text('a', 'Lost.');
    expect(await writer.close()).toBe('unavailable');
  });
});

describe('when the log has lost what it held', () => {
  test('everything is sent again before what is new', async () => {
    const writer = open();
    writer.add({ type: 'PartStarted', turnId, data: { messageId: 'msg_1', partId: 'a', index: 0, agent: 'FAQ' } });
    writer.text('a', 'Before. ');
    await writer.flush();
    fragile.lose();
    writer.text('a', 'After.');
    expect(await writer.flush()).toBe('sent');
    const events = await kept();
    expect(events.map(({ type, data }) => ('text' in data ? data : type))).toEqual([
      'PartStarted',
      { partId: 'a', offset: 0, text: 'Before. After.' },
    ]);
    await writer.close();
  });
});

describe('when fenced off', () => {
  test('the worker is told once, and nothing more is written', async () => {
    const writer = open();
    writer.text('a', 'Mine.');
    await writer.flush();
    await fragile.log.raise(sessionId, [{ key: turnId, generation: 2 }]);
    writer.text('a', 'Not mine.');
    expect(await writer.flush()).toBe('fenced');
    writer.text('a', 'Still not.');
    writer.add(numbered(1));
    expect([await writer.flush(), await writer.close()]).toEqual(['fenced', 'fenced']);
    expect(onFenced).toHaveBeenCalledTimes(1);
    expect(shown(await kept())).toEqual({ a: 'Mine.' });
  });
});

test('whatever happens to the log, it shows in the end exactly what was written', async () => {
  const happening = fc.oneof(
    { weight: 6, arbitrary: fc.record({ part: fc.constantFrom('a', 'b'), text: fc.string({ unit: 'binary' }) }) },
    fc.constantFrom('event', 'flush', 'away', 'silent', 'back', 'lose', 'wait'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
      fragile = fragileLog();
      const writer = open({ joinMs: 0, retryMs: 0 });
      const written: Record<string, string> = {};
      for (const each of happenings) {
        if (typeof each === 'object') {
          // Half by half of each character, as a model may send it.
          for (const half of each.text.split('')) writer.text(each.part, half);
          if (each.text) written[each.part] = (written[each.part] ?? '') + each.text;
        } else if (each === 'event') writer.add(numbered(1));
        else if (each === 'flush') await writer.flush();
        else if (each === 'wait') await new Promise(setImmediate);
        else if (each === 'lose') fragile.lose();
        else Object.assign(fragile, { isAway: each === 'away', isSilent: each === 'silent' });
      }
      Object.assign(fragile, { isAway: false, isSilent: false });
      writer.add(numbered(2));
      expect(await writer.close()).toBe('sent');
      const events = await kept();
      expect(shown(events)).toEqual(written);
      // In Unicode mode the pattern finds halves only.
      for (const { data } of events) if ('text' in data) expect(data.text).not.toMatch(/[\uD800-\uDFFF]/u);
    }),
    { numRuns: 200 },
  );
});
