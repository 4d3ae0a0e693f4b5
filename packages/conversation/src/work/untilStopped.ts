import type { StopReason } from './workLoop.js';

export type Ended<T> = { kind: 'done'; value: T } | { kind: 'stopped'; reason: StopReason };

/** What a job gives, or why it was stopped first: a job that does not heed its signal is left to itself. */
export function untilStopped<T>(signal: AbortSignal, job: Promise<T>): Promise<Ended<T>> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve({ kind: 'stopped', reason: signal.reason as StopReason });
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    job
      .then((value) => resolve({ kind: 'done', value }), reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
