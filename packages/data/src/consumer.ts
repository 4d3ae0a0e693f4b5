import type { Logger, Running } from '@supportgraph/kernel';
import type { Database } from './database.js';
import { eventColumns, outboxChannel, type StoredEvent } from './outbox.js';
import { repeat } from './repeat.js';
import type { Tx } from './transaction.js';

export interface ConsumerOptions {
  /** Unique and never changed: under it the inbox keeps what was applied. */
  name: string;
  /** The types of events that it wants. */
  types: readonly string[];
  /** Applies an event, in the transaction that notes it in the inbox. What it answers is called once that is committed. */
  handle(tx: Tx, event: StoredEvent): Promise<(() => void) | undefined>;
  log: Logger;
  /** How often it looks for events without being woken, in ms. @default 5_000 */
  pollMs?: number;
  /** How often an event may fail before it is parked. @default 8 */
  maxTries?: number;
  /** The longest pause after the first failure, in ms; it doubles with each. @default 1_000 */
  firstPauseMs?: number;
}

/** A transaction lasts far less, so nothing older can still be committed. */
const margin = `interval '10 minutes'`;
const longestPauseMs = 5 * 60_000;

/**
 * Applies each event of these types once, in whichever process: outbox to inbox, in the order of their ids. An event
 * that fails is tried again later while others go on, and parked after too many tries; it holds nobody up.
 */
export function consume(db: Database, options: ConsumerOptions): Running {
  const { name, log, pollMs = 5_000 } = options;
  return repeat({
    log,
    job: `consumer ${name}`,
    everyMs: pollMs,
    wokenBy: { db, channel: outboxChannel },
    run: () => applyNext(db, options),
  });
}

/** False if there is nothing to apply, or another process is at it. */
async function applyNext(db: Database, options: ConsumerOptions): Promise<boolean> {
  const { name, handle } = options;
  const tried: StoredEvent[] = [];
  try {
    const outcome = await db.transaction(async (tx): Promise<Outcome> => {
      if (!(await takeTurn(tx, name))) return { kind: 'busy' };
      const event = await pick(tx, options);
      if (!event) return { kind: 'none' };
      tried.push(event);
      await note(tx, name, event.id);
      return { kind: 'applied', afterwards: await handle(tx, event) };
    });
    if (outcome.kind === 'none') await lookNoFurtherBack(db, name);
    if (outcome.kind === 'applied') outcome.afterwards?.();
    return outcome.kind === 'applied';
  } catch (error) {
    const failed = tried.at(-1);
    if (!failed) throw error;
    await noteFailure(db, options, failed, error as Error);
    return true;
  }
}

type Outcome = { kind: 'busy' | 'none' } | { kind: 'applied'; afterwards: (() => void) | undefined };

/** One process at a time, so that events are applied in order. */
async function takeTurn(tx: Tx, name: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('consumer ' || ${name}, 0)) AS taken`;
  return row!.taken;
}

async function pick(tx: Tx, { name, types }: ConsumerOptions): Promise<StoredEvent | null> {
  const rows = await tx.$queryRawUnsafe<StoredEvent[]>(
    `SELECT ${eventColumns} FROM platform.outbox o
       LEFT JOIN platform.inbox_failures f ON f.consumer = $1 AND f.event_id = o.id
       WHERE o.stored_at >= coalesce((SELECT handled_until FROM platform.consumers WHERE name = $1), '-infinity')
         AND o.type = ANY ($2::text[])
         AND (f.event_id IS NULL OR (f.parked_at IS NULL AND f.due_at <= now()))
         AND NOT EXISTS (SELECT FROM platform.inbox i WHERE i.consumer = $1 AND i.event_id = o.id)
       ORDER BY o.id LIMIT 1`,
    name,
    types,
  );
  return rows[0] ?? null;
}

async function note(tx: Tx, consumer: string, eventId: string): Promise<void> {
  await tx.inboxEvent.create({ data: { consumer, eventId, handledAt: new Date() } });
  await tx.inboxFailure.deleteMany({ where: { consumer, eventId } });
}

async function noteFailure(
  db: Database,
  { name, log, maxTries = 8, firstPauseMs = 1_000 }: ConsumerOptions,
  { id, type }: StoredEvent,
  { message }: Error,
): Promise<void> {
  const [failure] = await db.query<{ tries: number; is_parked: boolean }>(
    `INSERT INTO platform.inbox_failures AS f (consumer, event_id, tries, due_at, parked_at, error)
       VALUES ($1, $2, 1, now() + random() * $4 * interval '1 ms', CASE WHEN $3 <= 1 THEN now() END, $6)
       ON CONFLICT (consumer, event_id) DO UPDATE SET
         tries = f.tries + 1,
         due_at = now() + random() * least($5, $4 * power(2, least(f.tries, 20))) * interval '1 ms',
         parked_at = CASE WHEN f.tries + 1 >= $3 THEN now() END,
         error = $6
       RETURNING tries, parked_at IS NOT NULL AS is_parked`,
    [name, id, maxTries, firstPauseMs, longestPauseMs, message.slice(0, 1_000)],
    'consumer-failure',
  );
  const facts = { consumer: name, eventId: id, type, tries: failure!.tries, error: message };
  if (failure!.is_parked) log.error(facts, 'event parked');
  else log.warn(facts, 'event not applied');
}

/** All that is older was applied or parked. Moved now and then, so that looking costs the same however long the outbox is. */
async function lookNoFurtherBack(db: Database, name: string): Promise<void> {
  await db.query(
    `INSERT INTO platform.consumers AS c (name, handled_until) SELECT $1, least(now() - ${margin}, (
         SELECT min(o.stored_at) FROM platform.inbox_failures f JOIN platform.outbox o ON o.id = f.event_id
           WHERE f.consumer = $1 AND f.parked_at IS NULL))
       ON CONFLICT (name) DO UPDATE SET handled_until = excluded.handled_until
         WHERE c.handled_until NOT BETWEEN excluded.handled_until - interval '1 minute' AND excluded.handled_until`,
    [name],
    'consumer-position',
  );
}
