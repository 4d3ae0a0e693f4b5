import { fail, notFound, ok, type Result, type Viewer } from '@supportgraph/kernel';
import { forbidden, mayTalk } from '../access.js';
import { auditDeed, auditDenied } from '../audited.js';
import type { Deps } from '../deps.js';
import { withdrawProposals } from '../proposals/expireProposals.js';
import type { SessionRecord } from '../records.js';
import { cancelTurnsOf } from '../turns/cancelTurn.js';
import { loadSessions } from './loadSessions.js';

/** Ends a session. A handoff that nobody has taken is abandoned, one that somebody has is resolved. */
const close = `
  WITH closed AS (
    UPDATE conversation.sessions SET status = 'CLOSED', closed_at = $2, updated_at = $2
      WHERE id = $1 AND status <> 'CLOSED' RETURNING id
  ), ended AS (
    UPDATE conversation.handoffs h
      SET status = (CASE WHEN h.status = 'QUEUED' THEN 'ABANDONED' ELSE 'RESOLVED' END)::conversation.handoff_status,
          resolved_at = $2, announced = false
      FROM closed WHERE h.session_id = closed.id AND h.status IN ('QUEUED', 'CLAIMED')
      RETURNING h.id
  )
  SELECT closed.id, (SELECT id FROM ended) AS handoff_id FROM closed`;

export async function closeSession(deps: Deps, viewer: Viewer, sessionId: string): Promise<Result<SessionRecord>> {
  const deed = { viewer, action: 'session.close', sessionId };
  const [before] = await loadSessions(deps, viewer, [sessionId]);
  if (!before) return auditDenied(deps, deed, fail(notFound('input', 'sessionId')));
  if (!mayTalk(viewer)) return auditDenied(deps, deed, fail(forbidden));
  const closed = await deps.db.transaction(async (tx) => {
    const [row] = await tx.$queryRawUnsafe<{ handoff_id: string | null }[]>(close, sessionId, deps.clock());
    // Closing a closed one does nothing.
    if (row) await auditDeed(deps, tx, deed, ok(null), { status: [before.status, 'CLOSED'] });
    return row;
  });
  // Also when it was closed before: a crash may have come between.
  await cancelTurnsOf(deps, sessionId);
  await withdrawProposals(deps, sessionId);
  if (closed) tellClosed(deps, sessionId, closed.handoff_id);
  const [after] = await loadSessions(deps, viewer, [sessionId]);
  return after ? ok(after) : fail(notFound('input', 'sessionId'));
}

function tellClosed({ announcer }: Deps, sessionId: string, handoffId: string | null): void {
  if (handoffId !== null) {
    const news = { type: 'HandoffUpdated', data: { handoffId } } as const;
    void announcer.tell(sessionId, [news], { table: 'handoffs', id: handoffId });
  }
  void announcer.tell(sessionId, [{ type: 'SessionUpdated', data: {} }]);
}
