import type {
  Entity, RoutingMethod, ToolCallRecord, ToolCallStatus, TurnFailureCode, TurnRecord, TurnRoute, TurnStatus, AgentKind,
} from '../records.js'; // prettier-ignore
import { failureSentences } from '../text.js';

export interface TurnRow {
  id: string;
  position: number;
  session_id: string;
  request_id: string | null;
  reply_id: string | null;
  status: TurnStatus;
  stream_cursor: string;
  routed_at: Date | null;
  method: RoutingMethod | null;
  model: string | null;
  confidence: number | null;
  reason: string | null;
  entities: Entity[];
  latency_ms: number | null;
  failure_code: TurnFailureCode | null;
  failure_retryable: boolean | null;
  created_at: Date;
  first_text_at: Date | null;
  finished_at: Date | null;
  routes: TurnRoute[] | null;
}

/** The columns of a turn `t`. */
export const turnColumns = `
  t.id, t.position, t.session_id, t.request_id, t.reply_id, t.status, t.stream_cursor, t.routed_at, t.method, t.model,
  t.confidence, t.reason, t.entities, t.latency_ms, t.failure_code, t.failure_retryable, t.created_at, t.finished_at,
  (SELECT min(r.first_text_at) FROM conversation.routes r WHERE r.turn_id = t.id) AS first_text_at,
  (SELECT jsonb_agg(jsonb_build_object('intent', r.intent, 'agent', r.agent, 'confidence', r.confidence, 'excerpt', r.excerpt) ORDER BY r.number)
    FROM conversation.routes r WHERE r.turn_id = t.id) AS routes`;

export function turnOf(row: TurnRow): TurnRecord {
  const isWritten = row.first_text_at !== null || row.finished_at !== null;
  return {
    id: row.id,
    sessionId: row.session_id,
    status: row.status,
    requestId: row.request_id,
    replyId: isWritten ? row.reply_id : null,
    // Without a method it was not routed: then its one route only says that it failed.
    routes: row.method === null ? [] : (row.routes ?? []),
    routing: routingOf(row),
    failure: row.failure_code && {
      code: row.failure_code,
      message: failureSentences[row.failure_code],
      retryable: row.failure_retryable ?? false,
    },
    createdAt: row.created_at,
    firstTextAt: row.first_text_at,
    finishedAt: row.finished_at,
    streamCursor: row.stream_cursor,
  };
}

function routingOf(row: TurnRow): TurnRecord['routing'] {
  if (row.method === null) return null;
  return {
    id: `rtd_${row.id.slice('trn_'.length)}`,
    method: row.method,
    model: row.model,
    confidence: row.confidence ?? 0,
    entities: row.entities,
    reason: row.reason,
    latencyMs: row.latency_ms ?? 0,
  };
}

export interface ToolCallRow {
  id: string;
  session_id: string;
  turn_id: string;
  name: string;
  label: string;
  agent: AgentKind;
  status: ToolCallStatus;
  arguments: unknown;
  result: unknown;
  started_at: Date;
  finished_at: Date | null;
}

/** The columns of a tool call `c`. */
export const toolCallColumns =
  'c.id, c.session_id, c.turn_id, c.name, c.label, c.agent, c.status, c.arguments, c.result, c.started_at, c.finished_at';

export function toolCallOf(row: ToolCallRow): ToolCallRecord {
  return {
    id: row.id,
    sessionId: row.session_id,
    turnId: row.turn_id,
    name: row.name,
    label: row.label,
    agent: row.agent,
    status: row.status,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    arguments: row.arguments,
    result: row.result,
  };
}
