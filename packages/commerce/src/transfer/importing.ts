import { parseMoney } from '@supportgraph/kernel';
import type { ImportContext, Placed } from './importShop.js';
import { refuse } from './refusal.js';

type Path = readonly (string | number)[];

/** Minor units of a decimal text, or refused. */
export function amountOf({ currency }: ImportContext, path: Path, text: string): number {
  return parseMoney(text, currency) ?? refuse(path, `has more digits than ${currency}`);
}

/** Refuses the second of two things of one kind with the same id. */
export function once({ seen }: ImportContext, kind: string, id: string, path: Path): void {
  const ids = seen.get(kind) ?? new Set();
  seen.set(kind, ids);
  if (ids.has(id)) refuse(path, 'is there twice');
  ids.add(id);
}

/** The rows by id that the records of a batch refer to. */
export function byId<T extends { id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** A row that a record refers to, or refused. */
export function referred<T>(rows: ReadonlyMap<string, T>, id: string, path: Path, what: string): T {
  return rows.get(id) ?? refuse(path, `there is no such ${what}`);
}

/** Every value once. */
export function unique<T, V>(placed: readonly Placed<T>[], values: (record: T) => readonly V[]): V[] {
  return [...new Set(placed.flatMap(({ record }) => values(record)))];
}
