import { fail, ok, userError, type Result } from '@supportgraph/kernel';

/** Which page of a list: the first after a cursor, or the last before one. Nothing given: the first 20. */
export interface PageRequest {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** A page of a list. */
export interface Page<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const defaultSize = 20;
const maxSize = 100;

/** A page request, checked: how many rows, from which end, and between which positions. */
export interface Window<Position> {
  size: number;
  /** Whether the page is the last of the rows, so that they are read from the end. */
  fromEnd: boolean;
  after: Position | null;
  before: Position | null;
}

/** How the position of a row is written as a cursor, and read again; null if it is malformed. */
export interface CursorFormat<Position> {
  write(position: Position): string;
  read(text: string): Position | null;
}

/** Opaque text of a cursor's JSON. */
export function jsonCursor<Position>(isPosition: (value: unknown) => value is Position): CursorFormat<Position> {
  return {
    write: (position) => Buffer.from(JSON.stringify(position)).toString('base64url'),
    read(text) {
      try {
        const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
        return isPosition(value) ? value : null;
      } catch {
        return null;
      }
    },
  };
}

/** Cursor of rows that are in the order of their ids. */
export const idCursor = jsonCursor(
  (value): value is string => typeof value === 'string' && /^[\w.-]{1,128}$/.test(value),
);

export function windowOf<Position>(request: PageRequest, cursors: CursorFormat<Position>): Result<Window<Position>> {
  const { first, last } = request;
  if (first != null && last != null) return invalid('first', 'Give `first` or `last`, not both.');
  for (const name of ['first', 'last'] as const) {
    const size = request[name];
    if (size != null && !(Number.isInteger(size) && size >= 0 && size <= maxSize)) {
      return invalid(name, `\`${name}\` is a whole number from 0 to ${maxSize}.`);
    }
  }
  const after = request.after == null ? null : cursors.read(request.after);
  const before = request.before == null ? null : cursors.read(request.before);
  if (request.after != null && after === null) return invalid('after', 'This is not a cursor of this list.');
  if (request.before != null && before === null) return invalid('before', 'This is not a cursor of this list.');
  const fromEnd = last != null || (first == null && before !== null && after === null);
  return ok({ size: first ?? last ?? defaultSize, fromEnd, after, before });
}

/**
 * A page from the rows of a window: read one row more than its size, in the window's direction, so that it shows
 * whether there are more.
 */
export function pageOf<T, Position>(
  rows: readonly T[],
  window: Window<Position>,
  positionOf: (row: T) => Position,
  cursors: CursorFormat<Position>,
): Page<T> {
  const more = rows.length > window.size;
  const shown = rows.slice(0, window.size);
  if (window.fromEnd) shown.reverse();
  const edges = shown.map((node) => ({ cursor: cursors.write(positionOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: window.fromEnd ? window.before !== null : more,
      hasPreviousPage: window.fromEnd ? more : window.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

export function emptyPage<T>(): Page<T> {
  return {
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  };
}

function invalid(field: string, sentence: string): Result<never> {
  return fail(userError('INVALID', sentence, '分頁參數不正確。', [field]));
}
