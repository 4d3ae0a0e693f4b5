import { fail, notFound, ok, pushIterator, type PushIterator, type Result, type Viewer } from '@supportgraph/kernel';
import type { Deps } from '../deps.js';
import { loadMessages } from '../messages/loadMessages.js';
import type { TurnRecord } from '../records.js';
import { parseCursor } from '../stream/cursor.js';
import { SlowConsumer, type StreamEvent } from '../stream/eventLog.js';
import { inTime, late } from '../work/within.js';
import { loadTurns } from './loadTurns.js';
import { finishedTurn, wholePart } from './parts.js';

/** How often a turn that says nothing is looked up, in ms: its end may have been lost with the log. */
const lookMs = 5_000;
/** The same for a turn that had ended already: all it said should be there at once. */
const lookAtEndedMs = 500;

/**
 * What happens in one turn, ending after `TurnFinished`. The log says it, from the start of the turn; where the log was
 * lost, the parts and the end are made from what is stored.
 */
export async function turnEvents(
  deps: Deps,
  viewer: Viewer,
  turnId: string,
  after: string | null,
  signal: AbortSignal,
): Promise<Result<AsyncIterableIterator<StreamEvent>>> {
  const [turn] = await loadTurns(deps, viewer, [turnId]);
  if (!turn) return fail(notFound('turnId'));
  const left = new AbortController();
  const events = pushIterator<StreamEvent>({ onEnd: () => left.abort() });
  const following = follow(
    { deps, viewer, turn, events, after: after ?? turn.streamCursor },
    AbortSignal.any([signal, left.signal]),
  );
  following.then(events.end, events.fail);
  return ok(events);
}

interface Following {
  deps: Deps;
  viewer: Viewer;
  turn: TurnRecord;
  /** Position of the last event pushed. */
  after: string;
  events: PushIterator<StreamEvent>;
}

async function follow(following: Following, signal: AbortSignal): Promise<void> {
  const { deps, turn, after } = following;
  const source = deps.events.subscribe(turn.sessionId, after, signal);
  const patienceMs = turn.finishedAt === null ? lookMs : lookAtEndedMs;
  try {
    for (let next = source.next(); ;) {
      const result = await inTime(patienceMs, next);
      if (result !== late && result.done) return;
      const event = result === late ? null : result.value;
      if (event) next = source.next();
      if (event?.turnId === turn.id) {
        push(following, event);
        if (event.type === 'TurnFinished') return;
      } else if (event === null || event.type === 'StreamReset') {
        if (await tellStored(following)) return;
      }
    }
  } finally {
    await source.return?.();
  }
}

function push(following: Following, event: StreamEvent): void {
  if (!following.events.push(event)) throw new SlowConsumer(following.after);
  following.after = event.cursor;
}

/** Tells a turn that has ended as it is stored; false if it has not. */
async function tellStored(following: Following): Promise<boolean> {
  const { deps, viewer, turn } = following;
  const [now] = await loadTurns(deps, viewer, [turn.id]);
  if (!now) return true;
  if (now.finishedAt === null) return false;
  const [reply] = now.replyId === null ? [null] : await loadMessages(deps, viewer, [now.replyId]);
  const parts = reply?.parts.flatMap((part) => wholePart(turn.id, reply.id, part)) ?? [];
  const cursor = await deps.events.head(turn.sessionId).catch(() => following.after);
  const seq = parseCursor(cursor)?.seq ?? 0;
  const occurredAt = now.finishedAt.toISOString();
  for (const event of [...parts, finishedTurn(turn.id)]) {
    push(following, { ...event, cursor, seq, firstSeq: seq, occurredAt });
  }
  return true;
}
