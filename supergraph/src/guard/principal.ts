import type { Viewer } from '@supportgraph/kernel';

/** Who shares one allowance: a customer, a session, an API client, a member of the staff; of nobody it is the address. */
export function principalOf(viewer: Viewer, address: string): string {
  switch (viewer.role) {
    case 'CUSTOMER':
      return `customer:${viewer.customerId}`;
    case 'PARTNER':
      return `client:${viewer.apiClientId}`;
    case 'STAFF':
    case 'OPERATOR':
      return `staff:${viewer.staffId ?? viewer.role}`;
    case 'ANONYMOUS':
      return viewer.sessionId === null ? `address:${address}` : `session:${viewer.sessionId}`;
  }
}

/** Whose time is counted where no session can be told from the next: the principal, but of all visitors the address. */
export function sourceOf(viewer: Viewer, address: string): string {
  return viewer.role === 'ANONYMOUS' ? `address:${address}` : principalOf(viewer, address);
}
