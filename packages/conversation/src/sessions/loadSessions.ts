import { isId, type Viewer } from '@supportgraph/kernel';
import { visibilityValues, visibleWhere } from '../access.js';
import type { Deps } from '../deps.js';
import { inOrder } from '../inOrder.js';
import type { SessionRecord } from '../records.js';
import { sessionColumns, sessionOf, type SessionRow } from './sessionRow.js';

const byIds = `SELECT ${sessionColumns} FROM conversation.sessions s WHERE s.id = ANY($1) AND ${visibleWhere(2)}`;

export async function loadSessions(
  { db }: Deps,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(SessionRecord | null)[]> {
  const known = ids.filter((id) => isId('ses', id));
  if (known.length === 0) return ids.map(() => null);
  const rows = await db.query<SessionRow>(byIds, [known, ...visibilityValues(viewer)], 'conversation-load-sessions');
  return inOrder(ids, rows.map(sessionOf), ({ id }) => id);
}
