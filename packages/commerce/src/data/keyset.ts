/** Rows to take beyond a sort key of two parts, the second an id; the list's own order unless `backward`. */
export interface KeysetPage {
  take: number;
  key: readonly [value: string, id: string] | null;
  backward?: boolean;
}

/** What a list is sorted by: a column and its type, then the id. */
export interface Sorting {
  column: 'placed_at' | 'created_at' | 'name_key';
  type: 'timestamptz' | 'text';
  isDescending: boolean;
}

/** The end of a query for a page, from its last condition on; `$first` and following are its parameters. */
export function keyset(
  { column, type, isDescending }: Sorting,
  { take, key, backward = false }: KeysetPage,
  first: number,
): { sql: string; values: unknown[] } {
  const [beyond, direction] = isDescending === backward ? ['>', 'ASC'] : ['<', 'DESC'];
  const sql = `($${first}::${type} IS NULL OR (${column}, id) ${beyond} ($${first}::${type}, $${first + 1}::text))
    ORDER BY ${column} ${direction}, id ${direction} LIMIT $${first + 2}`;
  return { sql, values: [key?.[0] ?? null, key?.[1] ?? null, take] };
}
