import type { Database } from '@supportgraph/data';
import type { Logger, Running } from '@supportgraph/kernel';

export interface PopularityOptions {
  db: Pick<Database, 'query'>;
  log: Logger;
  /** How old the order of lists may be, in ms. @default 60_000 */
  everyMs?: number;
}

/** Brings the materialised view that lists are ordered by up to date, at once and then every so often. */
export function keepPopularity({ db, log, everyMs = 60_000 }: PopularityOptions): Running {
  let running = refresh();
  const timer = setInterval(() => (running = running.then(refresh)), everyMs);

  async function refresh(): Promise<void> {
    try {
      // CONCURRENTLY, so that nobody who reads a list waits for it.
      await db.query('REFRESH MATERIALIZED VIEW CONCURRENTLY faq.popular');
    } catch (error) {
      // Lists go on in their old order; the next round tries again.
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'order of FAQ entries not refreshed');
    }
  }

  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
