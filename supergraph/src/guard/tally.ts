import type { LimitName } from './limits.js';

/** How an operation came. */
export type TransportName = 'http' | 'websocket';

/** What the edge counts. */
export interface Tally {
  /** An operation went over a limit; `measured` means that it was let through. */
  overLimit(limit: LimitName, outcome: 'refused' | 'measured'): void;
  /** Something was refused before it was carried out, by the code of its error or of the close of its socket. */
  refused(transport: TransportName, code: string): void;
  /** An operation was carried out, by the code of its first error (ok if it has none). */
  answered(kind: string, outcome: string): void;
}

/** Counts nothing. */
export const noTally: Tally = { overLimit() {}, refused() {}, answered() {} };
