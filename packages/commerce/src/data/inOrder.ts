/** What was found, in the order of the keys that it was asked for by; null where nothing was. */
export function inOrder<T extends { id: string }>(keys: readonly string[], found: readonly T[]): (T | null)[] {
  const byId = new Map(found.map((each) => [each.id, each]));
  return keys.map((key) => byId.get(key) ?? null);
}

/** What was found, in groups that are in the order of the keys. */
export function grouped<T>(keys: readonly string[], found: readonly T[], keyOf: (each: T) => string): T[][] {
  const groups = new Map<string, T[]>(keys.map((key) => [key, []]));
  for (const each of found) groups.get(keyOf(each))?.push(each);
  return keys.map((key) => groups.get(key) ?? []);
}
