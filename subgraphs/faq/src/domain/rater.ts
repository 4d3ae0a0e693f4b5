import type { Viewer } from '@supportgraph/kernel';

/**
 * Who a rating is by: a member of the staff, the customer (on whatever device), the session that an API client opened, the
 * client itself, or the visitor's session. Null for somebody who cannot be told from others.
 */
export function raterOf(viewer: Viewer, customerId: string | null, sessionId: string | null): string | null {
  if (viewer.staffId) return `staff:${viewer.staffId}`;
  if (customerId) return `customer:${customerId}`;
  const session = viewer.sessionId ?? sessionId;
  if (session) return `session:${session}`;
  return viewer.apiClientId ? `api:${viewer.apiClientId}` : null;
}
