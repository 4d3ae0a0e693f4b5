/** What a caller is; the same names as the schema's `Role`. */
export type Role = 'ANONYMOUS' | 'CUSTOMER' | 'PARTNER' | 'STAFF' | 'OPERATOR';

/** Who is asking, as the credentials of the request say. Services check permission against it. */
export interface Viewer {
  role: Role;
  /** The customer of a merchant's token. Null for a visitor, whose session names the customer once verified. */
  customerId: string | null;
  /** The one session that a visitor's token opens. */
  sessionId: string | null;
  /** The member of the staff, for `STAFF` and (if the token names one) `OPERATOR`. */
  staffId: string | null;
  /** The API client whose key was used. */
  apiClientId: string | null;
  scopes: readonly string[];
}

/** Somebody without credentials. */
export const nobody: Viewer = {
  role: 'ANONYMOUS',
  customerId: null,
  sessionId: null,
  staffId: null,
  apiClientId: null,
  scopes: [],
};

/** Whether the viewer works for the shop. */
export function isStaff(viewer: Viewer): boolean {
  return viewer.role === 'STAFF' || viewer.role === 'OPERATOR';
}
