import { lru } from '../lru.js';
import { type Level, take } from './bucket.js';
import type { EdgeStore } from './edgeStore.js';

export interface MemoryEdgeOptions {
  /** Buckets to remember; one that is forgotten is full again. @default 100_000 */
  buckets?: number;
  /** Characters of documents to remember. @default 4_000_000 */
  documentCharacters?: number;
  /** In ms since 1970. @default Date.now */
  now?: () => number;
}

/** Rates and documents of this process alone. */
export function memoryEdge(options: MemoryEdgeOptions = {}): EdgeStore {
  const { buckets = 100_000, documentCharacters = 4_000_000, now = Date.now } = options;
  const levels = lru<string, Level>(buckets);
  const documents = lru<string, string>(documentCharacters);
  return {
    take(demands) {
      const { levels: after, ...taken } = take(demands, now(), levels.get);
      demands.forEach(({ key }, i) => levels.set(key, after[i]!, 1));
      return Promise.resolve(taken);
    },
    findDocument: (sha256) => Promise.resolve(documents.get(sha256) ?? null),
    keepDocument: (sha256, text) => documents.set(sha256, text, text.length),
    close: () => Promise.resolve(),
  };
}
