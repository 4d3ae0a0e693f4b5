import { type ErrorCode, errorTable, isErrorCode } from '@supportgraph/subgraph';
import type { GraphQLFormattedError } from 'graphql';
import type { ServerResponse } from 'node:http';

/** The status of an answer that is nothing but errors. A client's mistake is never a 500. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  // No mistake: clients ask by hash first, and expect to be told so like this.
  PERSISTED_QUERY_NOT_FOUND: 200,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  THROTTLED: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
};

/** Answers with JSON and closes the matter. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
    'content-length': String(Buffer.byteLength(text)),
  });
  response.end(text);
}

/** Answers that nothing was done, and why. */
export function sendErrors(
  response: ServerResponse,
  errors: readonly GraphQLFormattedError[],
  headers: Readonly<Record<string, string>> = {},
): void {
  const code = errors[0]?.extensions?.code;
  const status = (isErrorCode(code) && statusOf[code]) || 400;
  const challenge: Record<string, string> = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  sendJson(response, status, { errors }, { ...challenge, ...headers });
}

/** Errors for an answer outside of GraphQL. */
export function errorBody(code: ErrorCode, message: string = errorTable[code]): { errors: GraphQLFormattedError[] } {
  return { errors: [{ message, extensions: { code } }] };
}
