import type { Language, Logger, Viewer } from '@supportgraph/kernel';
import { asGraphQLError, codedError, type GraphQLResponse } from '@supportgraph/subgraph';
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { isStream } from './connection/connection.js';
import type { DueRequest, Executor } from './execute/executor.js';
import { isMutation } from './guard/documents.js';
import type { Admitted, Charge, Guard } from './guard/guard.js';
import type { Credentials, Identified, Identity } from './guard/identity.js';
import { maskError, maskResponse } from './guard/masking.js';
import { principalOf, sourceOf } from './guard/principal.js';
import { openShares } from './guard/shares.js';
import type { Tally } from './guard/tally.js';

/** Who asks, and how long they may. */
export interface Principal extends Identified {
  viewer: Viewer;
  /** Whose allowance is used. */
  principal: string;
  /** Whose reading is counted. */
  source: string;
}

/** Who asks, and what holds for all that they ask in one request. */
export interface Caller extends Principal {
  requestId: string;
  language: Language;
  /** Aborted when the caller is gone. */
  signal: AbortSignal;
}

export type { Admitted };
/** A charge that was granted. */
export type Granted = Extract<Charge, { ok: true }>;

/** The guard and the executor as one: what transports talk to. Answers are masked, nothing rejects but `identify`. */
export interface Graph {
  readonly schema: GraphQLSchema;
  /** Finds out who asks from an address. */
  identify(credentials: Credentials, address: string): Promise<Principal>;
  admit: Guard['admit'];
  charge: Guard['charge'];
  /** Answers a query or mutation before the gateway's deadline, in part if need be. */
  run(admitted: Admitted, caller: Caller, charge: Granted): Promise<GraphQLResponse>;
  /** Opens a subscription: its events, or why there are none. */
  follow(
    admitted: Admitted,
    caller: Caller,
    charge: Granted,
  ): Promise<GraphQLResponse | AsyncIterableIterator<GraphQLResponse>>;
  /** Errors as the caller may see them. */
  shown(errors: readonly GraphQLError[], requestId: string): GraphQLFormattedError[];
}

export interface GraphOptions {
  executor: Executor;
  guard: Guard;
  identity: Identity;
  /** Subscriptions that one principal may have open in this process. */
  streamsPerPrincipal: number;
  /** The most that one operation may cost. */
  maxCost: number;
  tally: Tally;
  /** How long a query or mutation may take, in ms. */
  deadlineMs: number;
  log: Logger;
}

const neverAborted = new AbortController().signal;
// Every fetch under way listens to it.
setMaxListeners(0, neverAborted);
const longestTimer = 2 ** 31 - 1;
/** What a subscription costs once it is open, whatever its events could hold: their number is not the caller's doing. */
const subscriptionCost = 10;

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
export function openGraph(options: GraphOptions): Graph {
  const { executor, guard, identity, deadlineMs, streamsPerPrincipal, maxCost, tally, log } = options;
  const streams = openShares(streamsPerPrincipal);
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

  const counted = (kind: string, response: GraphQLResponse): GraphQLResponse => {
    const code = response.errors?.[0]?.extensions?.['code'];
    tally.answered(kind, typeof code === 'string' ? code : 'ok');
    return response;
  };

  return {
    schema: executor.schema,
    admit: guard.admit,
    charge: guard.charge,
    async identify(credentials, address) {
      const identified = await identity(credentials);
      const { viewer } = identified;
      return { ...identified, principal: principalOf(viewer, address), source: sourceOf(viewer, address) };
    },
    shown: (errors, requestId) => errors.map((error) => maskError(error.toJSON(), { requestId, log })),

    async run(admitted, caller, charge) {
      const { operation, variables, cost } = admitted;
      const request = dueRequest(admitted, caller);
      try {
        const response = maskResponse(await executor.execute(operation, variables, request), request);
        const actual = Math.min(cost, operation.price.actual(response.data));
        charge.settle(actual);
        const extensions = { cost: { requested: cost, actual, max: maxCost } };
        return counted(operation.definition.operation, { ...response, extensions });
      } catch (fault) {
        return counted(operation.definition.operation, failed(fault, caller.requestId));
      }
    },

    async follow(admitted, caller, charge) {
      const request = dueRequest(admitted, caller);
      const { principal } = caller;
      if (!streams.take(principal)) {
        const error = codedError('THROTTLED', 'Too many subscriptions are open; end one of them first.').toJSON();
        return counted('subscription', { errors: [error] });
      }
      try {
        const answer = await executor.subscribe(admitted.operation, admitted.variables, request);
        if (isStream(answer)) {
          tally.answered('subscription', 'ok');
          charge.settle(subscriptionCost);
          const mask = (response: GraphQLResponse) => maskResponse(response, request);
          return untilNotAllowed(answer, mask, caller, () => streams.release(principal));
        }
        streams.release(principal);
        return counted('subscription', maskResponse(answer, request));
      } catch (fault) {
        streams.release(principal);
        return counted('subscription', failed(fault, caller.requestId));
      }
    },
  };
}

/** A stream as the caller may see it; it ends with an error when their credentials end or are taken back. */
function untilNotAllowed(
  source: AsyncIterableIterator<GraphQLResponse>,
  mask: (response: GraphQLResponse) => GraphQLResponse,
  { expiresAt, revoked }: Identified,
  onEnd: () => void,
): AsyncIterableIterator<GraphQLResponse> {
  let isOver = false;
  let isOpen = true;
  const remainingMs = expiresAt === null ? Infinity : Math.max(0, expiresAt - Date.now());
  const dismiss = () => {
    isOver = true;
    void source.return?.();
  };
  const timer = remainingMs > longestTimer ? undefined : setTimeout(dismiss, remainingMs);
  revoked?.addEventListener('abort', dismiss, { once: true });
  if (revoked?.aborted) dismiss();
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    clearTimeout(timer);
    revoked?.removeEventListener('abort', dismiss);
    onEnd();
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const { done, value } = await source.next();
      if (!done) return { done: false, value: mask(value as GraphQLResponse) };
      end();
      if (!isOver) return { done: true, value: undefined };
      isOver = false;
      return { done: false, value: mask({ errors: [codedError('UNAUTHENTICATED').toJSON()] }) };
    },
    async return() {
      end();
      await source.return?.();
      return { done: true, value: undefined };
    },
    async throw(error) {
      end();
      await source.return?.();
      throw error;
    },
  };
}
