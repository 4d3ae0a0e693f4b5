import type { Credentials } from './credentials.js';
import type { Result } from './fetcher.js';

/** What the explorer knows of the schema, which depends on who asks. */
export type SchemaStatus =
  | { kind: 'loading' }
  | { kind: 'ready'; types: number }
  /** What to do about it is in the text. */
  | { kind: 'refused'; text: string };

const whose: Readonly<Record<Credentials['kind'], string>> = {
  nobody: 'a visitor without credentials',
  apiKey: 'this API key',
  token: 'this token',
};

/** What is said of it. */
export function statusText(status: SchemaStatus, credentials: Credentials): string {
  switch (status.kind) {
    case 'loading':
      return 'Reading the schema…';
    case 'ready':
      return `The schema as ${whose[credentials.kind]} may know it: ${status.types} types.`;
    case 'refused':
      return status.text;
  }
}

/** What to do, by the code of the gateway. */
const reasons: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'The gateway does not accept these credentials. Check them, or empty the field.',
  PERSISTED_QUERY_ONLY:
    'This gateway takes documents only with an API key. Paste one above; with the scope “explorer” it also shows the schema.',
  GRAPHQL_VALIDATION_FAILED:
    'The schema is not told to everybody. Paste an API key with the scope “explorer” above, or, where the gateway runs in development, a token. What you know of the API you can ask all the same; the reference describes it.',
};

/** What an answer to the question for the schema means: there it is, or why not, and what helps. */
export function statusOf({ data, errors }: Result): SchemaStatus {
  const schema = data?.__schema;
  if (isSchema(schema)) return { kind: 'ready', types: schema.types.length };
  const { message = 'no reason was given', extensions } = errors?.[0] ?? {};
  return { kind: 'refused', text: reasons[extensions?.code ?? ''] ?? `The schema could not be read: ${message}` };
}

function isSchema(value: unknown): value is { types: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'types' in value && Array.isArray(value.types);
}
