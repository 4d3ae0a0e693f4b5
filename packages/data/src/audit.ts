import { newId, type Viewer } from '@supportgraph/kernel';
import type { AuditOutcome } from './generated/prisma/client.js';
import type { JsonObject } from './json.js';
import type { Tx } from './transaction.js';

/** A deed for the audit. */
export interface AuditEntry {
  viewer: Viewer;
  /** The actor as shown at the time; their id if not given. */
  actorName?: string;
  /** For example `order.cancel`. */
  action: string;
  outcome: AuditOutcome;
  /** The error code of what was denied or failed. */
  code?: string;
  subjectId?: string;
  sessionId?: string;
  /** For staff that acts for a customer. */
  onBehalf?: { handoffId?: string | null; reason: string };
  /** Fields before and after, with secrets and personal data masked by the caller. */
  changes?: JsonObject;
  traceId?: string;
}

/** Appends to the audit, in the transaction of the deed. What was denied is written in a transaction of its own. */
export async function audit(tx: Tx, entry: AuditEntry, now: Date): Promise<void> {
  const { viewer, actorName, onBehalf, sessionId, ...deed } = entry;
  const actorId = viewer.staffId ?? viewer.apiClientId ?? viewer.customerId;
  await tx.auditEvent.create({
    data: {
      ...deed,
      id: newId('aud', now.getTime()),
      occurredAt: now,
      actorRole: viewer.role,
      actorId,
      actorName: actorName ?? actorId ?? viewer.role.toLowerCase(),
      sessionId: sessionId ?? viewer.sessionId,
      handoffId: onBehalf?.handoffId,
      reason: onBehalf?.reason,
    },
  });
}
