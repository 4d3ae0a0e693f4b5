import type { AgentKind, AuthorKind, MessageRecord, MessageStatus, Part } from '../records.js';

export interface MessageRow {
  id: string;
  session_id: string;
  turn_id: string | null;
  author_kind: AuthorKind;
  author_name: string;
  author_avatar: string | null;
  status: MessageStatus;
  parts: Part[];
  client_key: string | null;
  created_at: Date;
}

/** The columns of a message `m`. The parts of a reply that is being written are those that its routes have stored so far. */
export const messageColumns = `
  m.id, m.session_id, m.turn_id, m.author_kind, m.author_name, m.author_avatar, m.status, m.client_key, m.created_at,
  CASE WHEN m.status <> 'STREAMING' THEN m.parts ELSE coalesce((
    SELECT jsonb_agg(p.part ORDER BY r.number, p.place)
      FROM conversation.routes r, jsonb_array_elements(r.parts) WITH ORDINALITY AS p (part, place)
      WHERE r.turn_id = m.turn_id), '[]') END AS parts`;

export function messageOf(row: MessageRow): MessageRecord {
  return {
    id: row.id,
    sessionId: row.session_id,
    turnId: row.turn_id,
    author: { kind: row.author_kind, displayName: row.author_name, avatarUrl: row.author_avatar },
    status: row.status,
    parts: row.parts,
    clientKey: row.client_key,
    createdAt: row.created_at,
  };
}

/** All text of a message, as Markdown. */
export function textOf(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.kind === 'TEXT' ? [part.text] : [])).join('\n\n');
}

/** The agent that wrote the last text of a message; null if no agent did. */
export function lastAgentOf(parts: readonly Part[]): AgentKind | null {
  return parts.findLast(({ kind }) => kind === 'TEXT')?.agent ?? null;
}
