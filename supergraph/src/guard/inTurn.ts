/**
 * Work that holds the only thread for long: done one after another, its callers in turn, and between two pieces everything
 * else goes on. So whoever asks for much of it waits for themselves.
 */
export interface InTurn {
  /** Does the work when it is the caller's turn, and tells how long it took; null if the caller has too much waiting. */
  run<T>(caller: string, work: () => T): Promise<{ value: T; ms: number }> | null;
}

/** Makes an {@link InTurn} where each caller may have so much waiting. */
export function openInTurn(mostWaiting: number): InTurn {
  // A Map keeps the order in which keys were set: the first is the caller whose turn it is.
  const waiting = new Map<string, (() => void)[]>();
  let isScheduled = false;

  const schedule = () => {
    isScheduled = waiting.size > 0;
    if (isScheduled) setImmediate(next);
  };
  const next = () => {
    const [turn] = waiting;
    const [caller, [first, ...others]] = turn!; // Scheduled only while something waits.
    waiting.delete(caller);
    if (others.length > 0) waiting.set(caller, others);
    first!();
    schedule();
  };

  return {
    run<T>(caller: string, work: () => T) {
      const own = waiting.get(caller) ?? [];
      if (own.length >= mostWaiting) return null;
      waiting.set(caller, own);
      return new Promise<{ value: T; ms: number }>((resolve, reject) => {
        own.push(() => {
          const startedAt = performance.now();
          try {
            const value = work();
            resolve({ value, ms: performance.now() - startedAt });
          } catch (error) {
            reject(error as Error);
          }
        });
        if (!isScheduled) schedule();
      });
    },
  };
}
