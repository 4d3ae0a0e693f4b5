import { assertNever } from '@supportgraph/kernel';
import { isKept } from './entry.js';
import { type EventLog, EventLogUnavailable, type Fence, type NewEvent } from './eventLog.js';

/** Writes one reply, or one agent's share of it, into a session's stream. */
export interface DeltaWriter {
  /** Grows a part's text. */
  text(partId: string, text: string): void;
  /** Adds an event of another kind and sends it at once, after all that was written before it. */
  add(event: OtherEvent): void;
  /** Sends what waits. `unavailable`: the log is away now; what waits is kept and sent with what comes next, or soon. */
  flush(): Promise<Flushed>;
  /** Sends what waits, then stops: what cannot be sent now is dropped. */
  close(): Promise<Flushed>;
}

/** Any event but `TextDelta`, whose offset the writer knows. */
export type OtherEvent = Exclude<NewEvent, { type: 'TextDelta' }>;

export type Flushed = 'sent' | 'fenced' | 'unavailable';

export interface DeltaWriterOptions {
  log: EventLog;
  sessionId: string;
  turnId: string;
  fences: readonly Fence[];
  /** Called once when somebody else has the work: the worker should stop. Nothing more is written. */
  onFenced: () => void;
  /** How long deltas may wait to be joined, in ms. @default 40 */
  joinMs?: number;
  /** When to try again after the log was away, in ms. @default 500 */
  retryMs?: number;
}

/**
 * Joins what is written in quick succession and appends it in order, one append at a time. What the log did not
 * acknowledge is sent again; if the log itself was lost, all that it should hold is, so that offsets never leave a hole.
 */
export function deltaWriter(options: DeltaWriterOptions): DeltaWriter {
  const { log, sessionId, turnId, fences, onFenced, joinMs = 40, retryMs = 500 } = options;
  const offsets = new Map<string, number>();
  const halves = new Map<string, string>();
  /** What the log has acknowledged and should hold, joined. */
  let sent: NewEvent[] = [];
  /** What it has not, in order. */
  let waiting: NewEvent[] = [];
  let follows: string | undefined;
  let state: 'open' | 'fenced' | 'closed' = 'open';
  let isDue = false;
  let sending: Promise<Flushed> | null = null;
  let timer: NodeJS.Timeout | undefined;

  return {
    text(partId, added) {
      const text = wholeCharacters(partId, added);
      if (state !== 'open' || !text) return;
      const offset = offsets.get(partId) ?? 0;
      offsets.set(partId, offset + text.length);
      addJoined(waiting, { type: 'TextDelta', turnId, data: { partId, offset, text } });
      sendIn(joinMs);
    },
    add(event) {
      if (state !== 'open') return;
      waiting.push(event);
      sendSoon();
    },
    flush,
    async close() {
      const flushed = await flush();
      if (state === 'open') state = 'closed';
      clearTimeout(timer);
      return flushed;
    },
  };

  /** The text to show now; half a character (of a surrogate pair) waits for its other half. */
  function wholeCharacters(partId: string, added: string): string {
    const text = (halves.get(partId) ?? '') + added;
    const isSplit = /[\uD800-\uDBFF]$/.test(text);
    halves.set(partId, isSplit ? text.slice(-1) : '');
    return isSplit ? text.slice(0, -1) : text;
  }

  function sendIn(ms: number) {
    timer ??= setTimeout(sendSoon, ms);
  }

  function sendSoon() {
    // A fault stays with the events that caused it: the next flush meets it and throws.
    flush().catch(() => {});
  }

  async function flush(): Promise<Flushed> {
    if (state === 'fenced') return 'fenced';
    if (!waiting.length) return sending ?? 'sent';
    isDue = true;
    return (sending ??= send());
  }

  /** Appends what is due; once more if more became due meanwhile. Never returns before its first append was answered. */
  async function send(): Promise<Flushed> {
    let flushed: Flushed = 'sent';
    try {
      while (isDue && waiting.length) {
        isDue = false;
        clearTimeout(timer);
        timer = undefined;
        flushed = await sendBatch();
      }
      return flushed;
    } finally {
      sending = null;
    }
  }

  async function sendBatch(): Promise<Flushed> {
    const batch = waiting;
    waiting = [];
    const outcome = await append(batch);
    switch (outcome.kind) {
      case 'appended':
        follows = outcome.cursor;
        for (const event of batch) if (isKept(event)) addJoined(sent, event);
        return 'sent';
      case 'lost':
        follows = undefined;
        waitAgain([...sent, ...batch]);
        sent = [];
        isDue = true;
        return 'sent';
      case 'unavailable':
        waitAgain(batch);
        sendIn(retryMs);
        return 'unavailable';
      case 'fenced':
        stopFenced();
        return 'fenced';
      default:
        return assertNever(outcome);
    }
  }

  async function append(batch: readonly NewEvent[]) {
    try {
      return await log.append(sessionId, batch, { fences, follows });
    } catch (error) {
      if (error instanceof EventLogUnavailable) return { kind: 'unavailable' as const };
      waitAgain(batch);
      throw error;
    }
  }

  function waitAgain(batch: readonly NewEvent[]) {
    const later = waiting;
    waiting = [];
    for (const event of [...batch, ...later]) addJoined(waiting, event);
  }

  function stopFenced() {
    state = 'fenced';
    clearTimeout(timer);
    waiting = [];
    sent = [];
    onFenced();
  }
}

/** Adds an event, joined to the last one if both are text of one part. */
function addJoined(events: NewEvent[], event: NewEvent) {
  const last = events.at(-1);
  const isNext = last?.type === 'TextDelta' && event.type === 'TextDelta' && last.data.partId === event.data.partId;
  if (isNext) events[events.length - 1] = { ...last, data: { ...last.data, text: last.data.text + event.data.text } };
  else events.push(event);
}
