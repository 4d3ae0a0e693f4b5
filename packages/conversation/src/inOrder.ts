/** Puts what was loaded into the order of what was asked for; null for what is not there. */
export function inOrder<T>(ids: readonly string[], loaded: readonly T[], idOf: (value: T) => string): (T | null)[] {
  const byId = new Map(loaded.map((value) => [idOf(value), value]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Groups what was loaded by what was asked for, keeping its order. */
export function grouped<T>(ids: readonly string[], loaded: readonly T[], idOf: (value: T) => string): T[][] {
  const byId = new Map<string, T[]>(ids.map((id) => [id, []]));
  for (const value of loaded) byId.get(idOf(value))?.push(value);
  return ids.map((id) => byId.get(id) ?? []);
}
