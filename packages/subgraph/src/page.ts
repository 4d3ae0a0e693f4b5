import { badUserInput } from './errors.js';
import { parseTimestamp } from './scalars.js';

/** How a field of a connection is asked for, in the words of the Relay specification. */
export interface PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** What a sort key is made of, in order: a `time` goes in as its ISO text. */
export type KeyKinds = readonly ('string' | 'number' | 'time')[];
export type SortKey<Kinds extends KeyKinds> = {
  -readonly [Index in keyof Kinds]: Kinds[Index] extends 'number' ? number : string;
};

/** A page to fetch: up to `take` rows beyond `key`, nearest first, walking against the order if `backward`. */
export interface Page<Kinds extends KeyKinds = KeyKinds> {
  /** Rows on the page. */
  size: number;
  /** Rows to fetch: one more than `size`, which says whether there are others. */
  take: number;
  backward: boolean;
  /** Sort key of the row that the page begins beyond; null to begin at the end. */
  key: SortKey<Kinds> | null;
}

export interface PageOptions {
  /** Rows if neither `first` nor `last` is given. @default 20 */
  usual?: number;
  /** The most rows that may be asked for. @default 100 */
  most?: number;
}

/** Reads the arguments of a connection. Throws `BAD_USER_INPUT` if they ask for something else than one page. */
export function parsePage<const Kinds extends KeyKinds>(
  { first, after, last, before }: PageArguments,
  kinds: Kinds,
  { usual = 20, most = 100 }: PageOptions = {},
): Page<Kinds> {
  const backward = last != null || (first == null && before != null);
  if (backward && (first != null || after != null))
    throw badUserInput('Give either first and after, or last and before.');
  if (!backward && before != null) throw badUserInput('Give either first and after, or last and before.');
  const size = (backward ? last : first) ?? usual;
  if (size < 0 || size > most) throw badUserInput(`A page has at least 0 and at most ${most} items.`);
  const cursor = backward ? before : after;
  return { size, take: size + 1, backward, key: cursor == null ? null : keyOf(cursor, kinds) };
}

/** The opaque cursor of a row. */
export function cursorOf(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function keyOf<Kinds extends KeyKinds>(cursor: string, kinds: Kinds): SortKey<Kinds> {
  const key = decode(cursor);
  const fits = Array.isArray(key) && key.length === kinds.length && kinds.every((kind, i) => isOfKind(key[i], kind));
  if (!fits) throw badUserInput('The cursor is not one of this list.');
  // The kinds were just compared, one by one.
  return key as unknown as SortKey<Kinds>;
}

/** A forged cursor must not reach the database, which would refuse a time that is none and a text with a zero character. */
function isOfKind(part: unknown, kind: KeyKinds[number]): boolean {
  if (kind === 'number') return typeof part === 'number';
  if (typeof part !== 'string' || part.includes('\0')) return false;
  // PostgreSQL has no year 0.
  return kind === 'string' || (parseTimestamp(part) !== null && !part.startsWith('0000'));
}

function decode(cursor: string): unknown {
  if (cursor.length > 1_000) return null;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null; // Not JSON, and so not made by us.
  }
}

export interface Connection<Row> {
  edges: { cursor: string; node: Row }[];
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

/**
 * A connection of the rows fetched for a page (up to `page.take`, nearest to `page.key` first).
 * `connectionOf(rows, page, (order) => [order.placedAt.toISOString(), order.id])`
 */
export function connectionOf<Row, Kinds extends KeyKinds>(
  rows: readonly Row[],
  page: Page<Kinds>,
  keyOfRow: (row: Row) => SortKey<Kinds>,
): Connection<Row> {
  const nodes = rows.slice(0, page.size);
  if (page.backward) nodes.reverse();
  const edges = nodes.map((node) => ({ cursor: cursorOf(keyOfRow(node) as readonly (string | number)[]), node }));
  const isMore = rows.length > page.size;
  const isBeyond = page.key !== null;
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: page.backward ? isBeyond : isMore,
      hasPreviousPage: page.backward ? isMore : isBeyond,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
