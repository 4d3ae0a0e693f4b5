import type { Logger, Running } from '@supportgraph/kernel';
import type { Database } from '../database.js';
import { eventColumns, outboxChannel, type StoredEvent } from '../outbox.js';
import { repeat } from '../repeat.js';
import { openBroker, type Broker } from './broker.js';

export interface PublisherOptions {
  db: Database;
  /** `amqp://…` or `amqps://…` */
  url: string;
  log: Logger;
  /** How often it looks for events without being woken, in ms. @default 2_000 */
  pollMs?: number;
}

const batch = 200;

/**
 * Publishes the outbox to RabbitMQ, each event at least once; any number of processes may do so. Events of one subject
 * go out in the order of their ids, each after the one before was confirmed. While RabbitMQ is away the outbox waits.
 */
export function publishEvents({ db, url, log, pollMs = 2_000 }: PublisherOptions): Running {
  const broker = openBroker({ url, log });
  const publishing = repeat({
    log,
    job: 'publishEvents',
    everyMs: pollMs,
    wokenBy: { db, channel: outboxChannel },
    run: () => publishBatch(db, broker),
  });
  return {
    async stop() {
      await publishing.stop();
      await broker.close();
    },
  };
}

/** True if some were published: then others of the same subjects may follow. */
async function publishBatch(db: Database, broker: Broker): Promise<boolean> {
  await broker.ready();
  return db.transaction(async (tx) => {
    // NO KEY, so that consumers, whose inbox refers to these rows, need not wait. An event whose predecessor another
    // process is just publishing is left to the next round.
    const events = await tx.$queryRawUnsafe<StoredEvent[]>(
      `SELECT ${eventColumns} FROM platform.outbox o
         WHERE o.published_at IS NULL AND NOT EXISTS (
           SELECT FROM platform.outbox earlier
             WHERE earlier.published_at IS NULL AND earlier.subject_id = o.subject_id AND earlier.id < o.id)
         ORDER BY o.id LIMIT ${batch} FOR NO KEY UPDATE SKIP LOCKED`,
    );
    if (events.length === 0) return false;
    const published = await broker.publish(events);
    await tx.$executeRaw`UPDATE platform.outbox SET published_at = now() WHERE id = ANY (${published}::text[])`;
    return published.length > 0;
  });
}
