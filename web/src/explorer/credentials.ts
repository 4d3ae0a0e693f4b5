/** As whom the explorer asks. Never both: the gateway refuses a request with two identities. Kept in memory only. */
export type Credentials = { kind: 'nobody' } | { kind: 'apiKey'; apiKey: string } | { kind: 'token'; token: string };

export const nobody: Credentials = { kind: 'nobody' };

/** Who that is, by what stands in the two fields, of which one is empty. */
export function credentialsOf(apiKey: string, token: string): Credentials {
  const key = apiKey.trim();
  // What is copied from a header brings its scheme along.
  const bearer = token.trim().replace(/^Bearer\s+/i, '');
  if (key) return { kind: 'apiKey', apiKey: key };
  return bearer ? { kind: 'token', token: bearer } : nobody;
}

/** The headers that say so. */
export function headersOf(credentials: Credentials): Record<string, string> {
  switch (credentials.kind) {
    case 'nobody':
      return {};
    case 'apiKey':
      return { 'x-api-key': credentials.apiKey };
    case 'token':
      return { authorization: `Bearer ${credentials.token}` };
  }
}
