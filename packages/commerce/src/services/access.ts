import { fail, isStaff, notFound, ok, userError, type Result, type Viewer } from '@supportgraph/kernel';
import type { CommerceDeps } from './deps.js';

/** Either lets an API client see: who may change something must know it. */
const readingScopes = ['orders:read', 'orders:write'];

/** A member of the staff acting for a customer; kept in the audit. */
export interface OnBehalf {
  /** The handoff in which it is done, if in one. */
  handoffId?: string | null;
  reason: string;
}

/** Whether the viewer may know that a customer's things exist. */
export type Sight = (customerId: string) => boolean;

/** Which of these customers' things the viewer may see. A verified visitor's viewer names the customer. */
export async function sightOf(
  { customersServed }: Pick<CommerceDeps, 'customersServed'>,
  viewer: Viewer,
  customerIds: readonly string[],
): Promise<Sight> {
  if (isStaff(viewer)) return () => true;
  if (viewer.role !== 'PARTNER') return (customerId) => customerId === viewer.customerId;
  if (!customersServed || !readingScopes.some((scope) => viewer.scopes.includes(scope))) return () => false;
  const served = new Set(customerIds.length ? await customersServed(viewer, [...new Set(customerIds)]) : []);
  return (customerId) => served.has(customerId);
}

/** Those of what was found that the viewer may see. */
export async function visible<T extends { customerId: string }>(
  deps: CommerceDeps,
  viewer: Viewer,
  found: readonly T[],
): Promise<T[]> {
  const ids = found.map(({ customerId }) => customerId);
  const sees = await sightOf(deps, viewer, ids);
  return found.filter(({ customerId }) => sees(customerId));
}

/** Whether the viewer may change this customer's things; staff only for the customer and with a reason. */
export function checkMayAct(
  sees: Sight,
  viewer: Viewer,
  customerId: string | null,
  onBehalf: OnBehalf | null | undefined,
  argument: string,
): Result<null> {
  if (customerId === null || !sees(customerId)) return fail(notFound('input', argument));
  const isAllowed = isStaff(viewer) ? Boolean(onBehalf?.reason.trim()) : !onBehalf && mayChange(viewer);
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
function mayChange({ role, scopes }: Viewer): boolean {
  return role !== 'PARTNER' || scopes.includes('orders:write');
}
