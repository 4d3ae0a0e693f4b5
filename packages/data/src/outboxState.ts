import type { Database } from './database.js';

/** How the outbox and its consumers stand. */
export interface OutboxState {
  /** Events that were not published yet. */
  unpublished: number;
  /** Events that a consumer gave up, for a person to look at. */
  parked: number;
}

export async function readOutboxState(db: Pick<Database, 'query'>): Promise<OutboxState> {
  const [row] = await db.query<OutboxState>(
    `SELECT (SELECT count(*) FROM platform.outbox WHERE published_at IS NULL) AS unpublished,
            (SELECT count(*) FROM platform.inbox_failures WHERE parked_at IS NOT NULL) AS parked`,
    [],
    'outbox-state',
  );
  return row!;
}
