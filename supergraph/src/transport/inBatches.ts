import { setTimeout as wait } from 'node:timers/promises';

const batches = 20;

/** Does something to all items within a time, a few at once and at uneven distances: clients that are cut off then do not all come back together. */
export async function inBatches<T>(items: readonly T[], withinMs: number, act: (item: T) => void): Promise<void> {
  const size = Math.ceil(items.length / batches);
  for (let start = 0; start < items.length; start += size) {
    items.slice(start, start + size).forEach(act);
    if (start + size < items.length) await wait((withinMs / batches) * (0.5 + Math.random() / 2));
  }
}
