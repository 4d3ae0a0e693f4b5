import { audit, idempotent, type Tx } from '@supportgraph/data';
import { fail, isId, newId, notFound, ok, userError, type Result, type Viewer } from '@supportgraph/kernel';
import { forbidden, mayTalk, principalOf } from '../access.js';
import type { RetryTurn } from '../conversation.js';
import type { Deps } from '../deps.js';
import { streamPosition } from '../messages/streamPosition.js';
import type { SessionStatus, TurnRecord } from '../records.js';
import { keyFault, sessionClosed } from '../text.js';
import { loadTurns } from './loadTurns.js';

const field = ['input', 'turnId'];

const inProgress = userError(
  'TURN_IN_PROGRESS',
  'A reply is being written. Wait for it, or stop it first.',
  '正在撰寫回覆，請等待完成或先停止。',
  field,
);
const notRetryable = userError(
  'WRONG_STATE',
  'Only a message that failed in a way that may pass can be answered again.',
  '只有因暫時性問題而失敗的訊息才能重新回覆。',
  field,
);
const changedSomething = userError(
  'WRONG_STATE',
  'This turn carried out what was agreed to, so it cannot be run again.',
  '這一輪已執行了同意的操作，無法重新執行。',
  field,
);
const triedLater = userError(
  'WRONG_STATE',
  'This message was already answered again in a later turn.',
  '這則訊息已在之後重新回覆。',
  field,
);
const withStaff = userError(
  'WRONG_STATE',
  'A person of the staff has this conversation and will answer.',
  '這次對話已由客服人員接手，將由客服人員回覆。',
  field,
);

/**
 * Answers the message of a failed turn again, in a new turn with a place of its own; the failed one stays as it is. Refused
 * while the session's replies are being written, so that a retry never overtakes what the customer said since.
 */
export async function retryTurn(
  deps: Deps,
  viewer: Viewer,
  { idempotencyKey, turnId }: RetryTurn,
): Promise<Result<TurnRecord>> {
  const fault = keyFault(idempotencyKey);
  if (fault) return fail(fault);
  if (!isId('trn', turnId)) return fail(notFound(...field));
  const [failed] = await loadTurns(deps, viewer, [turnId]);
  if (!failed) return fail(notFound(...field));
  if (!mayTalk(viewer)) return fail(forbidden);
  const now = deps.clock();
  const use = { scope: principalOf(viewer), key: idempotencyKey, operation: 'retryTurn', input: { turnId }, now };
  const streamCursor = await streamPosition(deps, failed.sessionId);
  const retried = await deps.db.transaction((tx) =>
    idempotent(tx, use, () => retry(tx, { viewer, failed, streamCursor, now })),
  );
  if (!retried.ok) return retried;
  const [turn] = await loadTurns(deps, viewer, [retried.value]);
  return turn ? ok(turn) : fail(notFound(...field));
}

interface Retry {
  viewer: Viewer;
  failed: TurnRecord;
  streamCursor: string;
  now: Date;
}

/** The id of the turn that was made. */
async function retry(tx: Tx, { viewer, failed, streamCursor, now }: Retry): Promise<Result<string>> {
  const { id: subjectId, sessionId } = failed;
  const refusal = await refusalOf(tx, failed);
  if (refusal) return refusal;
  const turnId = newId('trn', now.getTime());
  // The time is the message's, as for its first turn: it leads to the month that the message is kept in.
  await tx.$executeRaw`
    INSERT INTO conversation.turns (id, session_id, request_id, stream_cursor, created_at)
    SELECT ${turnId}, session_id, request_id, ${streamCursor}, created_at FROM conversation.turns WHERE id = ${subjectId}`;
  await tx.$queryRaw`SELECT pg_notify('conversation_turns', '')::text`;
  await audit(tx, { viewer, action: 'turn.retry', outcome: 'SUCCEEDED', subjectId, sessionId }, now);
  return ok(turnId);
}

interface StateRow {
  session: SessionStatus;
  is_busy: boolean;
  is_retryable: boolean;
  has_action: boolean;
  is_tried_later: boolean;
}

/** Looks under the lock of the session's row, under which turns get their positions. */
async function refusalOf(tx: Tx, { id, sessionId }: TurnRecord): Promise<Result<never> | null> {
  await tx.$queryRaw`SELECT id FROM conversation.sessions WHERE id = ${sessionId} FOR NO KEY UPDATE`;
  const [state] = await tx.$queryRaw<[StateRow]>`
    SELECT s.status::text AS session,
        EXISTS (SELECT FROM conversation.turns o WHERE o.session_id = s.id AND o.finished_at IS NULL) AS is_busy,
        t.status = 'FAILED' AND t.failure_retryable AND t.request_id IS NOT NULL AS is_retryable,
        t.action_id IS NOT NULL AS has_action,
        EXISTS (SELECT FROM conversation.turns o
          WHERE o.session_id = s.id AND o.request_id = t.request_id AND o.position > t.position) AS is_tried_later
      FROM conversation.turns t JOIN conversation.sessions s ON s.id = t.session_id WHERE t.id = ${id}`;
  if (state.session === 'CLOSED') return fail(sessionClosed);
  if (state.session === 'WITH_STAFF') return fail(withStaff);
  if (state.is_busy) return fail(inProgress);
  if (state.has_action) return fail(changedSomething);
  if (!state.is_retryable) return fail(notRetryable);
  return state.is_tried_later ? fail(triedLater) : null;
}
