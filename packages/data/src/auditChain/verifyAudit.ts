import type { Database } from '../database.js';
import { chainStart, linkHash } from './link.js';

/** A link that is not as it was made. */
export interface BrokenLink {
  position: number;
  /** Null if there is no link at this position. */
  eventId: string | null;
  problem:
    | 'the link is missing'
    | 'the hash does not fit the event and the link before'
    | 'the link is not the one that was noted';
}

/** How the chain of the audit stands. */
export interface AuditVerdict {
  /** Links that are as they were made, up to the first that is not. */
  links: number;
  /** Hash of the last of them, in hexadecimal; null if there is none. Noted elsewhere, it proves later that nothing was cut off. */
  head: string | null;
  broken: BrokenLink | null;
  /** Events older than a minute that no link holds. */
  unlinked: number;
}

/** A position and hash that an earlier verdict gave. */
export interface NotedHead {
  position: number;
  hash: string;
}

const batch = 1_000;

/** Computes the whole chain again from the events as they are. */
export async function verifyAudit(db: Database, noted: NotedHead | null = null): Promise<AuditVerdict> {
  const [row] = await db.query<{ unlinked: number }>(
    `SELECT count(*) AS unlinked FROM platform.audit_events e WHERE e.stored_at < now() - interval '1 minute'
       AND NOT EXISTS (SELECT FROM platform.audit_chain c WHERE c.event_id = e.id)`,
  );
  const { unlinked } = row!;
  let before: Uint8Array = chainStart;
  let links = 0;
  const verdict = (broken: BrokenLink | null): AuditVerdict => ({
    links,
    head: links ? Buffer.from(before).toString('hex') : null,
    broken,
    unlinked,
  });
  for (;;) {
    const page = await db.prisma.auditLink.findMany({
      where: { position: { gt: links } },
      orderBy: { position: 'asc' },
      take: batch,
      include: { event: true },
    });
    for (const { position, eventId, hash, event } of page) {
      const expected = links + 1;
      if (Number(position) !== expected) return verdict(missing(expected));
      if (!linkHash(before, event).equals(hash))
        return verdict({ position: expected, eventId, problem: 'the hash does not fit the event and the link before' });
      if (noted?.position === expected && noted.hash !== Buffer.from(hash).toString('hex'))
        return verdict({ position: expected, eventId, problem: 'the link is not the one that was noted' });
      before = hash;
      links = expected;
    }
    if (page.length < batch) return verdict(noted && noted.position > links ? missing(links + 1) : null);
  }
}

function missing(position: number): BrokenLink {
  return { position, eventId: null, problem: 'the link is missing' };
}
