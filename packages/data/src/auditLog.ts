import type { Viewer } from '@supportgraph/kernel';
import type { Database } from './database.js';
import type { AuditEvent } from './generated/prisma/client.js';

/** An entry of the audit, as it is read. */
export type AuditRecord = AuditEvent;

/** Which entries; all of it must match. */
export interface AuditFilter {
  /** The action, or how it begins if this ends with `*`. */
  action?: string | null;
  subjectId?: string | null;
  sessionId?: string | null;
  from?: Date | null;
  before?: Date | null;
}

/** Entries to take beyond an id, nearest first. */
export interface AuditPage {
  take: number;
  key: string | null;
}

/** Operators only: to others no entry is there. Newest first. */
export async function pageOfAudit(
  { prisma }: Pick<Database, 'prisma'>,
  viewer: Viewer,
  { action, subjectId, sessionId, from, before }: AuditFilter,
  { take, key }: AuditPage,
): Promise<AuditRecord[]> {
  if (viewer.role !== 'OPERATOR' || [action, subjectId, sessionId, key].some((text) => text?.includes('\0'))) return [];
  return prisma.auditEvent.findMany({
    where: {
      ...(action != null && { action: actionLike(action) }),
      ...(subjectId != null && { subjectId }),
      ...(sessionId != null && { sessionId }),
      occurredAt: { gte: from ?? undefined, lt: before ?? undefined },
      ...(key !== null && { id: { lt: key } }),
    },
    orderBy: { id: 'desc' },
    take,
  });
}

function actionLike(action: string): string | { startsWith: string } {
  if (!action.endsWith('*')) return action;
  // Prisma hands this to LIKE as it is.
  return { startsWith: action.slice(0, -1).replace(/[\\%_]/g, '\\$&') };
}

/** Operators only. In the order of the ids. */
export async function loadAudit(
  { prisma }: Pick<Database, 'prisma'>,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(AuditRecord | null)[]> {
  if (viewer.role !== 'OPERATOR') return ids.map(() => null);
  const byId = new Map(
    (await prisma.auditEvent.findMany({ where: { id: { in: [...ids] } } })).map((row) => [row.id, row]),
  );
  return ids.map((id) => byId.get(id) ?? null);
}
