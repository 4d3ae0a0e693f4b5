import type { ActionKind, ActionLine, ActionStatus, AgentKind, ProposalRecord } from '../records.js';

export interface ProposalRow {
  id: string;
  session_id: string;
  turn_id: string;
  agent: AgentKind;
  kind: ActionKind;
  title: string;
  lines: ActionLine[];
  order_id: string | null;
  customer_id: string | null;
  status: ActionStatus;
  expires_at: Date;
  decided_at: Date | null;
}

/** The columns of a proposal `p`. */
export const proposalColumns =
  'p.id, p.session_id, p.turn_id, p.agent, p.kind, p.title, p.lines, p.order_id, p.customer_id, p.status, p.expires_at, p.decided_at';

export function proposalOf(row: ProposalRow): ProposalRecord {
  return {
    id: row.id,
    sessionId: row.session_id,
    turnId: row.turn_id,
    agent: row.agent,
    kind: row.kind,
    title: row.title,
    lines: row.lines,
    orderId: row.order_id,
    customerId: row.customer_id,
    status: row.status,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at,
  };
}
