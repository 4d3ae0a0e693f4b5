import { randomBytes, randomInt } from 'node:crypto';
import { cursorOf, type Position } from './cursor.js';
import type { NewEvent, StreamEvent, StreamReset } from './eventLog.js';

/** An event at its place. */
export interface Entry {
  position: Position;
  event: StreamEvent;
}

/** What one append adds to the stream, as it is announced to subscribers. */
export interface Announcement {
  /** The newest position before it. */
  before: Position;
  entries: readonly Entry[];
}

/** One reading of the log. */
export type Page =
  | { kind: 'entries'; entries: readonly Entry[]; /** Where the page ends. */ end: Position; hasMore: boolean }
  /**
   * The position asked for cannot be honoured. Events follow from where the last turn ended (or the oldest kept): up to
   * there PostgreSQL has everything, but a reply being written is only in the log.
   */
  | { kind: 'reset'; to: Position };

/** Whether the log keeps the event. Typing is worth nothing a moment later. */
export function isKept(event: NewEvent): boolean {
  return event.type !== 'TypingChanged';
}

/** Whether the database has all that was shown up to this event: turns run one at a time. */
export function endsTurn(event: { type: StreamEvent['type'] }): boolean {
  return event.type === 'TurnFinished';
}

/** A name for a stream's life. */
export function newEpoch(): string {
  return randomBytes(8).toString('base64url');
}

/** An id for the entries of one append. */
export function newEntryId(): string {
  return String(randomInt(1, 2 ** 48 - 1));
}

/** An event at its place. */
export function placed(event: NewEvent | StreamReset, position: Position, occurredAt: string): Entry {
  const { seq } = position;
  return { position, event: { ...event, seq, firstSeq: seq, cursor: cursorOf(position), occurredAt } };
}

/** Numbers the events of one append; what is not kept takes no number. */
export function announce(before: Position, entry: string, events: readonly NewEvent[], at: string): Announcement {
  let position = before;
  const entries = events.map((event) => {
    if (isKept(event)) position = { epoch: before.epoch, seq: position.seq + 1, entry };
    return placed(event, position, at);
  });
  return { before, entries };
}

/** The newest position after an announcement. */
export function endOf({ before, entries }: Announcement): Position {
  return entries.at(-1)?.position ?? before;
}

/** Joins deltas of one part that follow each other, so that a replay is short. */
export function joinDeltas(entries: readonly Entry[]): Entry[] {
  const joined: Entry[] = [];
  for (const entry of entries) {
    const last = joined.at(-1);
    const event = last && joinedDelta(last.event, entry.event);
    if (event) joined[joined.length - 1] = { position: entry.position, event };
    else joined.push(entry);
  }
  return joined;
}

function joinedDelta(first: StreamEvent, second: StreamEvent): StreamEvent | null {
  if (first.type !== 'TextDelta' || second.type !== 'TextDelta') return null;
  const isNext = second.firstSeq === first.seq + 1 && second.data.partId === first.data.partId;
  // A part that is written anew, or again after a fault, begins at an earlier offset: both deltas must be shown.
  if (!isNext || second.data.offset !== first.data.offset + first.data.text.length) return null;
  return { ...second, firstSeq: first.firstSeq, data: { ...first.data, text: first.data.text + second.data.text } };
}
