import type { Logger, Running } from '@supportgraph/kernel';
import type { Database } from './database.js';

export interface RepeatOptions {
  log: Logger;
  /** What the log calls it. */
  job: string;
  /** How long to rest when there is nothing to do, in ms; a little random, so that processes do not look all at once. */
  everyMs: number;
  /** NOTIFY on this channel means that there may be something to do. */
  wokenBy?: { db: Pick<Database, 'listen'>; channel: string };
  /** Does some of the work; true if there may be more. `signal` is aborted when the job is stopped. */
  run(signal: AbortSignal): Promise<boolean>;
}

const longestPauseMs = 30_000;

/** Runs a job again and again until it is stopped, never twice at a time; after a failure it pauses ever longer. */
export function repeat({ log, job, everyMs, wokenBy, run }: RepeatOptions): Running {
  const stopping = new AbortController();
  const { signal } = stopping;
  let isWoken = false;
  let wakeUp = () => {};
  const wake = () => {
    isWoken = true;
    wakeUp();
  };
  const listening = wokenBy?.db.listen(wokenBy.channel, wake);
  // What came before somebody listened was not heard.
  listening?.then(wake, (error: Error) => log.warn({ job, error: error.message }, 'not woken by the database'));
  const looping = loop();

  async function loop(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      isWoken = false;
      try {
        const isMore = await run(signal);
        failures = 0;
        if (!isMore && !isWoken) await rest(everyMs * (0.75 + Math.random() / 2), (end) => (wakeUp = end));
      } catch (error) {
        failures += 1;
        log.warn({ job, failures, error: (error as Error).message }, 'job failed');
        await rest(Math.random() * Math.min(longestPauseMs, 200 * 2 ** failures));
      }
    }
  }

  /** Until the time is over, somebody calls `end`, or the job is stopped. */
  function rest(ms: number, wakeBy?: (end: () => void) => void): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
      wakeBy?.(end);
    });
  }

  return {
    async stop() {
      stopping.abort();
      await looping;
      await (await listening)?.stop();
    },
  };
}
