import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '@supportgraph/kernel';

/**
 * Every code that may leave the platform in `errors[].extensions.code`, with what it says if nothing better is known.
 * An error with any other code, or none, is shown as `INTERNAL_SERVER_ERROR`.
 */
export const errorTable = {
  BAD_USER_INPUT: 'An argument has a value that is not allowed.',
  UNAUTHENTICATED: 'The credentials are missing, malformed or expired.',
  FORBIDDEN: 'You may not do this.',
  THROTTLED: 'Too much at once; ask again later.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE: 'The operation to run is not clear.',
  PERSISTED_QUERY_NOT_FOUND: 'PersistedQueryNotFound',
  PERSISTED_QUERY_NOT_SUPPORTED: 'PersistedQueryNotSupported',
  PERSISTED_QUERY_ONLY: 'Only stored documents are accepted here.',
  BAD_REQUEST: 'The request is malformed.',
  PAYLOAD_TOO_LARGE: 'The request is too large.',
  UNSUPPORTED_MEDIA_TYPE: 'The request has a content type that is not accepted here.',
  NOT_ACCEPTABLE: 'None of the accepted content types can be made here.',
  NOT_FOUND: 'There is nothing here.',
  METHOD_NOT_ALLOWED: 'The request has a method that is not allowed here.',
  OPERATION_TOO_LARGE: 'The operation asks for too much at once.',
  COST_LIMIT_EXCEEDED: 'The operation costs more than is allowed.',
  REQUEST_CANCELLED: 'The caller is gone.',
  SUBGRAPH_TIMEOUT: 'A part of the platform did not answer in time. Try again.',
  DOWNSTREAM_SERVICE_ERROR: 'A part of the platform is not available. Try again.',
  SERVICE_UNAVAILABLE: 'The platform is not ready. Try again.',
  SLOW_CONSUMER: 'The stream was not read fast enough; come back with the last cursor.',
  INTERNAL_SERVER_ERROR: 'Something went wrong on our side.',
} as const;

export type ErrorCode = keyof typeof errorTable;

/** Whether a code may leave the platform. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorTable, code);
}

/** An error that callers may see, with facts of its own in `extensions`. */
export function codedError(
  code: ErrorCode,
  message: string = errorTable[code],
  extensions: Record<string, unknown> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** An argument has a value that is not allowed; the message never repeats the value. */
export function badUserInput(message: string): GraphQLError {
  return codedError('BAD_USER_INPUT', message);
}

/** Anything thrown as a GraphQL error, with the `extensions` that it may have. */
export function asGraphQLError(fault: unknown): GraphQLError {
  if (fault instanceof GraphQLError) return fault;
  const originalError = fault instanceof Error ? fault : new Error(String(fault));
  return new GraphQLError(originalError.message, { originalError });
}

/** The code of an error that may be shown as it is; null if it must be masked. */
export function codeOf(error: GraphQLError): ErrorCode | null {
  const { code } = error.extensions;
  return isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR' ? code : null;
}

/** The cause of an error, as it goes to the log and nowhere else. */
export function causeOf(error: unknown): object {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  return cause instanceof Error
    ? { error: { name: cause.name, message: cause.message, stack: cause.stack } }
    : { error: { message: String(cause) } };
}

/**
 * An error as callers see it: those of the {@link errorTable} as they are, all else as `INTERNAL_SERVER_ERROR`
 * with the id under which the log has the cause. Places in the document are left out: it is the gateway's, not the caller's.
 */
export function maskError(error: GraphQLError, request: { requestId: string; log: Logger }): GraphQLFormattedError {
  const path = error.path && { path: error.path };
  const code = codeOf(error);
  if (code) return { message: error.message, ...path, extensions: plainExtensions(error, code) };
  request.log.error(
    { requestId: request.requestId, path: error.path?.join('.'), ...causeOf(error) },
    'resolver failed',
  );
  return { message: errorTable.INTERNAL_SERVER_ERROR, ...path, extensions: internalError(request.requestId) };
}

function plainExtensions(error: GraphQLError, code: ErrorCode): Record<string, unknown> {
  const { stacktrace: _, ...extensions } = error.extensions;
  return { ...extensions, code };
}

function internalError(requestId: string) {
  return { code: 'INTERNAL_SERVER_ERROR' satisfies ErrorCode, requestId };
}
