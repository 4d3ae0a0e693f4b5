import type { Clock } from '@supportgraph/kernel';

export interface EventLogOptions {
  /** @default the system's */
  clock?: Clock;
  /** About how many events of one session are kept. @default 5_000 */
  maxEvents?: number;
  /** How long a session's events are kept after the last one, in ms. @default 7_200_000, two hours */
  keepMs?: number;
  /** Events that may wait for a subscriber before it is ended as too slow. @default 1_000 */
  capacity?: number;
}

/** The options with their defaults. */
export function withDefaults(options: EventLogOptions): Required<EventLogOptions> {
  return { clock: () => new Date(), maxEvents: 5_000, keepMs: 7_200_000, capacity: 1_000, ...options };
}
