/** Remembers what was used last, up to a total weight. */
export interface Lru<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V, weight: number): void;
}

/** Makes an {@link Lru}. */
export function lru<K, V>(maxWeight: number): Lru<K, V> {
  // A Map keeps the order in which keys were set: the first is the one not used for longest.
  const entries = new Map<K, { value: V; weight: number }>();
  let total = 0;
  const remove = (key: K) => {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, weight) {
      remove(key);
      entries.set(key, { value, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (total <= maxWeight) return;
        remove(oldest);
      }
    },
  };
}
