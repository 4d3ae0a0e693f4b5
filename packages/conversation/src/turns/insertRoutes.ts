import { idTime, newId, type Language } from '@supportgraph/kernel';
import type { Deps } from '../deps.js';
import type { Decision } from '../job.js';
import type { AgentKind, Intent, Part, TurnFailureCode } from '../records.js';
import { assistantName, storable, storableJson } from '../text.js';

/** A turn as a worker holds it while it is routed. */
export interface HeldTurn {
  id: string;
  generation: number;
  language: Language;
  createdAt: Date;
}

/** A route to be made; one that is born failed says why the turn could not be routed. */
export interface NewRoute {
  id: string;
  agent: AgentKind;
  intent: Intent;
  confidence: number;
  excerpt: string | null;
  failure?: { code: TurnFailureCode; retryable: boolean; parts: Part[] };
}

// A turn that was cancelled or claimed by another meanwhile is left alone: then no row comes back.
const insert = `
  WITH turn AS (
    UPDATE conversation.turns t
      SET routed_at = now(), lease_until = NULL, method = $3::text::conversation.routing_method, model = $4::text, confidence = $5::float8,
          reason = $6::text, entities = $7::jsonb, latency_ms = $8::integer,
          reply_id = CASE WHEN jsonb_array_length($9::jsonb) > 0 THEN $10::text END
      WHERE t.id = $1 AND t.generation = $2 AND t.status = 'RUNNING' AND t.routed_at IS NULL AND t.cancelled_at IS NULL
      RETURNING t.id, t.session_id, t.deadline_at, t.reply_id
  ), route AS (
    INSERT INTO conversation.routes
      (id, turn_id, session_id, number, agent, intent, confidence, excerpt, status, parts, failure_code, failure_retryable,
       deadline_at, created_at, finished_at)
    SELECT r.id, turn.id, turn.session_id, r.number, r.agent, r.intent, r.confidence, r.excerpt,
        (CASE WHEN r.code IS NULL THEN 'QUEUED' ELSE 'FAILED' END)::conversation.route_status, coalesce(r.parts, '[]'), r.code, r.retryable,
        turn.deadline_at, now(), CASE WHEN r.code IS NOT NULL THEN now() END
      FROM turn, jsonb_to_recordset($9::jsonb) AS r (
        id text, number integer, agent conversation.agent_kind, intent conversation.intent, confidence float8, excerpt text,
        code conversation.turn_failure_code, retryable boolean, parts jsonb)
    RETURNING id
  ), reply AS (
    INSERT INTO conversation.messages (id, session_id, turn_id, author_kind, author_name, status, created_at, announced)
    SELECT turn.reply_id, turn.session_id, turn.id, 'ASSISTANT', $12::text, 'STREAMING', $11::timestamptz, true FROM turn WHERE turn.reply_id IS NOT NULL
  )
  SELECT turn.id, (SELECT count(pg_notify('conversation_routes', '')) FROM route) AS woken FROM turn`;

/** Stores how a turn was routed, its routes and the reply they will write; false if the turn is no longer the worker's. */
export async function insertRoutes(
  deps: Deps,
  turn: HeldTurn,
  decision: Omit<Decision, 'routes'> | null,
  routes: readonly NewRoute[],
): Promise<boolean> {
  const { text, values } = routesStatement(deps, turn, decision, routes);
  return (await deps.db.query(text, values, 'conversation-insert-routes')).length > 0;
}

/** The statement of {@link insertRoutes}, for a transaction that does more. */
export function routesStatement(
  { clock }: Pick<Deps, 'clock'>,
  turn: HeldTurn,
  decision: Omit<Decision, 'routes'> | null,
  routes: readonly NewRoute[],
): { text: string; values: unknown[] } {
  // After the request even if this process's clock is behind, as messages are shown in the order of their ids.
  const replyId = newId('msg', Math.max(clock().getTime(), turn.createdAt.getTime() + 1));
  const rows = routes.map(({ failure, excerpt, ...route }, number) => ({
    ...route,
    number,
    excerpt: excerpt === null ? null : storable(excerpt),
    ...failure,
  }));
  return {
    text: insert,
    values: [
      turn.id,
      turn.generation,
      decision?.method ?? null,
      decision?.model ?? null,
      decision?.confidence ?? null,
      decision?.reason == null ? null : storable(decision.reason),
      storableJson(decision?.entities ?? []),
      decision === null ? null : Math.round(decision.latencyMs),
      storableJson(rows),
      replyId,
      idTime(replyId)!.toISOString(),
      assistantName[turn.language],
    ],
  };
}
