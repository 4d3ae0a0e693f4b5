import type { Tx } from '@supportgraph/data';
import { fail, notFound, type Result, type Viewer } from '@supportgraph/kernel';
import { lockOrder } from '../data/lockOrder.js';
import type { Situation } from '../domain/situation.js';
import { checkStaff } from './access.js';
import type { CommerceDeps } from './deps.js';
import { perform, type Done } from './perform.js';

/** Something that only staff may do to a part of an order. */
export interface StaffDeed {
  action: string;
  /** The part, and the argument that names it. */
  id: string;
  argument: string;
  /** Null: idempotent by itself. */
  idempotencyKey: string | null;
  /** A note for the audit. */
  reason?: string | null;
  /** The order that the part belongs to; null if there is no such part. */
  orderOf(tx: Tx): Promise<string | null>;
}

/** Runs a deed of the staff on the order that a part belongs to, under the order's lock. */
export function performForStaff(
  deps: CommerceDeps,
  viewer: Viewer,
  { action, id, argument, idempotencyKey, reason, orderOf }: StaffDeed,
  decide: (tx: Tx, situation: Situation) => Promise<Result<Done>>,
): Promise<Result<string>> {
  const input = { id, reason: reason ?? null };
  const onBehalf = reason ? { reason } : null;
  return perform(deps, { viewer, action, subjectId: id, idempotencyKey, input, onBehalf }, async (tx, now) => {
    const allowed = checkStaff(viewer, argument);
    if (!allowed.ok) return allowed;
    const orderId = await orderOf(tx);
    const situation = orderId === null ? null : await lockOrder(tx, orderId, now);
    return situation ? decide(tx, situation) : fail(notFound('input', argument));
  });
}
