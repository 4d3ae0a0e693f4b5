/** Keeps a worker from asking a provider that fails again and again. */
export interface Breaker {
  /** Whether it may be asked now; after a pause one may try how it is. */
  mayAsk(): boolean;
  note(isFault: boolean): void;
}

export interface BreakerOptions {
  /** Faults in a row after which nobody asks for a while. @default 5 */
  faults?: number;
  /** The first pause, in ms; it doubles while the faults go on, up to sixteen times. @default 5_000 */
  pauseMs?: number;
}

export function makeBreaker({ faults = 5, pauseMs = 5_000 }: BreakerOptions = {}): Breaker {
  let inARow = 0;
  let closedUntil = 0;
  const pause = () => {
    const longest = pauseMs * 2 ** Math.min(4, inARow - faults);
    closedUntil = performance.now() + longest * (0.5 + Math.random() / 2);
  };
  return {
    mayAsk() {
      if (inARow < faults) return true;
      if (performance.now() < closedUntil) return false;
      // The others wait for what comes of this one.
      pause();
      return true;
    },
    note(isFault) {
      inARow = isFault ? inARow + 1 : 0;
      if (inARow >= faults) pause();
    },
  };
}
