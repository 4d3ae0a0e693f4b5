import { backOffMs } from './backOff.js';
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

export interface FollowOptions {
  /** Opens the stream of all events after a position; null is from now on. */
  open(after: string | null, signal: AbortSignal): Promise<Response>;
  after: string | null;
  network: Network;
  signal: AbortSignal;
  onState?(state: LinkState): void;
  /** How long a connection may be silent, in ms; the server sends a ping every 5 s. @default 16_000 */
  silenceMs?: number;
  random?(): number;
}

/** The server will not send this stream, however often it is asked. */
export class StreamRefused extends Error {
  override name = 'StreamRefused';
  constructor(readonly code: string) {
    super(code);
  }
}

/** Codes that another try with the same credentials does not change. */
const finalCodes: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

/** A connection that was open for so long was a good one, even if nothing happened on it. */
const goodMs = 8_000;

/**
 * Follows a stream for as long as the signal allows, over as many connections as that takes. Each goes on after the last
 * event seen; what comes twice is dropped, and a hole is read again, so that nothing is lost or repeated. Rejects with
 * {@link StreamRefused} if the server will not have it.
 */
export async function* follow<Event extends Followed>(options: FollowOptions): AsyncGenerator<Event, void> {
  const { network, signal, onState, random } = options;
  const place: Place = { cursor: options.after, seq: null };
  for (let failures = 0; !signal.aborted;) {
    const openedAt = performance.now();
    let isGood = false;
    onState?.('connecting');
    try {
      for await (const event of connect<Event>(options, place)) {
        isGood = true;
        yield event;
      }
    } catch (fault) {
      if (fault instanceof StreamRefused) throw fault;
      // Cut off, silent, or a fault of the moment: the next connection goes on from here.
    }
    if (signal.aborted) return;
    failures = isGood || performance.now() - openedAt > goodMs ? 0 : failures + 1;
    onState?.('waiting');
    await network.pause(backOffMs(failures, random), signal);
  }
}

/** Where a follower is. */
interface Place {
  cursor: string | null;
  /** Null until the first event. */
  seq: number | null;
}

/** One connection: new events until it ends. Moves the place on. */
async function* connect<Event extends Followed>(options: FollowOptions, place: Place): AsyncGenerator<Event, void> {
  const { open, network, onState, silenceMs = 16_000 } = options;
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMs);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silenceMs);
  };
  const signal = AbortSignal.any([options.signal, network.connected(), silence.signal]);
  try {
    const response = await open(place.cursor, signal);
    if (!response.ok || !response.body) throw await refusal(response);
    onState?.('live');
    for await (const { event, data } of serverSentEvents(response.body, signal, heard)) {
      // A session's stream has no end: one that says so is cut off like any other.
      if (event === 'complete') return;
      if (event !== 'next') continue;
      const followed = readEvent<Event>(data);
      const step = stepTo(followed, place);
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

/** How an event follows the one before. Typing has no number of its own, and after a reset counting begins anew. */
function stepTo({ __typename, seq, firstSeq = seq }: Followed, place: Place): 'new' | 'repeated' | 'hole' {
  if (place.seq === null || __typename === 'StreamReset' || __typename === 'TypingChanged') return 'new';
  if (seq <= place.seq) return 'repeated';
  return firstSeq > place.seq + 1 ? 'hole' : 'new';
}

interface Result<Event> {
  data?: Record<string, Event> | null;
  errors?: readonly { extensions?: { code?: string } }[];
}

function readEvent<Event>(data: string): Event {
  // The server sends what the document asks for: one root field with an event.
  const { data: root, errors } = JSON.parse(data) as Result<Event>;
  const [event] = Object.values(root ?? {});
  if (!event) throw faultOf(errors);
  return event;
}

async function refusal(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => ({}))) as Result<never>;
  return faultOf(body.errors);
}

function faultOf(errors: Result<never>['errors']): Error {
  const code = errors?.[0]?.extensions?.code ?? 'UNREACHABLE';
  return finalCodes.has(code) ? new StreamRefused(code) : new Error(code);
}
