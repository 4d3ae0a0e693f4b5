import {
  fail,
  idTime,
  isId,
  languageIn,
  languageOfText,
  newId,
  notFound,
  ok,
  type Result,
  type Viewer,
} from '@supportgraph/kernel';
import { forbidden, maySee, speaksOnlyIn, visibilityValues, visibleWhere } from '../access.js';
import type { SendMessage, SentMessage } from '../conversation.js';
import type { Deps } from '../deps.js';
import { derivedId, digestOf } from '../derivedId.js';
import type { MessageRecord, Part, SessionStatus, TurnRecord } from '../records.js';
import { customerName, keyConflict, keyFault, sessionClosed, storable, textFault, titleOf } from '../text.js';
import { loadTurns } from '../turns/loadTurns.js';
import type { NewEvent } from '../stream/eventLog.js';
import { loadMessages } from './loadMessages.js';
import { textOf } from './messageRow.js';
import { streamPosition } from './streamPosition.js';

/*
 * The one round trip of `sendMessage`. The session's row is locked first, so that sends to one session come one after
 * the other and their turns get their positions in the order of their commits. Whoever waited for that lock sees the
 * newest session, but the rest of the statement sees the database as it was before: a key stored meanwhile shows only
 * as an insert that did nothing. Then the statement is run again.
 */
const accept = `
  WITH session AS MATERIALIZED (
    SELECT s.id, s.status, s.language, s.title, s.customer_name, s.opened_by
      FROM conversation.sessions s WHERE s.id = $1 AND ${visibleWhere(13)} FOR NO KEY UPDATE
  ), known AS (
    SELECT k.text_digest, k.message_id, k.turn_id
      FROM conversation.message_keys k, session WHERE k.session_id = session.id AND k.key = $2
  ), key AS (
    INSERT INTO conversation.message_keys (session_id, key, text_digest, message_id, turn_id, created_at)
    SELECT id, $2, $3, $4, CASE WHEN status <> 'WITH_STAFF' THEN $5::text END, $6::timestamptz
      FROM session WHERE status <> 'CLOSED' AND ($7::text IS NULL OR opened_by = $7)
    ON CONFLICT DO NOTHING
    RETURNING session_id, message_id, turn_id
  ), message AS (
    INSERT INTO conversation.messages (id, session_id, turn_id, author_kind, author_name, status, parts, client_key, created_at)
    SELECT key.message_id, key.session_id, key.turn_id, 'CUSTOMER', coalesce(session.customer_name, $8), 'COMPLETE', $9::jsonb, $2, $6::timestamptz
      FROM key, session
    RETURNING author_name
  ), turn AS (
    INSERT INTO conversation.turns (id, session_id, request_id, stream_cursor, created_at)
    SELECT turn_id, session_id, message_id, $10, $6::timestamptz FROM key WHERE turn_id IS NOT NULL
    RETURNING id
  ), touched AS (
    UPDATE conversation.sessions s
      SET updated_at = $6::timestamptz, language = coalesce(s.language, $11::text), title = coalesce(s.title, $12)
      FROM key WHERE s.id = key.session_id
  )
  SELECT session.status, session.opened_by, session.title IS NULL OR session.language IS NULL AS renamed,
      known.text_digest AS known_digest, known.message_id AS known_message, known.turn_id AS known_turn,
      key.message_id IS NOT NULL AS stored, key.turn_id, (SELECT author_name FROM message),
      (SELECT count(pg_notify('conversation_turns', '')) FROM turn) AS woken
    FROM session LEFT JOIN known ON true LEFT JOIN key ON true`;

interface AcceptRow {
  status: SessionStatus;
  opened_by: string;
  renamed: boolean;
  known_digest: string | null;
  known_message: string | null;
  known_turn: string | null;
  stored: boolean;
  turn_id: string | null;
  author_name: string | null;
}

/** A second run sees the key that stopped the first; the third is for good measure. */
const tries = 3;

