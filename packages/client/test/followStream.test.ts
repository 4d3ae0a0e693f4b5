import { describe, expect, test } from 'vitest';
import { GraphFault } from '../src/faults.js';
import { type Counting, type Followed, followStream, type LinkState } from '../src/followStream.js';
import type { Network } from '../src/network.js';
import { serverSentEvents } from '../src/serverSentEvents.js';

const event = (seq: number, changes: Partial<Followed> = {}): Followed => ({
  ...{ __typename: 'TextDelta', cursor: `c${seq}`, seq },
  ...changes,
});

/** One connection's stream: these events, and then it is cut. */
const stream = (...events: Followed[]) =>
  new Response(
    events.map((data) => `event: next\ndata: ${JSON.stringify({ data: { sessionEvents: data } })}\n\n`).join(''),
  );
const fault = (code: string) => Response.json({ errors: [{ extensions: { code } }] });
const refused = (code: string) => Response.json({ errors: [{ extensions: { code } }] }, { status: 400 });

const online: Network = { connected: () => new AbortController().signal, pause: () => Promise.resolve() };

/** Follows over these connections, the last of which is the end; what was seen, from where each was opened, and the states. */
async function followed(connections: (Response | Error)[], after: string | null = null, counting?: Counting) {
  const end = new AbortController();
  const [seen, opened, states]: [number[], (string | null)[], LinkState[]] = [[], [], []];
  const open = (cursor: string | null) => {
    opened.push(cursor);
    const next = connections.shift();
    if (connections.length === 0) end.abort();
    return next instanceof Error || !next ? Promise.reject(next ?? new Error('over')) : Promise.resolve(next);
  };
  const onState = (state: LinkState) => void states.push(state);
  const following = followStream({ open, after, counting, network: online, signal: end.signal, onState });
  for await (const { seq } of following) seen.push(seq);
  return { seen, opened, states };
}
const over = new Error('over');

describe('following a stream', () => {
  test('goes on after the last event when the connection is cut', async () => {
    const { seen, opened } = await followed([stream(event(1), event(2)), stream(event(3)), over], 'c0');
    expect(seen).toEqual([1, 2, 3]);
    expect(opened).toEqual(['c0', 'c2', 'c3']);
  });

  test('drops what comes twice', async () => {
    expect((await followed([stream(event(1), event(2)), stream(event(2), event(1), event(3)), over])).seen).toEqual([
      1, 2, 3,
    ]);
  });

  test('reads a hole again, and shows nothing from behind it before', async () => {
    const { seen, opened } = await followed([stream(event(1), event(4)), stream(event(2), event(3), event(4)), over]);
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(opened.slice(0, 2)).toEqual([null, 'c1']);
  });

  test('takes joined deltas for those that they stand for, also if it has some of them', async () => {
    const joined = stream(event(1), event(4, { firstSeq: 2 }), event(6, { firstSeq: 3 }));
    expect((await followed([joined, over])).seen).toEqual([1, 4, 6]);
  });

  test('counts anew after a reset', async () => {
    const reset = event(90, { __typename: 'StreamReset' });
    expect((await followed([stream(event(1), reset, event(91)), over])).seen).toEqual([1, 90, 91]);
  });

  test('shows typing, which has no number of its own', async () => {
    const typing = event(2, { __typename: 'TypingChanged' });
    expect((await followed([stream(event(1), event(2), typing, typing, event(3)), over])).seen).toEqual([
      1, 2, 2, 2, 3,
    ]);
  });

  test('tries again when the server cannot be reached or has a fault of the moment', async () => {
    const { seen, states } = await followed([
      new TypeError('failed'),
      refused('INTERNAL_SERVER_ERROR'),
      stream(event(1)),
      over,
    ]);
    expect(seen).toEqual([1]);
    expect(states).toEqual([
      'connecting',
      'waiting',
      'connecting',
      'waiting',
      'connecting',
      'live',
      'waiting',
      'connecting',
    ]);
  });

  test('ends if the server will not have it', async () => {
    await expect(followed([refused('NOT_FOUND'), over, over])).rejects.toEqual(new GraphFault('NOT_FOUND'));
  });

  test('ends if the stream says so in an event', async () => {
    const told = new Response(`event: next\ndata: ${await fault('FORBIDDEN').text()}\n\n`);
    await expect(followed([told, over, over])).rejects.toEqual(new GraphFault('FORBIDDEN'));
  });

  test('waits as long as the server asks it to', async () => {
    const pauses: number[] = [];
    const end = new AbortController();
    const network: Network = {
      ...online,
      pause: (ms) => {
        pauses.push(ms);
        end.abort();
        return Promise.resolve();
      },
    };
    const told = { code: 'THROTTLED', retryAfterMs: 3_000 };
    const open = () => Promise.resolve(Response.json({ errors: [{ extensions: told }] }, { status: 429 }));
    for await (const _ of followStream({ open, after: null, network, signal: end.signal, random: () => 0 }));
    expect(pauses).toEqual([3_000]);
  });

  test('of a turn takes jumps for what other turns said, and ends when the turn is finished', async () => {
    const finished = event(9, { __typename: 'TurnFinished' });
    const { seen, opened } = await followed(
      [stream(event(1), event(5)), stream(event(5), finished), over],
      null,
      'growing',
    );
    expect(seen).toEqual([1, 5, 9]);
    expect(opened).toEqual([null, 'c5']);
  });

  test('of a turn whose events are gone shows what is stored, all under one number', async () => {
    const wholes = ['PartCompleted', 'PartCompleted', 'TurnFinished'].map((__typename) => event(2, { __typename }));
    expect((await followed([stream(event(3), ...wholes), over], null, 'growing')).seen).toEqual([3, 2, 2, 2]);
  });

  test('connects again when nothing is heard, not even a ping', async () => {
    const end = new AbortController();
    const opened: string[] = [];
    const silent = () => new Response(new ReadableStream());
    const open = () => {
      opened.push('opened');
      if (opened.length === 2) end.abort();
      return Promise.resolve(silent());
    };
    for await (const _ of followStream({ open, after: null, network: online, signal: end.signal, silenceMs: 20 }));
    expect(opened).toHaveLength(2);
  });
});

describe('server-sent events', () => {
  async function parsed(chunks: Uint8Array[]) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    const events = [];
    for await (const each of serverSentEvents(body, new AbortController().signal, () => {})) events.push(each);
    return events;
  }

  test('are the same however they are cut into chunks', async () => {
    const bytes = new TextEncoder().encode(
      ': ping\n\nevent: next\ndata: {"text":"好😀"}\n\nevent: complete\ndata:\n\n',
    );
    const expected = [
      { event: 'next', data: '{"text":"好😀"}' },
      { event: 'complete', data: '' },
    ];
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.slice(i * size, (i + 1) * size),
      );
      expect(await parsed(chunks)).toEqual(expected);
    }
  });
});
