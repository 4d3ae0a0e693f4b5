import type { EventData } from '../events.js';

export type EventType = keyof EventData;

/** What a writer adds. `TypingChanged` is announced but not kept: it is never replayed and takes no number. */
export type NewEvent = { [T in EventType]: { type: T; turnId?: string; data: EventData[T] } }[EventType];

/**
 * The position asked for cannot be honoured: the session must be read again, then the events that follow be applied.
 * They begin where the last turn ended, so that they hold the whole of a reply that is being written.
 */
export interface StreamReset {
  type: 'StreamReset';
  turnId?: undefined;
  data: Record<string, never>;
}

/** Where an event stands in its session's stream. */
export interface Placed {
  /** Its number, one more than the event before; that of the last kept event for `TypingChanged` and `StreamReset`. */
  seq: number;
  /** Number of the first event it stands for; lower than `seq` where a replay joined deltas. */
  firstSeq: number;
  /** Position to go on from, opaque. */
  cursor: string;
  /** ISO text. */
  occurredAt: string;
}

/** What a subscriber receives. Shared by all subscribers of this process: not to be changed. */
export type StreamEvent = Readonly<(NewEvent | StreamReset) & Placed>;

/** Lets writers of an older generation be refused. The key is the id of what is written for: a turn or a route. */
export interface Fence {
  key: string;
  generation: number;
}

export interface AppendOptions {
  /** What the writer holds. An append also raises them, so that a log that was lost knows the newest generation again. */
  fences?: readonly Fence[];
  /** Cursor of the writer's append before this one: appends only if the log still has it. */
  follows?: string;
}

export type AppendOutcome =
  | { kind: 'appended'; /** Position of the last event appended. */ cursor: string }
  /** A fence stands above the writer's generation: somebody else has its work. Nothing was shown. */
  | { kind: 'fenced' }
  /** The log no longer has `follows` (it came back empty or old): append again what it should hold. Nothing was shown. */
  | { kind: 'lost' };

/**
 * The live streams of sessions: what is shown while it happens, kept for a while so that a reader who was away loses nothing.
 * Truth is in PostgreSQL; a log may be lost at any time, which readers see as a `StreamReset`.
 */
export interface EventLog {
  /**
   * Adds events in order, all or none, and announces them.
   * @throws {EventLogUnavailable} soon, if the log cannot be reached. The events may have arrived nevertheless:
   * whoever appends again may show them twice, which readers bear (deltas carry offsets, the rest says how things are now).
   */
  append(sessionId: string, events: readonly NewEvent[], options?: AppendOptions): Promise<AppendOutcome>;
  /**
   * Raises fences (cancel, claim, take-over): later appends with a lower generation are refused.
   * @throws {EventLogUnavailable}
   */
  raise(sessionId: string, fences: readonly Fence[]): Promise<void>;
  /**
   * Position of the newest event.
   * @throws {EventLogUnavailable}
   */
  head(sessionId: string): Promise<string>;
  /**
   * Replays what follows `after` (`null`: nothing, from now on; `'start'`: all that is kept), then goes on live, without
   * a hole or a repetition. While the log is away it pauses, then catches up; a position that cannot be honoured gives
   * a `StreamReset`. Ends when the signal is aborted or the log closed.
   * @throws {SlowConsumer} from `next()`, when too many events wait to be taken.
   */
  subscribe(sessionId: string, after: string | null, signal?: AbortSignal): AsyncIterableIterator<StreamEvent>;
  /** Ends all subscriptions and leaves nothing behind. */
  close(): Promise<void>;
}

/** The log cannot be reached now. What it shows is only a view of the database: go on without it. */
export class EventLogUnavailable extends Error {
  override readonly name = 'EventLogUnavailable';
}

/** A subscriber took events too slowly. It has everything up to `cursor` and may come back with it. */
export class SlowConsumer extends Error {
  override readonly name = 'SlowConsumer';
  /** How GraphQL shows it. */
  readonly extensions: { code: 'SLOW_CONSUMER'; cursor: string };
  constructor(readonly cursor: string) {
    super('The subscriber takes events too slowly.');
    this.extensions = { code: 'SLOW_CONSUMER', cursor };
  }
}
