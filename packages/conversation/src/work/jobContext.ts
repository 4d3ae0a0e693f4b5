import { languageOf, type Language, type Viewer } from '@supportgraph/kernel';
import type { Said } from '../job.js';
import { lastAgentOf, textOf } from '../messages/messageRow.js';
import type { Part } from '../records.js';

/** Messages of the history that an agent sees. */
const historyLength = 20;
/** How often a job may be claimed: one that takes its workers down with it must not go on for ever. */
export const maxAttempts = 3;

/**
 * Whether a route `r` of a turn `t` may have carried out its action: then it is tried again, also past its deadline, until
 * it is known how it ended. A number ends also that.
 */
export const mayBeDone = '(t.action_id IS NOT NULL AND r.started_at IS NOT NULL)';
const maxActionAttempts = 20;
/** How often a route `r` of a turn `t` may be claimed. */
export const attemptsOf = `CASE WHEN ${mayBeDone} THEN ${maxActionAttempts} ELSE ${maxAttempts} END`;

/** What triage and agents are told about a turn `t` of a session `s`. */
export const contextColumns = `
  s.language, s.customer_id, request.parts AS request_parts, history.said,
  EXISTS (SELECT FROM conversation.turns o
    WHERE o.session_id = t.session_id AND o.request_id = t.request_id AND o.position < t.position) AS is_retry`;

/**
 * Joins for {@link contextColumns}. The request has the time of its turn, which leads to its month. A message that is
 * answered again, and what came of it before, are no history.
 */
export const contextJoins = `
  LEFT JOIN conversation.messages request ON request.id = t.request_id AND request.created_at = t.created_at
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('author', m.author_kind, 'parts', m.parts) ORDER BY m.id) AS said FROM (
      SELECT m.id, m.author_kind, m.parts
        FROM conversation.messages m LEFT JOIN conversation.turns o ON o.id = m.turn_id
        WHERE m.session_id = t.session_id AND m.created_at >= s.created_at
          AND m.status <> 'STREAMING' AND m.author_kind <> 'SYSTEM'
          AND (o.position IS NULL OR (o.position < t.position AND coalesce(o.request_id <> t.request_id, true)))
        ORDER BY m.id DESC LIMIT ${historyLength}
    ) m
  ) history ON true`;

export interface ContextRow {
  session_id: string;
  language: string | null;
  customer_id: string | null;
  request_parts: Part[] | null;
  is_retry: boolean;
  said: { author: Said['author']; parts: Part[] }[] | null;
}

export interface JobContext {
  language: Language;
  text: string;
  history: Said[];
  isRetry: boolean;
  viewer: Viewer;
}

export function contextOf(row: ContextRow): JobContext {
  return {
    language: languageOf(row.language),
    text: textOf(row.request_parts ?? []),
    history: (row.said ?? []).map(({ author, parts }) => ({ author, text: textOf(parts), agent: lastAgentOf(parts) })),
    isRetry: row.is_retry,
    viewer: {
      role: row.customer_id === null ? 'ANONYMOUS' : 'CUSTOMER',
      customerId: row.customer_id,
      sessionId: row.session_id,
      staffId: null,
      apiClientId: null,
      scopes: [],
    },
  };
}
