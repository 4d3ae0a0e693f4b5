import type { HandoffReason, HandoffRecord, HandoffStatus, Priority } from '../records.js';

export interface HandoffRow {
  id: string;
  session_id: string;
  status: HandoffStatus;
  reason: HandoffReason;
  priority: Priority;
  team: string;
  summary: string | null;
  message: string | null;
  queue_position: number | null;
  created_at: Date;
  claimed_at: Date | null;
  resolved_at: Date | null;
}

/** The columns of a handoff `h`. The most urgent wait in front, and of these the oldest. */
export const handoffColumns = `
  h.id, h.session_id, h.status, h.reason, h.priority, h.team, h.summary, h.message, h.created_at, h.claimed_at, h.resolved_at,
  CASE WHEN h.status = 'QUEUED' THEN (
    SELECT count(*) FROM conversation.handoffs q
      WHERE q.status = 'QUEUED' AND q.team = h.team AND (q.priority > h.priority OR (q.priority = h.priority AND q.id <= h.id))
  ) END AS queue_position`;

export function handoffOf(row: HandoffRow): HandoffRecord {
  return {
    id: row.id,
    sessionId: row.session_id,
    status: row.status,
    reason: row.reason,
    priority: row.priority,
    team: row.team,
    summary: row.summary,
    message: row.message,
    queuePosition: row.queue_position,
    createdAt: row.created_at,
    claimedAt: row.claimed_at,
    resolvedAt: row.resolved_at,
  };
}
