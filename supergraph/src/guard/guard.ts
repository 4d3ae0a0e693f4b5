import type { Viewer } from '@supportgraph/kernel';
import { codedError } from '@supportgraph/subgraph';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Operation, Variables } from '../execute/operation.js';
import { openAccess } from './access.js';
import { openDocuments } from './documents.js';
import type { Limits } from './limits.js';
import { badVariables } from './variables.js';

/** What a caller asks for, in the same words over every transport. */
export interface OperationParams {
  query: string;
  operationName?: string | null;
  variables?: Variables | null;
}

/** An operation that may be carried out, or why it may not. */
export type Admission =
  { ok: true; operation: Operation; variables: Variables } | { ok: false; errors: readonly GraphQLError[] };

/** Looks at every operation before it is carried out; the same for each transport. */
export interface Guard {
  admit(params: OperationParams, viewer: Viewer): Admission;
}

export interface GuardOptions {
  supergraphSdl: string;
  schema: GraphQLSchema;
  limits: Limits;
  /** Whether the schema may be asked for. */
  introspection: boolean;
}

/** Makes a {@link Guard}. Cheap checks come first: size, then meaning, then permission, then values. */
export function openGuard({ supergraphSdl, schema, limits, introspection }: GuardOptions): Guard {
  const documents = openDocuments({ schema, limits, introspection });
  const access = openAccess(supergraphSdl);
  return {
    admit({ query, operationName, variables }, viewer) {
      const operation = documents.read(query, operationName);
      if (!('definition' in operation)) return { ok: false, errors: operation };
      const values = variables ?? {};
      const errors = [...access.refusals(operation, viewer), ...badVariables(schema, operation, values, limits.errors)];
      return errors.length
        ? { ok: false, errors: errors.slice(0, limits.errors) }
        : { ok: true, operation, variables: values };
    },
  };
}

/** The parameters in a request's body or a `subscribe` message. Throws a coded error if they are not well formed. */
export function readParams(body: unknown): OperationParams {
  if (!isRecord(body)) throw codedError('BAD_REQUEST', 'The body must be one JSON object.');
  const { query, operationName, variables } = body;
  if (typeof query !== 'string' || !query) throw codedError('BAD_REQUEST', '"query" must be a text.');
  if (operationName != null && typeof operationName !== 'string')
    throw codedError('BAD_REQUEST', '"operationName" must be a text.');
  if (variables != null && !isRecord(variables)) throw codedError('BAD_REQUEST', '"variables" must be an object.');
  return { query, operationName, variables };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
