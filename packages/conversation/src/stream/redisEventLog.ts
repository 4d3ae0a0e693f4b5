import type { Logger } from '@supportgraph/kernel';
import { cursorOf, nowhere, parseCursor, type Position } from './cursor.js';
import {
  announce,
  type Announcement,
  endsTurn,
  type Entry,
  isKept,
  newEntryId,
  newEpoch,
  type Page,
  placed,
} from './entry.js';
import type { AppendOptions, AppendOutcome, EventLog, NewEvent } from './eventLog.js';
import { follow, type From } from './follow.js';
import { type EventLogOptions, withDefaults } from './options.js';
import { announcer } from './redis/announcer.js';
import { scriptConnection } from './redis/connection.js';
import { appendScript, raiseScript, readScript } from './redis/scripts.js';

export interface RedisEventLogOptions extends EventLogOptions {
  url: string;
  log: Logger;
  /** How long an append, a fence or a reading may take before the log counts as unavailable, in ms. @default 1_000 */
  timeoutMs?: number;
  /** How often the subscriber's connection is tried, in ms. @default 5_000 */
  heartbeatMs?: number;
  /** How long a connection may be silent after a command before it is given up for another, in ms. @default 5_000 */
  silenceMs?: number;
  /** What all keys and channels begin with. @default 'supportgraph:' */
  prefix?: string;
}

/** An event log in Redis, for several processes. Connects in the background: while Redis is away, readers wait. */
export function redisEventLog(options: RedisEventLogOptions): EventLog {
  const { url, log, timeoutMs = 1_000, heartbeatMs = 5_000, silenceMs = 5_000, prefix = 'supportgraph:' } = options;
  const { clock, maxEvents, keepMs, capacity } = withDefaults(options);
  const scripts = scriptConnection(url, { timeoutMs, silenceMs, log });
  const announcements = announcer(url, { parse: parseAnnouncement, heartbeatMs, silenceMs, log });
  // One hash tag for all of a session, as a cluster wants it.
  const key = (kind: string, sessionId: string) => `${prefix}{${sessionId}}:${kind}`;

  return {
    append,
    async raise(sessionId, fences) {
      const raised = fences.flatMap(({ key, generation }) => [key, generation]);
      await scripts.run(raiseScript, [key('fences', sessionId)], () => [keepMs, ...raised]);
    },
    async head(sessionId) {
      const page = await read(sessionId, null, 0);
      return cursorOf(page.kind === 'reset' ? page.to : page.end);
    },
    subscribe: (sessionId, after, signal) =>
      follow(
        {
          read: (from, limit) => read(sessionId, from, limit),
          listen: (listener) => announcements.listen(key('events', sessionId), listener),
        },
        after,
        { clock, capacity, signal },
      ),
    async close() {
      await announcements.close();
      await scripts.close();
    },
  };

  async function append(
    sessionId: string,
    events: readonly NewEvent[],
    { fences = [], follows }: AppendOptions = {},
  ): Promise<AppendOutcome> {
    const keys = [key('stream', sessionId), key('fences', sessionId), key('events', sessionId)];
    const held = follows === undefined ? null : (parseCursor(follows) ?? nowhere);
    const start = [newEpoch(), newEntryId(), clock().toISOString(), maxEvents, keepMs];
    const rest = [
      ...(held ? [held.epoch, entryId(held)] : ['', '']),
      fences.length,
      ...fences.flatMap(({ key, generation }) => [key, generation]),
      ...events.flatMap((event) => [endsTurn(event) ? 2 : isKept(event) ? 1 : 0, JSON.stringify(event)]),
    ];
    const answer = await scripts.run(appendScript, keys, (again) => [...start, again ? 1 : 0, ...rest]);
    // The script answers in this form.
    const [kind, epoch, seq, entry] = answer as [AppendOutcome['kind'], string, number, string];
    return kind === 'appended' ? { kind, cursor: cursorOf({ epoch, seq, entry }) } : { kind };
  }

  async function read(sessionId: string, from: From, limit: number): Promise<Page> {
    const mode = from === null ? 'head' : from === 'start' ? 'start' : 'after';
    const after = typeof from === 'object' && from ? [from.epoch, entryId(from)] : ['', ''];
    const answer = await scripts.run(readScript, [key('stream', sessionId)], () => [
      ...[newEpoch(), newEntryId(), keepMs],
      ...[mode, limit, ...after],
    ]);
    // The script answers in this form.
    const [kind, epoch, seq, entry, rows] = answer as [Page['kind'], string, number, string, Row[]];
    const position = { epoch, seq, entry };
    if (kind === 'reset') return { kind, to: position };
    const entries = rows.map(parseRow);
    return { kind, entries, end: entries.at(-1)?.position ?? position, hasMore: limit > 0 && rows.length === limit };
  }
}

/** An entry of the stream: its id, and its fields `e` epoch, `t` time, `d` the event. */
type Row = [id: string, fields: ['e', string, 't', string, 'd', string]];

function entryId({ seq, entry }: Position): string {
  return `${seq}-${entry}`;
}

function parseRow([id, [, epoch, , at, , json]]: Row): Entry {
  const [seq = '', entry = ''] = id.split('-');
  return placed(JSON.parse(json) as NewEvent, { epoch, seq: Number(seq), entry }, at);
}

/** What the append script publishes. */
interface Published {
  epoch: string;
  seq: number;
  before: string;
  entry: string;
  at: string;
  events: NewEvent[];
}

function parseAnnouncement(message: unknown): Announcement | null {
  if (!isPublished(message)) return null;
  const { epoch, seq, before, entry, at, events } = message;
  return announce({ epoch, seq, entry: before }, entry, events, at);
}

function isPublished(message: unknown): message is Published {
  return typeof message === 'object' && message !== null && 'epoch' in message && 'events' in message;
}
