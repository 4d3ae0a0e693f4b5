import type { Logger, Running } from '@supportgraph/kernel';
import type { Database } from '../database.js';
import type { AuditEvent, AuditLink } from '../generated/prisma/client.js';
import { repeat } from '../repeat.js';
import type { Tx } from '../transaction.js';
import { chainStart, linkHash } from './link.js';

export interface ChainOptions {
  db: Database;
  log: Logger;
  /** How often it looks for events, in ms. @default 1_000 */
  everyMs?: number;
}

const lock = 72707371;
const batch = 500;

/**
 * Links the audit's events into a chain of hashes, in one process at a time, and never in the transaction of a deed.
 * The order of the chain is that of its positions: an event that is committed late simply comes later.
 */
export function chainAudit({ db, log, everyMs = 1_000 }: ChainOptions): Running {
  // At first all of them are looked at: another process may have died long ago with some left.
  let looksAtAll = true;
  return repeat({
    log,
    job: 'chainAudit',
    everyMs,
    async run() {
      const linked = await linkNext(db, looksAtAll);
      if (linked !== null && linked < batch) looksAtAll = false;
      return linked === batch;
    },
  });
}

/** Links up to {@link batch} events; answers how many, null while another process is at it. */
export function linkNext(db: Database, looksAtAll = true): Promise<number | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ taken: boolean }[]>`SELECT pg_try_advisory_xact_lock(${lock}) AS taken`;
    if (!row!.taken) return null;
    const head = await tx.auditLink.findFirst({ orderBy: { position: 'desc' }, include: { event: true } });
    const events = await unlinked(tx, looksAtAll ? null : (head?.event.storedAt ?? null));
    await tx.auditLink.createMany({ data: linksAfter(head, events) });
    return events.length;
  });
}

/** No transaction lasts an hour, so what was stored long before the last linked event is linked or was never committed. */
async function unlinked(tx: Tx, lastLinked: Date | null): Promise<AuditEvent[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM platform.audit_events e
      WHERE e.stored_at > coalesce(${lastLinked}::timestamptz - interval '1 hour', '-infinity')
        AND e.stored_at < clock_timestamp() - interval '1 second'
        AND NOT EXISTS (SELECT FROM platform.audit_chain c WHERE c.event_id = e.id)
      ORDER BY e.stored_at, e.id LIMIT ${batch}`;
  return tx.auditEvent.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ storedAt: 'asc' }, { id: 'asc' }],
  });
}

function linksAfter(head: AuditLink | null, events: readonly AuditEvent[]) {
  let position = head?.position ?? 0n;
  let hash: Uint8Array<ArrayBuffer> = head?.hash ?? chainStart;
  return events.map((event) => {
    position += 1n;
    hash = linkHash(hash, event);
    return { position, eventId: event.id, hash };
  });
}
