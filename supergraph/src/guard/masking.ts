import type { Logger } from '@supportgraph/kernel';
import { errorTable, type GraphQLResponse, isErrorCode } from '@supportgraph/subgraph';
import type { GraphQLFormattedError } from 'graphql';

/** What a client may learn besides the code. The executor adds names of subgraphs, which they may not. */
const shownExtensions = ['cursor', 'retryable', 'retryAfterMs'] as const;

/** Where the id of a hidden error goes, so that the log can be searched for it. */
interface MaskedRequest {
  requestId: string;
  log: Logger;
}

/** An error as clients see it: with a code of the table as it is, else `INTERNAL_SERVER_ERROR` with the request's id. */
export function maskError(error: GraphQLFormattedError, { requestId, log }: MaskedRequest): GraphQLFormattedError {
  const { message, locations, path, extensions = {} } = error;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const { code } = extensions;
  if (isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR') {
    return { message, ...place, extensions: { code, ...picked(extensions) } };
  }
  // A subgraph has logged what it hid itself.
  if (code !== 'INTERNAL_SERVER_ERROR') log.error({ requestId, error }, 'error hidden from the client');
  const hidden = { code: 'INTERNAL_SERVER_ERROR', requestId };
  return { message: errorTable.INTERNAL_SERVER_ERROR, ...place, extensions: hidden };
}

function picked(extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown = shownExtensions.filter((name) => extensions[name] !== undefined);
  return Object.fromEntries(shown.map((name) => [name, extensions[name]]));
}

/** A response as clients see it. */
export function maskResponse({ data, errors }: GraphQLResponse, request: MaskedRequest): GraphQLResponse {
  if (!errors?.length) return { data };
  return { errors: errors.map((error) => maskError(error, request)), ...(data !== undefined && { data }) };
}
