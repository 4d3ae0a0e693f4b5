import { fail, isStaff, notFound, ok, userError, type Result, type Viewer } from '@supportgraph/kernel';

/** A member of the staff acting for a customer; kept in the audit. */
export interface OnBehalf {
  /** The handoff in which it is done, if in one. */
  handoffId?: string | null;
  reason: string;
}

/** Whether the viewer may know that this customer's things exist. A verified visitor's viewer names the customer. */
export function maySee(viewer: Viewer, customerId: string): boolean {
  return isStaff(viewer) || (viewer.customerId === customerId && hasScope(viewer, 'orders:read'));
}

/** Whether the viewer may change this customer's things; staff only for the customer and with a reason. */
export function checkMayAct(
  viewer: Viewer,
  customerId: string | null,
  onBehalf: OnBehalf | null | undefined,
  argument: string,
): Result<null> {
  if (customerId === null || !maySee(viewer, customerId)) return fail(notFound('input', argument));
  const isAllowed = isStaff(viewer) ? Boolean(onBehalf?.reason.trim()) : !onBehalf && hasScope(viewer, 'orders:write');
  return isAllowed ? ok(null) : fail(forbidden('input', 'onBehalf'));
}

/** Whether the viewer works for the shop and may do what only its people do. */
export function checkStaff(viewer: Viewer, argument: string): Result<null> {
  // To everybody else these objects are not there to be acted on.
  return isStaff(viewer) ? ok(null) : fail(notFound('input', argument));
}

export function forbidden(...field: string[]) {
  return userError(
    'FORBIDDEN',
    'You may see this, but not do this to it.',
    '您可以查看這個項目，但無法進行這項操作。',
    field,
  );
}

/** Only API clients are bound to scopes; customers act for themselves. */
function hasScope(viewer: Viewer, scope: string): boolean {
  return viewer.role !== 'PARTNER' || viewer.scopes.includes(scope);
}
