import { cursorOf, parseCursor, type Position, samePosition } from './cursor.js';
import {
  announce,
  type Announcement,
  endOf,
  endsTurn,
  type Entry,
  isKept,
  newEntryId,
  newEpoch,
  type Page,
} from './entry.js';
import type { AppendOptions, AppendOutcome, EventLog, Fence, NewEvent } from './eventLog.js';
import { follow, type From, type Listener, type Listening } from './follow.js';
import { type EventLogOptions, withDefaults } from './options.js';

interface Stream {
  head: Position;
  /** Kept entries, oldest first; the first of all stands for the stream's beginning and is no event. */
  kept: { position: Position; entry: Entry | null }[];
  expiresAt: number;
}

/** An event log in this process, for hosting everything in one. It is empty after a restart. */
export function memoryEventLog(options: EventLogOptions = {}): EventLog {
  const { clock, maxEvents, keepMs, capacity } = withDefaults(options);
  const streams = new Map<string, Stream>();
  const fencesOf = new Map<string, Map<string, number>>();
  const listenersOf = new Map<string, Set<Listener>>();
  let nextSweep = 0;

  return {
    append: async (sessionId, events, appending = {}) => append(sessionId, events, appending),
    raise: async (sessionId, fences) => {
      streamOf(sessionId); // so that its fences are forgotten with it
      raise(sessionId, fences);
    },
    head: async (sessionId) => cursorOf(streamOf(sessionId).head),
    subscribe: (sessionId, after, signal) =>
      follow(
        {
          read: async (from, limit) => read(streamOf(sessionId), from, limit),
          listen: (listener) => listen(sessionId, listener),
        },
        after,
        { clock, capacity, signal },
      ),
    close: async () => {
      for (const listeners of listenersOf.values()) for (const listener of [...listeners]) listener.closed();
      streams.clear();
      fencesOf.clear();
    },
  };

  function append(
    sessionId: string,
    events: readonly NewEvent[],
    { fences = [], follows }: AppendOptions,
  ): AppendOutcome {
    sweep();
    const stream = streamOf(sessionId);
    const raised = fencesOf.get(sessionId);
    if (fences.some(({ key, generation }) => (raised?.get(key) ?? generation) > generation)) return { kind: 'fenced' };
    if (follows !== undefined && indexOf(stream, parseCursor(follows)) < 0) return { kind: 'lost' };
    raise(sessionId, fences);
    const announcement = announce(stream.head, newEntryId(), events, clock().toISOString());
    keep(stream, announcement);
    for (const listener of [...(listenersOf.get(sessionId) ?? [])]) listener.announced(announcement);
    return { kind: 'appended', cursor: cursorOf(stream.head) };
  }

  function keep(stream: Stream, announcement: Announcement) {
    const kept = announcement.entries.filter(({ event }) => event.type === 'StreamReset' || isKept(event));
    stream.kept.push(...kept.map((entry) => ({ position: entry.position, entry })));
    stream.kept.splice(0, stream.kept.length - maxEvents);
    stream.head = endOf(announcement);
    stream.expiresAt = clock().getTime() + keepMs;
  }

  function raise(sessionId: string, fences: readonly Fence[]) {
    const raised = fencesOf.get(sessionId) ?? new Map<string, number>();
    for (const { key, generation } of fences) raised.set(key, Math.max(generation, raised.get(key) ?? generation));
    if (raised.size) fencesOf.set(sessionId, raised);
  }

  /** The session's stream; a new one if there is none, or it has expired. */
  function streamOf(sessionId: string): Stream {
    const now = clock().getTime();
    let stream = streams.get(sessionId);
    if (!stream || stream.expiresAt <= now) {
      const head = { epoch: newEpoch(), seq: 0, entry: newEntryId() };
      stream = { head, kept: [{ position: head, entry: null }], expiresAt: now + keepMs };
      streams.set(sessionId, stream);
    }
    return stream;
  }

  /** Forgets what has expired, now and then. */
  function sweep() {
    const now = clock().getTime();
    if (now < nextSweep) return;
    nextSweep = now + keepMs / 10;
    for (const [sessionId, { expiresAt }] of streams) {
      if (expiresAt > now) continue;
      streams.delete(sessionId);
      fencesOf.delete(sessionId);
    }
  }

  function listen(sessionId: string, listener: Listener): Listening {
    const listeners = listenersOf.get(sessionId) ?? new Set();
    listenersOf.set(sessionId, listeners.add(listener));
    const stop = () => {
      listeners.delete(listener);
      if (!listeners.size && listenersOf.get(sessionId) === listeners) listenersOf.delete(sessionId);
    };
    return { heard: Promise.resolve(), stop };
  }
}

function indexOf({ kept }: Stream, position: Position | null): number {
  return position ? kept.findIndex((each) => samePosition(each.position, position)) : -1;
}

function lastTurnEnd({ kept, head }: Stream): Position {
  return (kept.findLast(({ entry }) => entry && endsTurn(entry.event)) ?? kept[0])?.position ?? head;
}

function read(stream: Stream, from: From, limit: number): Page {
  if (from === null) return { kind: 'entries', entries: [], end: stream.head, hasMore: false };
  const index = from === 'start' ? -1 : indexOf(stream, from);
  if (index < 0 && from !== 'start') return { kind: 'reset', to: lastTurnEnd(stream) };
  const rest = stream.kept.slice(index + 1).flatMap(({ entry }) => entry ?? []);
  const entries = rest.slice(0, limit);
  return { kind: 'entries', entries, end: entries.at(-1)?.position ?? stream.head, hasMore: rest.length > limit };
}
