import { isId, ok, type Result, type Viewer } from '@supportgraph/kernel';
import { visibilityValues, visibleWhere } from '../access.js';
import type { Deps } from '../deps.js';
import { grouped, inOrder } from '../inOrder.js';
import { emptyPage, jsonCursor, pageOf, windowOf, type Page, type PageRequest } from '../page.js';
import type { ToolCallRecord, TurnRecord } from '../records.js';
import { toolCallColumns, toolCallOf, turnColumns, turnOf, type ToolCallRow, type TurnRow } from './turnRow.js';

const turnsWhere = (condition: string) => `
  SELECT ${turnColumns} FROM conversation.turns t JOIN conversation.sessions s ON s.id = t.session_id
    WHERE ${condition} AND ${visibleWhere(2)}`;

export async function loadTurns({ db }: Deps, viewer: Viewer, ids: readonly string[]): Promise<(TurnRecord | null)[]> {
  const known = ids.filter((id) => isId('trn', id));
  if (known.length === 0) return ids.map(() => null);
  const rows = await db.query<TurnRow>(
    turnsWhere('t.id = ANY($1)'),
    [known, ...visibilityValues(viewer)],
    'conversation-load-turns',
  );
  return inOrder(ids, rows.map(turnOf), ({ id }) => id);
}

/** The turn being answered now, or else the first that waits, by session. */
export async function loadActiveTurns(
  { db }: Deps,
  viewer: Viewer,
  sessionIds: readonly string[],
): Promise<(TurnRecord | null)[]> {
  const known = sessionIds.filter((id) => isId('ses', id));
  if (known.length === 0) return sessionIds.map(() => null);
  const rows = await db.query<TurnRow>(
    `${turnsWhere('t.session_id = ANY($1) AND t.finished_at IS NULL')} ORDER BY t.position DESC`,
    [known, ...visibilityValues(viewer)],
    'conversation-load-active-turns',
  );
  // Of several the last one stays in the map: the one with the lowest position.
  return inOrder(sessionIds, rows.map(turnOf), ({ sessionId }) => sessionId);
}

const positions = jsonCursor((value): value is number => Number.isSafeInteger(value));

const pageSql = (direction: 'ASC' | 'DESC') => `
  SELECT ${turnColumns} FROM conversation.turns t JOIN conversation.sessions s ON s.id = t.session_id
    WHERE t.session_id = $1 AND ($2::bigint IS NULL OR t.position > $2) AND ($3::bigint IS NULL OR t.position < $3) AND ${visibleWhere(5)}
    ORDER BY t.position ${direction} LIMIT $4`;

/** A session's turns, oldest first. */
export async function pageTurns(
  { db }: Deps,
  viewer: Viewer,
  sessionId: string,
  request: PageRequest,
): Promise<Result<Page<TurnRecord>>> {
  const window = windowOf(request, positions);
  if (!window.ok) return window;
  const { size, fromEnd, after, before } = window.value;
  if (size === 0 || !isId('ses', sessionId)) return ok(emptyPage());
  const rows = await db.query<TurnRow>(
    pageSql(fromEnd ? 'DESC' : 'ASC'),
    [sessionId, after, before, size + 1, ...visibilityValues(viewer)],
    `conversation-page-turns-${fromEnd ? 'last' : 'first'}`,
  );
  const { edges, pageInfo } = pageOf(rows, window.value, ({ position }) => position, positions);
  return ok({ edges: edges.map(({ cursor, node }) => ({ cursor, node: turnOf(node) })), pageInfo });
}

const toolCallsWhere = (condition: string) => `
  SELECT ${toolCallColumns} FROM conversation.tool_calls c JOIN conversation.sessions s ON s.id = c.session_id
    WHERE ${condition} AND ${visibleWhere(2)} ORDER BY c.id`;

export async function loadToolCalls(
  { db }: Deps,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(ToolCallRecord | null)[]> {
  const known = ids.filter((id) => isId('tlc', id));
  if (known.length === 0) return ids.map(() => null);
  const rows = await db.query<ToolCallRow>(
    toolCallsWhere('c.id = ANY($1)'),
    [known, ...visibilityValues(viewer)],
    'conversation-load-tool-calls',
  );
  return inOrder(ids, rows.map(toolCallOf), ({ id }) => id);
}

/** Tool calls in order of start, by turn. */
export async function loadToolCallsOf(
  { db }: Deps,
  viewer: Viewer,
  turnIds: readonly string[],
): Promise<ToolCallRecord[][]> {
  const known = turnIds.filter((id) => isId('trn', id));
  if (known.length === 0) return turnIds.map(() => []);
  const rows = await db.query<ToolCallRow>(
    toolCallsWhere('c.turn_id = ANY($1)'),
    [known, ...visibilityValues(viewer)],
    'conversation-load-tool-calls-of',
  );
  return grouped(turnIds, rows.map(toolCallOf), ({ turnId }) => turnId);
}
