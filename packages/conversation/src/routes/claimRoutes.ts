import type { Deps } from '../deps.js';
import type { AgentKind, Entity, Intent, Part } from '../records.js';
import {
  contextColumns,
  contextJoins,
  contextOf,
  maxAttempts,
  type ContextRow,
  type JobContext,
} from '../work/jobContext.js';
import type { Held } from '../work/workLoop.js';
import type { HeldRoute } from './finishRoute.js';

const claim = `
  WITH due AS (
    SELECT r.id FROM conversation.routes r JOIN conversation.turns t ON t.id = r.turn_id
      WHERE r.agent = ANY($1::text[]::conversation.agent_kind[]) AND r.finished_at IS NULL AND t.cancelled_at IS NULL
        AND (r.status = 'QUEUED' OR (r.lease_until < now() AND r.attempts < ${maxAttempts})) AND r.deadline_at > now()
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
      t.generation AS turn_generation, t.entities, t.reply_id, t.stream_cursor, ${contextColumns}
    FROM claimed c JOIN conversation.turns t ON t.id = c.turn_id JOIN conversation.sessions s ON s.id = c.session_id ${contextJoins}
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
    leftMs: Math.max(row.left_ms, 0),
    number: row.number,
    agent: row.agent,
    intent: row.intent,
    excerpt: row.excerpt,
    entities: row.entities,
    parts: row.parts,
    replyId: row.reply_id,
    streamCursor: row.stream_cursor,
    context: contextOf(row),
  }));
}
