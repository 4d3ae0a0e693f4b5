import type { Deps } from '../deps.js';
import type { ActionKind, ActionStatus, AgentKind, Entity, Intent, Part } from '../records.js';
import {
  contextColumns,
  contextJoins,
  contextOf,
  attemptsOf,
  mayBeDone,
  type ContextRow,
  type JobContext,
} from '../work/jobContext.js';
import type { Held } from '../work/workLoop.js';
import type { HeldRoute } from './finishRoute.js';

const claim = `
  WITH due AS (
    SELECT r.id FROM conversation.routes r JOIN conversation.turns t ON t.id = r.turn_id
      WHERE r.agent = ANY($1::text[]::conversation.agent_kind[]) AND r.finished_at IS NULL AND t.cancelled_at IS NULL
        AND (r.status = 'QUEUED' OR (r.lease_until < now() AND r.attempts < ${attemptsOf}))
        AND (r.deadline_at > now() OR ${mayBeDone})
      ORDER BY r.created_at LIMIT $2 FOR UPDATE OF r SKIP LOCKED
  ), claimed AS (
    UPDATE conversation.routes r
      SET status = 'RUNNING', generation = r.generation + 1, attempts = r.attempts + 1,
          lease_until = now() + $3 * interval '1 ms', started_at = coalesce(r.started_at, now())
      FROM due WHERE r.id = due.id
      RETURNING r.*
  )
  SELECT c.id, c.turn_id, c.session_id, c.number, c.agent, c.intent, c.excerpt, c.generation, c.parts,
      extract(epoch FROM c.deadline_at - now())::float8 * 1000 AS left_ms,
      t.generation AS turn_generation, t.entities, t.reply_id, t.stream_cursor,
      action.id AS action_id, action.status AS action_status, action.kind AS action_kind, action.title AS action_title,
      action.wish AS action_wish, ${contextColumns}
    FROM claimed c JOIN conversation.turns t ON t.id = c.turn_id JOIN conversation.sessions s ON s.id = c.session_id
      LEFT JOIN conversation.proposals action ON action.id = t.action_id ${contextJoins}
    ORDER BY c.created_at, c.number`;

interface ClaimRow extends ContextRow {
  id: string;
  turn_id: string;
  number: number;
  agent: AgentKind;
  intent: Intent;
  excerpt: string | null;
  generation: number;
  parts: Part[];
  left_ms: number;
  turn_generation: number;
  entities: Entity[];
  reply_id: string;
  stream_cursor: string;
  action_id: string | null;
  action_status: ActionStatus;
  action_kind: ActionKind;
  action_title: string;
  action_wish: unknown;
}

/** A proposal that was decided on, as its turn's route has it. */
export interface RouteAction {
  proposalId: string;
  status: ActionStatus;
  kind: ActionKind;
  title: string;
  wish: unknown;
}

/** A route as its worker holds it. */
export interface ClaimedRoute extends Held, HeldRoute {
  sessionId: string;
  number: number;
  agent: AgentKind;
  intent: Intent;
  excerpt: string | null;
  entities: Entity[];
  /** What a worker before this one had stored. */
  parts: Part[];
  replyId: string;
  streamCursor: string;
  context: JobContext;
  /** What it carries out, or says is declined; null if it answers a message. */
  action: RouteAction | null;
}

export async function claimRoutes(
  { db, limits }: Deps,
  agents: readonly AgentKind[],
  limit: number,
): Promise<ClaimedRoute[]> {
  const rows = await db.query<ClaimRow>(claim, [agents, limit, limits.leaseMs], 'conversation-claim-routes');
  return rows.map((row) => ({
    id: row.id,
    turnId: row.turn_id,
    sessionId: row.session_id,
    generation: row.generation,
    turnGeneration: row.turn_generation,
    leftMs: row.action_id === null ? Math.max(row.left_ms, 0) : limits.turnDeadlineMs,
    number: row.number,
    agent: row.agent,
    intent: row.intent,
    excerpt: row.excerpt,
    entities: row.entities,
    parts: row.parts,
    replyId: row.reply_id,
    streamCursor: row.stream_cursor,
    context: contextOf(row),
    action: actionOf(row),
  }));
}

function actionOf(row: ClaimRow): RouteAction | null {
  if (row.action_id === null) return null;
  const { action_id: proposalId, action_status: status, action_kind: kind, action_title: title } = row;
  return { proposalId, status, kind, title, wish: row.action_wish };
}
