import { emitSql, idempotent, type Tx } from '@supportgraph/data';
import { fail, newId, notFound, ok, type Result, type Viewer } from '@supportgraph/kernel';
import { auditDeed, auditDenied } from '../audited.js';
import { forbidden, mayTalk, principalOf, visibilityValues, visibleWhere } from '../access.js';
import type { RequestHandoff } from '../conversation.js';
import type { Deps } from '../deps.js';
import { conversationEvents } from '../domainEvents.js';
import type { HandoffReason, HandoffRecord, Priority, SessionStatus } from '../records.js';
import type { HeldRoute } from '../routes/finishRoute.js';
import { sessionClosed, storable } from '../text.js';
import { loadSessions } from '../sessions/loadSessions.js';
import { handoffColumns, type HandoffRow } from './handoffRow.js';
import { loadHandoffs } from './loadHandoffs.js';

/** The team that handoffs wait for. */
const team = 'support';

const priorityOf: Readonly<Record<HandoffReason, Priority>> = {
  CUSTOMER_ASKED: 'NORMAL',
  OUT_OF_SCOPE: 'NORMAL',
  LOW_CONFIDENCE: 'NORMAL',
  UPSET: 'HIGH',
  APPROVAL_NEEDED: 'NORMAL',
  SYSTEM: 'HIGH',
};

const told = emitSql({
  type: `'handoff.requested'`,
  version: String(conversationEvents['handoff.requested'].version),
  id: '$9::text',
  subjectId: 'handoff.id',
  data: `jsonb_build_object('handoffId', handoff.id, 'sessionId', handoff.session_id, 'reason', $3::text,
      'priority', $4::text, 'team', $5::text)`,
  occurredAt: '$8::timestamptz',
  from: 'handoff WHERE handoff.id = $1',
});

/*
 * One handoff of a session is under way: asking again meets the one that is there and leaves it as it is. A session
 * that a person has stays with that person.
 */
const request = (mayAsk: string) => `
  WITH session AS MATERIALIZED (
    SELECT s.id, s.status FROM conversation.sessions s WHERE s.id = $2 AND ${mayAsk} FOR NO KEY UPDATE
  ), handoff AS (
    INSERT INTO conversation.handoffs AS h (id, session_id, reason, priority, team, summary, message, created_at)
    SELECT $1, session.id, $3::text::conversation.handoff_reason, $4::text::conversation.priority, $5, $6::text, $7::text, $8::timestamptz
      FROM session WHERE session.status <> 'CLOSED'
    ON CONFLICT (session_id) WHERE status IN ('QUEUED', 'CLAIMED') DO UPDATE SET reason = h.reason
    RETURNING h.id, h.session_id
  ), touched AS (
    UPDATE conversation.sessions s SET status = 'WAITING_FOR_STAFF', updated_at = $8::timestamptz
      FROM handoff WHERE s.id = handoff.session_id AND s.status = 'ACTIVE'
  ), told AS (
    ${told}
  )
  SELECT session.status::text, handoff.id FROM session LEFT JOIN handoff ON true`;

interface AskedRow {
  status: SessionStatus;
  id: string | null;
}
interface Asked {
  sessionId: string;
  reason: HandoffReason;
  summary?: string | null;
  message?: string | null;
}

function valuesOf({ clock }: Deps, newHandoffId: string, asked: Asked): unknown[] {
  const { sessionId, reason, summary, message } = asked;
  return [
    newHandoffId,
    sessionId,
    reason,
    priorityOf[reason],
    team,
    summary == null ? null : storable(summary),
    message == null ? null : storable(message),
    clock(),
    newId('evt'),
  ];
}

