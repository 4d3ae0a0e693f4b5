import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, pushIterator } from '@supportgraph/kernel';
import { cursorOf, nowhere, parseCursor, type Position, samePosition } from './cursor.js';
import { type Announcement, endOf, type Entry, joinDeltas, type Page, placed } from './entry.js';
import { EventLogUnavailable, SlowConsumer, type StreamEvent } from './eventLog.js';

/** Where to read from: after a position, all that is kept, or nothing but the newest position. */
export type From = Position | 'start' | null;

/** One who hears what is appended to a stream. */
export interface Listener {
  announced(announcement: Announcement): void;
  /** Announcements may have been missed. */
  lapsed(): void;
  /** The log is being closed. */
  closed(): void;
}

/** Listening to a stream. */
export interface Listening {
  /** Resolves once announcements are heard: what is appended before it is resolved may be in the log only. */
  heard: Promise<void>;
  stop(): void;
}

/** One session's stream in some log. */
export interface Source {
  /** @throws {EventLogUnavailable} */
  read(from: From, limit: number): Promise<Page>;
  listen(listener: Listener): Listening;
}

export interface FollowOptions {
  clock: Clock;
  /** Events that may wait for a subscriber. */
  capacity: number;
  signal?: AbortSignal;
}

/** How long to wait before an unavailable log is read again, in ms; a random part of it, so that readers spread. */
const retryMs = 500;
const maxPage = 200;

/** Reads a stream from a position and goes on live: hears first, then reads, then takes what was heard meanwhile. */
export function follow(
  source: Source,
  after: string | null,
  options: FollowOptions,
): AsyncIterableIterator<StreamEvent> {
  const { capacity, clock, signal } = options;
  // A page must fit into the empty queue beside what is heard while it is read.
  const room = Math.max(1, Math.min(maxPage, Math.floor(capacity / 2)));
  const left = new AbortController();
  const heard: Announcement[] = [];
  let state: 'waiting' | 'reading' | 'live' = 'waiting';
  let mustReadAgain = false;
  let from: From | 'position' = after === null || after === 'start' ? after : (parseCursor(after) ?? nowhere);
  let position: Position = nowhere;
  let onDrain = () => {};

  const events = pushIterator<StreamEvent>({ capacity, onDrain: () => onDrain(), onEnd: leave });
  const end = () => void events.return?.();
  const listening = source.listen({ announced: hear, lapsed: catchUp, closed: () => events.end() });
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();
  listening.heard.then(catchUp, events.fail);
  return events;

  function leave() {
    signal?.removeEventListener('abort', end);
    left.abort();
    onDrain();
    // A log that is closed ends the iterator while `listen` still runs.
    queueMicrotask(() => listening.stop());
  }

  function push({ position: at, event }: Entry) {
    if (events.push(event)) position = at;
    else events.fail(new SlowConsumer(cursorOf(position)));
  }

  function hear(announcement: Announcement) {
    if (state === 'live') return take(announcement);
    heard.push(announcement);
    if (heard.length <= room) return;
    // Too much to hold: it is in the log.
    heard.length = 0;
    mustReadAgain = true;
  }

  function take(announcement: Announcement) {
    if (!continues(announcement)) return catchUp();
    for (const entry of announcement.entries) {
      const isNew = entry.event.seq > position.seq;
      if (isNew || (entry.event.type === 'TypingChanged' && entry.event.seq === position.seq)) push(entry);
    }
  }

  /** Whether an announcement belongs to the history read so far and leaves no hole; it may repeat what was read. */
  function continues(announcement: Announcement): boolean {
    const last = endOf(announcement);
    if (samePosition(announcement.before, position) || samePosition(last, position)) return true;
    return last.epoch === position.epoch && last.seq < position.seq;
  }

  function catchUp() {
    mustReadAgain = true;
    if (state !== 'reading' && !left.signal.aborted) read().catch(events.fail);
  }

  async function read() {
    state = 'reading';
    while (mustReadAgain) {
      mustReadAgain = false;
      await readToHead();
      if (left.signal.aborted) return;
      for (const announcement of heard.splice(0)) take(announcement);
    }
    state = 'live';
  }

  async function readToHead() {
    for (let hasMore = true; hasMore;) {
      if (events.size) await new Promise<void>((resolve) => (onDrain = resolve));
      const page = await nextPage();
      if (!page || left.signal.aborted) return;
      if (page.kind === 'reset') push(placed({ type: 'StreamReset', data: {} }, page.to, clock().toISOString()));
      else joinDeltas(page.entries).forEach(push);
      hasMore = page.kind === 'reset' || page.hasMore;
      position = page.kind === 'reset' ? page.to : page.end;
      from = 'position';
    }
  }

  /** The next page as soon as the log can be read; null if the subscriber leaves before. */
  async function nextPage(): Promise<Page | null> {
    while (!left.signal.aborted) {
      try {
        return await source.read(from === 'position' ? position : from, room);
      } catch (error) {
        if (!(error instanceof EventLogUnavailable)) throw error;
      }
      await pause(retryMs * (0.2 + 0.8 * Math.random()), undefined, { signal: left.signal }).catch(() => {});
    }
    return null;
  }
}
