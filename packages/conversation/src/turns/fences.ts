import type { Deps } from '../deps.js';
import type { Fence } from '../stream/eventLog.js';

/**
 * Raises fences in the log, so that whoever had the work before cannot show another word. If the log is away nobody
 * shows anything; appends carry their fences, so it learns of the newer generation with the first of them.
 */
export async function raiseFences(
  { events, logger }: Deps,
  sessionId: string,
  fences: readonly Fence[],
): Promise<void> {
  try {
    await events.raise(sessionId, fences);
  } catch (error) {
    logger.warn({ sessionId, error: (error as Error).message }, 'fences not raised');
  }
}