/** Stores what a customer says and the turn that will answer it; then tells the session's stream. */
export async function sendMessage(deps: Deps, viewer: Viewer, input: SendMessage): Promise<Result<SentMessage>> {
  const fault = textFault(input.text) ?? keyFault(input.idempotencyKey);
  if (fault) return fail(fault);
  // Before the log is asked, so that it begins no streams for sessions that strangers invent.
  if (!isId('ses', input.sessionId) || !maySee(viewer, input.sessionId)) return fail(notFound('input', 'sessionId'));

  const text = storable(input.text);
  const message = newMessage(input, text, deps.clock());
  const turn = newTurn(message, await streamPosition(deps, input.sessionId));
  const digest = digestOf(text);
  const values = acceptValues(viewer, message, turn, digest);

  for (let attempt = 1; attempt <= tries; attempt++) {
    const [row] = await deps.db.query<AcceptRow>(accept, values, 'conversation-accept');
    if (!row) return fail(notFound('input', 'sessionId'));
    if (row.stored) return ok(announce(deps, row, message, turn));
    if (row.known_digest !== null) return sentBefore(deps, viewer, row, digest);
    if (row.status === 'CLOSED') return fail(sessionClosed);
    const opener = speaksOnlyIn(viewer);
    if (opener !== null && row.opened_by !== opener) return fail(forbidden);
  }
  throw new Error('A message key is neither free nor taken.');
}

function acceptValues(viewer: Viewer, message: MessageRecord, turn: TurnRecord, digest: string): unknown[] {
  const text = textOf(message.parts);
  return [
    message.sessionId,
    message.clientKey,
    digest,
    message.id,
    turn.id,
    message.createdAt,
    speaksOnlyIn(viewer),
    message.author.displayName,
    JSON.stringify(message.parts),
    turn.streamCursor,
    languageIn(text),
    titleOf(text),
    ...visibilityValues(viewer),
  ];
}

function announce({ announcer }: Deps, row: AcceptRow, message: MessageRecord, turn: TurnRecord): SentMessage {
  const { sessionId, id } = message;
  const news: NewEvent[] = [{ type: 'MessageAdded', data: { messageId: id } }];
  if (row.renamed) news.push({ type: 'SessionUpdated', data: {} });
  void announcer.tell(sessionId, news, { table: 'messages', id });
  const author = { ...message.author, displayName: row.author_name ?? message.author.displayName };
  return { message: { ...message, author, turnId: row.turn_id }, turn: row.turn_id === null ? null : turn };
}

/** The same key again: what it made then, as it is now. */
async function sentBefore(deps: Deps, viewer: Viewer, row: AcceptRow, digest: string): Promise<Result<SentMessage>> {
  if (row.known_digest !== digest) return fail(keyConflict);
  const [[message], [turn]] = await Promise.all([
    loadMessages(deps, viewer, [row.known_message!]),
    row.known_turn === null ? [null] : loadTurns(deps, viewer, [row.known_turn]),
  ]);
  return message ? ok({ message, turn: turn ?? null }) : fail(notFound('input', 'sessionId'));
}

function newMessage(input: SendMessage, text: string, now: Date): MessageRecord {
  const id = newId('msg', now.getTime());
  const part: Part = { kind: 'TEXT', id: derivedId('prt', id, 0), index: 0, agent: null, text, citations: [] };
  return {
    id,
    sessionId: input.sessionId,
    turnId: null,
    author: { kind: 'CUSTOMER', displayName: customerName[languageOfText(text)], avatarUrl: null },
    status: 'COMPLETE',
    parts: [part],
    clientKey: input.idempotencyKey,
    // The time in the id, to the millisecond: it leads to the partition.
    createdAt: idTime(id)!,
  };
}

function newTurn(message: MessageRecord, streamCursor: string): TurnRecord {
  return {
    id: newId('trn', message.createdAt.getTime()),
    sessionId: message.sessionId,
    status: 'QUEUED',
    requestId: message.id,
    replyId: null,
    routes: [],
    routing: null,
    failure: null,
    createdAt: message.createdAt,
    firstTextAt: null,
    finishedAt: null,
    streamCursor,
  };
}
