import type { Logger, Running } from '@supportgraph/kernel';
import { causeOf } from '@supportgraph/subgraph';

export interface ShutdownOptions {
  /** How long stopping may take before the process ends anyway, in ms. */
  drainMs: number;
  log: Logger;
  /** Ends the process. */
  exit(code: number): void;
}

/** A signal that comes this soon after the first is the same wish: npm passes on the Ctrl-C that the terminal sends as well. */
const sameWishMs = 500;

/**
 * What to do on a signal to end: the first stops what was started (or is still starting) and exits with 0, or with 1 if
 * that fails or takes too long; the second exits at once.
 */
export function shutdown(started: Promise<Running>, { drainMs, log, exit }: ShutdownOptions): () => void {
  let askedAt: number | undefined;
  const stop = async () => {
    const impatience = setTimeout(() => {
      log.error({ drainMs }, 'stopping took too long');
      exit(1);
    }, drainMs);
    // The caller of `started` reports why a start failed.
    const running = await started.catch(() => null);
    await running?.stop();
    clearTimeout(impatience);
  };
  return () => {
    const now = performance.now();
    if (askedAt !== undefined) {
      if (now - askedAt > sameWishMs) exit(130);
      return;
    }
    askedAt = now;
    stop().then(
      () => exit(0),
      (fault: unknown) => {
        log.error(causeOf(fault), 'stopping failed');
        exit(1);
      },
    );
  };
}
