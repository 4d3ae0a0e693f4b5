import { ok, type Result, type Viewer } from '@supportgraph/kernel';
import { openerOf, visibilityOf } from '../access.js';
import type { SessionFilter } from '../conversation.js';
import type { Deps } from '../deps.js';
import { emptyPage, jsonCursor, pageOf, windowOf, type Page, type PageRequest } from '../page.js';
import type { SessionRecord } from '../records.js';
import { storable } from '../text.js';
import { sessionColumns, sessionOf, type SessionRow } from './sessionRow.js';

/** Time of the last activity in ms, and the id. */
type Position = [updatedAt: number, id: string];
const cursors = jsonCursor(
  (value): value is Position =>
    Array.isArray(value) && value.length === 2 && isTime(value[0]) && typeof value[1] === 'string',
);

/** Whether a number is a time that a database can hold; of ours none is before 1970. */
function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) < Date.UTC(10_000, 0);
}

/** Conditions on a session `s` that all hold, and the values of their parameters. */
class Conditions {
  readonly values: unknown[] = [];
  private readonly clauses: string[] = ['true'];

  add(clause: string): void {
    this.clauses.push(clause);
  }

  /** The parameter that stands for a value. */
  value(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  get text(): string {
    return this.clauses.join(' AND ');
  }
}

/** All sessions that the viewer may see and that match. */
export function listSessions(deps: Deps, viewer: Viewer, filter: SessionFilter, page: PageRequest) {
  const conditions = new Conditions();
  addVisibility(conditions, viewer);
  addFilter(conditions, filter);
  return readPage(deps, conditions, page);
}

/** The viewer's own sessions. */
export function listOwnSessions(deps: Deps, viewer: Viewer, page: PageRequest) {
  const conditions = new Conditions();
  addVisibility(conditions, viewer);
  if (visibilityOf(viewer).all) conditions.add(`s.opened_by = ${conditions.value(openerOf(viewer))}`);
  return readPage(deps, conditions, page);
}

/** One condition rather than an OR over all kinds of viewer: each has its own index. */
function addVisibility(conditions: Conditions, viewer: Viewer): void {
  const { all, sessionId, customerId, apiClientId } = visibilityOf(viewer);
  if (all) return;
  if (customerId !== null) conditions.add(`s.customer_id = ${conditions.value(customerId)}`);
  else if (apiClientId !== null) conditions.add(`s.api_client_id = ${conditions.value(apiClientId)}`);
  else conditions.add(`s.id = ${conditions.value(sessionId)}`);
}

function addFilter(conditions: Conditions, filter: SessionFilter): void {
  const { status, customerId, intent, query, createdFrom, createdBefore } = filter;
  if (status) conditions.add(`s.status::text = ANY(${conditions.value(status)}::text[])`);
  if (customerId) conditions.add(`s.customer_id = ${conditions.value(storable(customerId))}`);
  if (createdFrom) conditions.add(`s.created_at >= ${conditions.value(createdFrom)}`);
  if (createdBefore) conditions.add(`s.created_at < ${conditions.value(createdBefore)}`);
  if (intent) {
    const intents = conditions.value(intent);
    conditions.add(`EXISTS (
      SELECT FROM conversation.routes r WHERE r.session_id = s.id AND r.intent::text = ANY(${intents}::text[]))`);
  }
  if (query) {
    const pattern = conditions.value(`%${storable(query).replace(/[\\%_]/g, '\\$&')}%`);
    conditions.add(`(s.title ILIKE ${pattern} OR EXISTS (
      SELECT FROM conversation.messages m, jsonb_array_elements(m.parts) part
      WHERE m.session_id = s.id AND m.created_at >= s.created_at AND part->>'text' ILIKE ${pattern}))`);
  }
}

async function readPage(
  { db }: Deps,
  conditions: Conditions,
  request: PageRequest,
): Promise<Result<Page<SessionRecord>>> {
  const window = windowOf(request, cursors);
  if (!window.ok) return window;
  const { size, fromEnd, after, before } = window.value;
  if (size === 0) return ok(emptyPage());
  // Newest activity first, so "after" means earlier.
  if (after) conditions.add(`(s.updated_at, s.id) < ${pairOf(conditions, after)}`);
  if (before) conditions.add(`(s.updated_at, s.id) > ${pairOf(conditions, before)}`);
  const direction = fromEnd ? 'ASC' : 'DESC';
  const rows = await db.query<SessionRow>(
    `SELECT ${sessionColumns} FROM conversation.sessions s WHERE ${conditions.text}
     ORDER BY s.updated_at ${direction}, s.id ${direction} LIMIT ${size + 1}`,
    conditions.values,
  );
  const positionOf = (session: SessionRecord): Position => [session.updatedAt.getTime(), session.id];
  return ok(pageOf(rows.map(sessionOf), window.value, positionOf, cursors));
}

function pairOf(conditions: Conditions, [updatedAt, id]: Position): string {
  return `(${conditions.value(new Date(updatedAt))}::timestamptz, ${conditions.value(storable(id))}::text)`;
}
