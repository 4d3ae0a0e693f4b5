import { loadAudit, pageOfAudit, type AuditFilter, type AuditRecord, type Database } from '@supportgraph/data';
import { isId, type Viewer } from '@supportgraph/kernel';
import type { Page } from '@supportgraph/subgraph';

/** Ids sort by time, so a page needs no more. */
export const auditKey = ['string'] as const;

/** Who did what. Operators only: to others nothing is there. */
export interface AuditLog {
  /** Newest first. */
  page(viewer: Viewer, filter: AuditFilter, page: Page<typeof auditKey>): Promise<AuditRecord[]>;
  /** In the order of the ids. */
  load(viewer: Viewer, ids: readonly string[]): Promise<(AuditRecord | null)[]>;
}

export function auditLog({ db }: { db: Database }): AuditLog {
  return {
    page: (viewer, filter, { take, key }) => pageOfAudit(db, viewer, filter, { take, key: key?.[0] ?? null }),
    load: (viewer, ids) =>
      loadAudit(
        db,
        viewer,
        ids.map((id) => (isId('aud', id) ? id : '')),
      ),
  };
}
