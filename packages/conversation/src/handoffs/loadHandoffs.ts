import { isId, type Viewer } from '@supportgraph/kernel';
import { visibilityValues, visibleWhere } from '../access.js';
import type { Deps } from '../deps.js';
import { grouped, inOrder } from '../inOrder.js';
import type { HandoffRecord } from '../records.js';
import { handoffColumns, handoffOf, type HandoffRow } from './handoffRow.js';

const handoffsWhere = (condition: string) => `
  SELECT ${handoffColumns} FROM conversation.handoffs h JOIN conversation.sessions s ON s.id = h.session_id
    WHERE ${condition} AND ${visibleWhere(2)} ORDER BY h.id`;

export async function loadHandoffs(
  { db }: Deps,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(HandoffRecord | null)[]> {
  const known = ids.filter((id) => isId('hof', id));
  if (known.length === 0) return ids.map(() => null);
  const rows = await db.query<HandoffRow>(
    handoffsWhere('h.id = ANY($1)'),
    [known, ...visibilityValues(viewer)],
    'conversation-load-handoffs',
  );
  return inOrder(ids, rows.map(handoffOf), ({ id }) => id);
}

/** All handoffs, oldest first, by session. */
export async function loadHandoffsOf(
  { db }: Deps,
  viewer: Viewer,
  sessionIds: readonly string[],
): Promise<HandoffRecord[][]> {
  const known = sessionIds.filter((id) => isId('ses', id));
  if (known.length === 0) return sessionIds.map(() => []);
  const rows = await db.query<HandoffRow>(
    handoffsWhere('h.session_id = ANY($1)'),
    [known, ...visibilityValues(viewer)],
    'conversation-load-handoffs-of',
  );
  return grouped(sessionIds, rows.map(handoffOf), ({ sessionId }) => sessionId);
}

/** The handoff under way, by session. */
export async function loadCurrentHandoffs(
  deps: Deps,
  viewer: Viewer,
  sessionIds: readonly string[],
): Promise<(HandoffRecord | null)[]> {
  const all = await loadHandoffsOf(deps, viewer, sessionIds);
  return all.map((handoffs) => handoffs.find(({ status }) => status === 'QUEUED' || status === 'CLAIMED') ?? null);
}
