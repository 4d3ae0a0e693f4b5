import { assertNever, isStaff, userError, type Viewer } from '@supportgraph/kernel';

/**
 * Which sessions a viewer may see, as values for a WHERE clause: all, one, a customer's, or those an API client opened.
 * Everything in a session is seen by those who see the session.
 */
export interface Visibility {
  all: boolean;
  sessionId: string | null;
  customerId: string | null;
  apiClientId: string | null;
}

const nothing: Visibility = { all: false, sessionId: null, customerId: null, apiClientId: null };

export function visibilityOf(viewer: Viewer): Visibility {
  switch (viewer.role) {
    case 'STAFF':
    case 'OPERATOR':
      return { ...nothing, all: true };
    case 'CUSTOMER':
      return { ...nothing, customerId: viewer.customerId };
    case 'PARTNER':
      return mayTalk(viewer) || viewer.scopes.includes('sessions:read')
        ? { ...nothing, apiClientId: viewer.apiClientId }
        : nothing;
    case 'ANONYMOUS':
      return { ...nothing, sessionId: viewer.sessionId };
    default:
      return assertNever(viewer.role);
  }
}

/**
 * The condition that a session `s` is visible, with the four values of {@link visibilityOf} from parameter `first` on.
 * `visibleWhere(2)` goes with `[id, ...visibilityValues(viewer)]`.
 */
export function visibleWhere(first: number): string {
  return `($${first}::boolean OR s.id = $${first + 1}::text OR s.customer_id = $${first + 2}::text OR s.api_client_id = $${first + 3}::text)`;
}

export function visibilityValues(viewer: Viewer): [boolean, string | null, string | null, string | null] {
  const { all, sessionId, customerId, apiClientId } = visibilityOf(viewer);
  return [all, sessionId, customerId, apiClientId];
}

/** False if it can be told without the database that the viewer does not see the session. */
export function maySee(viewer: Viewer, sessionId: string): boolean {
  return viewer.role !== 'ANONYMOUS' || viewer.sessionId === sessionId;
}

/** Who opens a session, as it is kept with it: scopes idempotency keys, and tells the staff's own sessions from others'. */
export function openerOf(viewer: Viewer): string {
  switch (viewer.role) {
    case 'STAFF':
    case 'OPERATOR':
      return `staff:${viewer.staffId ?? viewer.role}`;
    case 'CUSTOMER':
      return `customer:${viewer.customerId}`;
    case 'PARTNER':
      return `client:${viewer.apiClientId}`;
    case 'ANONYMOUS':
      return 'visitor';
    default:
      return assertNever(viewer.role);
  }
}

/** Whose idempotency keys a viewer's are: unlike {@link openerOf} it tells visitors apart. */
export function principalOf(viewer: Viewer): string {
  return viewer.role === 'ANONYMOUS' ? `session:${viewer.sessionId}` : openerOf(viewer);
}

/** Whether the viewer may open sessions and change those it sees. Only partners' keys can lack this. */
export function mayTalk(viewer: Viewer): boolean {
  return viewer.role !== 'PARTNER' || viewer.scopes.includes('sessions:write');
}

/**
 * The opener that a session must have for this viewer to speak in it; null: any. Staff speak to a customer by
 * `sendStaffMessage`, so that nobody takes their words for the customer's; a key without the scope speaks nowhere.
 */
export function speaksOnlyIn(viewer: Viewer): string | null {
  if (!mayTalk(viewer)) return '';
  return isStaff(viewer) ? openerOf(viewer) : null;
}

/** Seen, but not to be done by this viewer. */
export const forbidden = userError('FORBIDDEN', 'You may not do this.', '您沒有權限執行這項操作。');
