/*
 * Rates are token buckets: a bucket holds at most what may be used in a minute, and fills evenly. The same arithmetic
 * runs in Redis (`redisEdge.ts`) and in this process.
 */

/** What is wanted from one bucket. */
export interface Demand {
  /** Whose bucket it is, and of what. */
  key: string;
  amount: number;
  /** What the bucket holds when it is full, and gains in a minute. */
  perMinute: number;
}

/** What came of demands: all were granted, or none. */
export interface Taken {
  ok: boolean;
  /** What each bucket has left now. */
  left: number[];
  /** When all could be granted, in ms; 0 if they were. */
  retryAfterMs: number;
}

/** What a bucket holds, as of some time. */
export interface Level {
  left: number;
  at: number;
}

/** Takes from buckets: all or nothing. A demand for more than a bucket can hold takes a full one; one below nothing gives back. */
export function take(
  demands: readonly Demand[],
  now: number,
  levelOf: (key: string) => Level | undefined,
): Taken & { levels: Level[] } {
  const filled = demands.map(({ key, perMinute }) => {
    const { left, at } = levelOf(key) ?? { left: perMinute, at: now };
    return Math.min(perMinute, left + (Math.max(0, now - at) * perMinute) / 60_000);
  });
  const wanted = demands.map(({ amount, perMinute }) => Math.min(amount, perMinute));
  const waits = demands.map(({ perMinute }, i) => ((wanted[i]! - filled[i]!) * 60_000) / perMinute);
  const waitMs = Math.max(0, ...waits);
  const left = filled.map((level, i) => (waitMs > 0 ? level : Math.min(demands[i]!.perMinute, level - wanted[i]!)));
  return {
    ok: waitMs <= 0,
    left: left.map(Math.floor),
    retryAfterMs: Math.ceil(waitMs),
    levels: left.map((level) => ({ left: level, at: now })),
  };
}
