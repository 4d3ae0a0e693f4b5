import { backOffMs } from './backOff.js';
import { faultOf, GraphFault, type GraphResponse, responseOf } from './faults.js';
import type { Network } from './network.js';
import { serverSentEvents } from './serverSentEvents.js';

/** What every event of a stream has. */
export interface Followed {
  __typename: string;
  /** Position: give it as `after` to go on from here. */
  cursor: string;
  /** Number in the stream, without gaps. */
  seq: number;
  /** Number of the first event that this one stands for. @default seq */
  firstSeq?: number;
}

export type LinkState = 'connecting' | 'live' | 'waiting';

/** How the numbers of a stream are to be read. */
export type Counting =
  /** Each is one more than the one before, as in `sessionEvents`. */
  | 'gapless'
  /** They only grow, and the stream ends with `TurnFinished`, as in `turnEvents`. */
  | 'growing';

export interface FollowStreamOptions {
  /** Opens the stream of all events after a position; null is from now on. */
  open(after: string | null, signal: AbortSignal): Promise<Response>;
  after: string | null;
  /** @default 'gapless' */
  counting?: Counting;
  network: Network;
  signal: AbortSignal;
  onState?(state: LinkState): void;
  /** How long a connection may be silent, in ms; the server sends a ping every 5 s. @default 16_000 */
  silenceMs?: number;
  random?(): number;
}

/** A connection that was open for so long was a good one, even if nothing happened on it. */
const goodMs = 8_000;

/**
 * Follows a stream for as long as the signal allows, over as many connections as that takes. Each goes on after the last
 * event seen; what comes twice is dropped, and a hole is read again, so that nothing is lost or repeated. Rejects with a
 * {@link GraphFault} if the server will not have it, however often it is asked.
 */
export async function* followStream<Event extends Followed>(options: FollowStreamOptions): AsyncGenerator<Event, void> {
  const { network, signal, onState, random } = options;
  const place: Place = { cursor: options.after, seq: null };
  for (let failures = 0; !signal.aborted;) {
    const openedAt = performance.now();
    let isGood = false;
    let retryAfterMs = 0;
    onState?.('connecting');
    try {
      for await (const event of connect<Event>(options, place)) {
        isGood = true;
        yield event;
        if (options.counting === 'growing' && event.__typename === 'TurnFinished') return;
      }
    } catch (fault) {
      if (fault instanceof GraphFault && fault.isFinal) throw fault;
      if (fault instanceof GraphFault) retryAfterMs = fault.retryAfterMs ?? 0;
      // Cut off, silent, or a fault of the moment: the next connection goes on from here.
    }
    if (signal.aborted) return;
    failures = isGood || performance.now() - openedAt > goodMs ? 0 : failures + 1;
    onState?.('waiting');
    await network.pause(retryAfterMs + backOffMs(failures, random), signal);
  }
}

/** Where a follower is. */
interface Place {
  cursor: string | null;
  /** Null until the first event. */
  seq: number | null;
}

/** One connection: new events until it ends. Moves the place on. */
async function* connect<Event extends Followed>(
  options: FollowStreamOptions,
  place: Place,
): AsyncGenerator<Event, void> {
  const { open, network, onState, counting = 'gapless', silenceMs = 16_000 } = options;
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silenceMs);
  };
  const signal = AbortSignal.any([options.signal, network.connected(), silence.signal]);
  try {
    const response = await open(place.cursor, signal);
    if (!response.ok || !response.body) throw faultOf(await responseOf(response));
    onState?.('live');
    for await (const { event, data } of serverSentEvents(response.body, signal, heard)) {
      // A session's stream has no end, and a turn's has ended before: one that says so is cut off like any other.
      if (event === 'complete') return;
      if (event !== 'next') continue;
      const followed = readEvent<Event>(data);
      const step = stepTo(followed, place, counting);
      if (step === 'hole') return;
      if (step === 'repeated') continue;
      Object.assign(place, { cursor: followed.cursor, seq: followed.seq });
      yield followed;
    }
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

/** Whole things, with which a turn whose events are gone is told, all under one number: showing them twice changes nothing. */
const wholes: ReadonlySet<string> = new Set(['PartCompleted', 'TurnFinished']);

/** How an event follows the one before. Typing has no number of its own, and after a reset counting begins anew. */
function stepTo(event: Followed, place: Place, counting: Counting): 'new' | 'repeated' | 'hole' {
  const { __typename, seq, firstSeq = seq } = event;
  if (place.seq === null || __typename === 'StreamReset' || __typename === 'TypingChanged') return 'new';
  if (counting === 'growing') return seq > place.seq || wholes.has(__typename) ? 'new' : 'repeated';
  if (seq <= place.seq) return 'repeated';
  return firstSeq > place.seq + 1 ? 'hole' : 'new';
}

function readEvent<Event>(data: string): Event {
  const response = JSON.parse(data) as GraphResponse;
  // The server sends what the document asks for: one root field with an event.
  const [event] = Object.values((response.data ?? {}) as Record<string, Event | null>);
  if (!event) throw faultOf(response);
  return event;
}
