import { idTime, isId, ok, type Result, type Viewer } from '@supportgraph/kernel';
import { visibilityValues, visibleWhere } from '../access.js';
import type { Deps } from '../deps.js';
import { inOrder } from '../inOrder.js';
import { emptyPage, idCursor, pageOf, windowOf, type Page, type PageRequest } from '../page.js';
import type { MessageRecord } from '../records.js';
import { messageColumns, messageOf, type MessageRow } from './messageRow.js';

// The range of the times in the ids leaves out the months that cannot hold them.
const byIds = `
  SELECT ${messageColumns} FROM conversation.messages m JOIN conversation.sessions s ON s.id = m.session_id
    WHERE m.id = ANY($1) AND m.created_at BETWEEN $2 AND $3 AND ${visibleWhere(4)}`;

export async function loadMessages(
  { db }: Deps,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(MessageRecord | null)[]> {
  const known = ids.filter((id) => isId('msg', id) && idTime(id) !== null);
  if (known.length === 0) return ids.map(() => null);
  const times = known.map((id) => idTime(id)!.getTime());
  const rows = await db.query<MessageRow>(
    byIds,
    [known, new Date(Math.min(...times)), new Date(Math.max(...times)), ...visibilityValues(viewer)],
    'conversation-load-messages',
  );
  return inOrder(ids, rows.map(messageOf), ({ id }) => id);
}

const pageSql = (direction: 'ASC' | 'DESC') => `
  SELECT ${messageColumns} FROM conversation.sessions s JOIN conversation.messages m ON m.session_id = s.id AND m.created_at >= s.created_at
    WHERE s.id = $1 AND ($2::text IS NULL OR m.id > $2) AND ($3::text IS NULL OR m.id < $3) AND ${visibleWhere(5)}
    ORDER BY m.id ${direction} LIMIT $4`;

/** A session's messages, oldest first. */
export async function pageMessages(
  { db }: Deps,
  viewer: Viewer,
  sessionId: string,
  request: PageRequest,
): Promise<Result<Page<MessageRecord>>> {
  const window = windowOf(request, idCursor);
  if (!window.ok) return window;
  const { size, fromEnd, after, before } = window.value;
  if (size === 0 || !isId('ses', sessionId)) return ok(emptyPage());
  const rows = await db.query<MessageRow>(
    pageSql(fromEnd ? 'DESC' : 'ASC'),
    [sessionId, after, before, size + 1, ...visibilityValues(viewer)],
    `conversation-page-messages-${fromEnd ? 'last' : 'first'}`,
  );
  return ok(pageOf(rows.map(messageOf), window.value, ({ id }) => id, idCursor));
}
