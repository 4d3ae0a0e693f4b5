import type { Deps } from '../deps.js';
import { within } from '../work/within.js';

/** How long to wait for the position of the stream, in ms. Without it a turn's events are found from the oldest. */
const headTimeoutMs = 250;

/** The position before everything that a turn to come will tell; `'start'` if the log cannot say in time. */
export function streamPosition({ events }: Pick<Deps, 'events'>, sessionId: string): Promise<string> {
  return within(headTimeoutMs, events.head(sessionId), 'start');
}
