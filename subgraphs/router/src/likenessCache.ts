import type { LikeDecision } from './domain/likeness.js';

/** Decisions about messages that are asked again and again. */
export interface LikenessCache {
  get(likeness: string): LikeDecision | null;
  set(likeness: string, decision: LikeDecision): void;
}

export interface LikenessCacheOptions {
  /** Decisions kept; the one that was not asked for longest goes first. @default 5_000 */
  size?: number;
  /** How long a decision holds, in ms. @default 3_600_000 */
  maxAgeMs?: number;
  /** In ms; only differences count. @default performance.now */
  clock?: () => number;
}

/** A cache in this process. A new one starts empty, so decisions of other weights or models are never in it. */
export function makeLikenessCache(options: LikenessCacheOptions = {}): LikenessCache {
  const { size = 5_000, maxAgeMs = 3_600_000, clock = () => performance.now() } = options;
  const kept = new Map<string, { decision: LikeDecision; madeAt: number }>();
  return {
    get(likeness) {
      const found = kept.get(likeness);
      if (!found) return null;
      kept.delete(likeness);
      if (clock() - found.madeAt > maxAgeMs) return null;
      // Set again, so that it stands last: the first is the one not asked for longest.
      kept.set(likeness, found);
      return found.decision;
    },
    set(likeness, decision) {
      kept.delete(likeness);
      kept.set(likeness, { decision, madeAt: clock() });
      if (kept.size > size) kept.delete(kept.keys().next().value!);
    },
  };
}
