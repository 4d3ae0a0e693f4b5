/** Where a circuit breaker stands; the names of the schema. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

/** One circuit breaker for each model of this process: a model that keeps failing is not asked for a while. */
export interface Breakers {
  /** Whether the model may be asked now. Half open, it may once: whoever was told so reports how it went. */
  permits(model: string): boolean;
  succeeded(model: string): void;
  failed(model: string): void;
  /** Says nothing of the model: the call was given up for a reason of ours. */
  released(model: string): void;
  stateOf(model: string): BreakerState;
}

export interface BreakerOptions {
  /** Failures within the window that open it. @default 5 */
  failures?: number;
  /** In ms. @default 30_000 */
  windowMs?: number;
  /** From opening to the first probe, in ms. @default 15_000 */
  openMs?: number;
  /** In ms; only differences count. @default performance.now */
  clock?: () => number;
}

interface Breaker {
  /** When it failed lately, oldest first. */
  failedAt: number[];
  openedAt: number | null;
  isProbed: boolean;
}

/** Makes {@link Breakers}. */
export function modelBreakers(options: BreakerOptions = {}): Breakers {
  const { failures = 5, windowMs = 30_000, openMs = 15_000, clock = () => performance.now() } = options;
  const breakers = new Map<string, Breaker>();

  function breakerOf(model: string): Breaker {
    let breaker = breakers.get(model);
    if (!breaker) breakers.set(model, (breaker = { failedAt: [], openedAt: null, isProbed: false }));
    return breaker;
  }

  function stateOf(model: string): BreakerState {
    const { openedAt } = breakerOf(model);
    if (openedAt === null) return 'CLOSED';
    return clock() - openedAt < openMs ? 'OPEN' : 'HALF_OPEN';
  }

  return {
    stateOf,
    permits(model) {
      const state = stateOf(model);
      if (state !== 'HALF_OPEN') return state === 'CLOSED';
      const breaker = breakerOf(model);
      if (breaker.isProbed) return false;
      return (breaker.isProbed = true);
    },
    succeeded(model) {
      breakers.delete(model);
    },
    failed(model) {
      const breaker = breakerOf(model);
      const now = clock();
      breaker.failedAt = [...breaker.failedAt.filter((at) => now - at < windowMs), now].slice(-failures);
      const isProbe = breaker.isProbed;
      breaker.isProbed = false;
      if (isProbe || breaker.failedAt.length >= failures) breaker.openedAt = now;
    },
    released(model) {
      breakerOf(model).isProbed = false;
    },
  };
}
