import type { Language, Logger, Viewer } from '@supportgraph/kernel';
import { asGraphQLError, codedError, type GraphQLResponse } from '@supportgraph/subgraph';
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { isStream } from './connection/connection.js';
import type { DueRequest, Executor } from './execute/executor.js';
import type { Operation, Variables } from './execute/operation.js';
import { isMutation } from './guard/documents.js';
import type { Guard } from './guard/guard.js';
import type { Identity } from './guard/identity.js';
import { maskError, maskResponse } from './guard/masking.js';

/** Who asks, and what holds for all that they ask in one request. */
export interface Caller {
  requestId: string;
  viewer: Viewer;
  /** When the credentials end, in ms since 1970; null if they do not. */
  expiresAt: number | null;
  language: Language;
  /** Aborted when the caller is gone. */
  signal: AbortSignal;
}

/** An operation that the guard let through. */
export interface Admitted {
  operation: Operation;
  variables: Variables;
}

/** The guard and the executor as one: what transports talk to. Answers are masked, nothing rejects but `identify`. */
export interface Graph {
  readonly schema: GraphQLSchema;
  identify: Identity;
  admit: Guard['admit'];
  /** Answers a query or mutation before the gateway's deadline, in part if need be. */
  run(admitted: Admitted, caller: Caller): Promise<GraphQLResponse>;
  /** Opens a subscription: its events, or why there are none. */
  follow(admitted: Admitted, caller: Caller): Promise<GraphQLResponse | AsyncIterableIterator<GraphQLResponse>>;
  /** Errors as the caller may see them. */
  shown(errors: readonly GraphQLError[], requestId: string): GraphQLFormattedError[];
}

export interface GraphOptions {
  executor: Executor;
  guard: Guard;
  identity: Identity;
  /** How long a query or mutation may take, in ms. */
  deadlineMs: number;
  log: Logger;
}

const neverAborted = new AbortController().signal;
// Every fetch under way listens to it.
setMaxListeners(0, neverAborted);
const longestTimer = 2 ** 31 - 1;

/** Tells when a caller is gone. Each of the caller's operations and fetches listens to it, however many they are. */
export function callerSignal(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** A new name for one request, for logs and errors. */
export function newRequestId(): string {
  return `req_${randomUUID()}`;
}

/** Makes a {@link Graph}. */
export function openGraph({ executor, guard, identity, deadlineMs, log }: GraphOptions): Graph {
  const dueRequest = (admitted: Admitted, { requestId, viewer, language, signal }: Caller): DueRequest => ({
    requestId,
    viewer,
    language,
    // A change that has begun is carried through even if the caller does not wait for it.
    signal: isMutation(admitted.operation) ? neverAborted : signal,
    deadline: Date.now() + deadlineMs,
    log: log.child({ requestId }),
  });
  const failed = (fault: unknown, requestId: string): GraphQLResponse => {
    log.error(
      { requestId, fault: String(fault), stack: fault instanceof Error ? fault.stack : null },
      'operation failed',
    );
    return maskResponse({ errors: [asGraphQLError(fault).toJSON()] }, { requestId, log });
  };

  return {
    schema: executor.schema,
    identify: identity,
    admit: guard.admit,
    shown: (errors, requestId) => errors.map((error) => maskError(error.toJSON(), { requestId, log })),

    async run(admitted, caller) {
      const request = dueRequest(admitted, caller);
      try {
        return maskResponse(await executor.execute(admitted.operation, admitted.variables, request), request);
      } catch (fault) {
        return failed(fault, caller.requestId);
      }
    },

    async follow(admitted, caller) {
      const request = dueRequest(admitted, caller);
      try {
        const answer = await executor.subscribe(admitted.operation, admitted.variables, request);
        if (!isStream(answer)) return maskResponse(answer, request);
        return maskedStream(answer, (response) => maskResponse(response, request), caller.expiresAt);
      } catch (fault) {
        return failed(fault, caller.requestId);
      }
    },
  };
}

/** A stream as the caller may see it, which ends with an error when their credentials do. */
function maskedStream(
  source: AsyncIterableIterator<GraphQLResponse>,
  mask: (response: GraphQLResponse) => GraphQLResponse,
  expiresAt: number | null,
): AsyncIterableIterator<GraphQLResponse> {
  let hasExpired = false;
  const remainingMs = expiresAt === null ? Infinity : Math.max(0, expiresAt - Date.now());
  const expire = () => {
    hasExpired = true;
    void source.return?.();
  };
  const timer = remainingMs > longestTimer ? undefined : setTimeout(expire, remainingMs);

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const { done, value } = await source.next();
      if (!done) return { done: false, value: mask(value as GraphQLResponse) };
      clearTimeout(timer);
      if (!hasExpired) return { done: true, value: undefined };
      hasExpired = false;
      return { done: false, value: mask({ errors: [codedError('UNAUTHENTICATED').toJSON()] }) };
    },
    async return() {
      clearTimeout(timer);
      await source.return?.();
      return { done: true, value: undefined };
    },
    async throw(error) {
      clearTimeout(timer);
      await source.return?.();
      throw error;
    },
  };
}
