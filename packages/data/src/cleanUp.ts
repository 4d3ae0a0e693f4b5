import type { Logger, Running } from '@supportgraph/kernel';
import type { Database } from './database.js';
import { forgetExpiredKeys } from './idempotent.js';
import { repeat } from './repeat.js';

export interface CleanUpOptions {
  db: Database;
  log: Logger;
  /** Whether events are published: then one that was not yet is kept however old it is. */
  isPublishing: boolean;
  /** How long events are kept, in days. @default 30 */
  keptDays?: number;
  /** @default one hour */
  everyMs?: number;
}

const batch = 1_000;

/** Removes old events that were published and that every consumer has passed, and idempotency keys whose time is over. */
export function cleanUp({ db, log, isPublishing, keptDays = 30, everyMs = 3_600_000 }: CleanUpOptions): Running {
  return repeat({
    log,
    job: 'cleanUp',
    everyMs,
    async run() {
      const removed = await removeOldEvents(db, { isPublishing, keptDays });
      await forgetExpiredKeys(db, new Date());
      if (removed > 0) log.info({ removed }, 'old events removed');
      return removed === batch;
    },
  });
}

/** Parked events stay until somebody has decided on them. */
export async function removeOldEvents(
  db: Database,
  { isPublishing, keptDays }: Pick<Required<CleanUpOptions>, 'isPublishing' | 'keptDays'>,
): Promise<number> {
  const rows = await db.query<{ id: string }>(
    `DELETE FROM platform.outbox WHERE id IN (
       SELECT o.id FROM platform.outbox o
         WHERE o.stored_at < now() - $1 * interval '1 day' AND (o.published_at IS NOT NULL OR NOT $2::boolean)
           AND NOT EXISTS (SELECT FROM platform.consumers c WHERE c.handled_until <= o.stored_at)
           AND NOT EXISTS (SELECT FROM platform.inbox_failures f WHERE f.event_id = o.id)
         ORDER BY o.stored_at LIMIT ${batch} FOR UPDATE SKIP LOCKED
     ) RETURNING id`,
    [keptDays, isPublishing],
    'outbox-clean-up',
  );
  return rows.length;
}