/** Puts a session into the queue for a person, for a viewer. */
export async function requestHandoff(
  deps: Deps,
  viewer: Viewer,
  input: RequestHandoff,
): Promise<Result<HandoffRecord>> {
  const { idempotencyKey: key, ...asked } = input;
  const { sessionId } = asked;
  const deed = { viewer, action: 'handoff.request', sessionId };
  const [session] = await loadSessions(deps, viewer, [sessionId]);
  if (!session) return auditDenied(deps, deed, fail(notFound('input', 'sessionId')));
  if (!mayTalk(viewer)) return auditDenied(deps, deed, fail(forbidden));
  const id = newId('hof');
  const use = {
    scope: principalOf(viewer),
    key: storable(key),
    operation: 'requestHandoff',
    input: asked,
    now: deps.clock(),
  };
  const once = async (tx: Tx) => {
    const result = await ask(deps, tx, viewer, id, asked);
    await auditDeed(deps, tx, deed, result, result.ok ? { handoffId: result.value } : undefined);
    return result;
  };
  const result = await deps.db.transaction((tx) => idempotent(tx, use, () => once(tx)));
  if (!result.ok) return result;
  if (result.value === id) void tellHandoff(deps, asked.sessionId, id);
  const [handoff] = await loadHandoffs(deps, viewer, [result.value]);
  return handoff ? ok(handoff) : fail(notFound('input', 'sessionId'));
}

/** The id of the handoff that is under way afterwards. */
async function ask(deps: Deps, tx: Tx, viewer: Viewer, id: string, asked: Asked): Promise<Result<string>> {
  const values = [...valuesOf(deps, id, asked), ...visibilityValues(viewer)];
  const [row] = await tx.$queryRawUnsafe<AskedRow[]>(request(visibleWhere(10)), ...values);
  if (!row) return fail(notFound('input', 'sessionId'));
  return row.id === null ? fail(sessionClosed) : ok(row.id);
}

/** Puts a session into the queue for the platform itself. Does nothing if the session is closed. */
export async function requestForPlatform(deps: Deps, asked: Asked): Promise<void> {
  const id = newId('hof');
  const [row] = await deps.db.query<AskedRow>(request('true'), valuesOf(deps, id, asked), 'conversation-handoff');
  if (row?.id === id) void tellHandoff(deps, asked.sessionId, id);
}

/** The same in a transaction; answers how to tell of it once that is committed. */
export async function requestInTransaction(deps: Deps, tx: Tx, asked: Asked): Promise<(() => void) | undefined> {
  const id = newId('hof');
  const [row] = await tx.$queryRawUnsafe<AskedRow[]>(request('true'), ...valuesOf(deps, id, asked));
  return row?.id === id ? () => void tellHandoff(deps, asked.sessionId, id) : undefined;
}

/**
 * Puts a session into the queue for the agent that holds a route; answers the place in the queue, null if nobody
 * waits (any more). A worker that has lost its route asks for nothing.
 */
export async function requestInTurn(
  deps: Deps,
  route: HeldRoute & { sessionId: string },
  { reason, summary }: { reason: HandoffReason; summary: string },
): Promise<number | null> {
  const id = newId('hof');
  const isHeld = `EXISTS (SELECT FROM conversation.routes r JOIN conversation.turns t ON t.id = r.turn_id
    WHERE r.id = $10 AND r.generation = $11 AND r.finished_at IS NULL AND t.generation = $12)`;
  const values = valuesOf(deps, id, { sessionId: route.sessionId, reason, summary });
  const [row] = await deps.db.query<AskedRow>(
    request(isHeld),
    [...values, route.id, route.generation, route.turnGeneration],
    'conversation-handoff-in-turn',
  );
  if (row?.id == null) return null;
  if (row.id === id) void tellHandoff(deps, route.sessionId, id);
  const [handoff] = await deps.db.query<Pick<HandoffRow, 'queue_position'>>(
    `SELECT ${handoffColumns} FROM conversation.handoffs h WHERE h.id = $1`,
    [row.id],
    'conversation-queue-position',
  );
  return handoff?.queue_position ?? null;
}

export function tellHandoff({ announcer }: Deps, sessionId: string, handoffId: string): Promise<boolean> {
  return announcer.tell(
    sessionId,
    [
      { type: 'HandoffUpdated', data: { handoffId } },
      { type: 'SessionUpdated', data: {} },
    ],
    { table: 'handoffs', id: handoffId },
  );
}
