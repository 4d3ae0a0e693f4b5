import { backOffMs } from './backOff.js';
import { type Connection, post } from './connection.js';
import { faultOf, GraphFault, responseOf } from './faults.js';
import { steadyNetwork } from './network.js';

export interface RequestOptions extends Connection {
  /** A query or mutation. */
  query: string;
  variables?: object;
  signal?: AbortSignal;
  /** How long one try may take, in ms. @default 20_000 */
  timeoutMs?: number;
  /** How often it is tried at most. @default 5 */
  tries?: number;
}

/**
 * Runs a query or mutation. What may be repeated is tried again: queries, and mutations whose input has an
 * `idempotencyKey`, which therefore are carried out once however often they arrive. Rejects with a {@link GraphFault} if
 * there are errors; user errors are data.
 */
export async function request<Data>(options: RequestOptions): Promise<Data> {
  const { variables = {}, signal = new AbortController().signal } = options;
  const tries = mayRepeat(options.query, variables) ? (options.tries ?? 5) : 1;
  for (let failures = 1; ; failures++) {
    try {
      // The caller knows what its document asks for.
      return (await tryOnce(options, variables, signal)) as Data;
    } catch (fault) {
      signal.throwIfAborted();
      if (!(fault instanceof GraphFault) || fault.isFinal || failures >= tries) throw fault;
      await steadyNetwork.pause((fault.retryAfterMs ?? 0) + backOffMs(failures), signal);
      signal.throwIfAborted();
    }
  }
}

async function tryOnce(options: RequestOptions, variables: object, signal: AbortSignal): Promise<unknown> {
  const { query, timeoutMs = 20_000 } = options;
  const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const response = await post(options, 'application/json', { query, variables }, until).then(responseOf, unreachable);
  if (!response.data || response.errors) throw faultOf(response);
  return response.data;
}

function unreachable(cause: unknown): never {
  throw new GraphFault('UNREACHABLE', cause instanceof Error ? cause.message : undefined);
}

/** A document that says `mutation` anywhere is taken for one: wrongly, it is only tried less often. */
function mayRepeat(query: string, variables: object): boolean {
  if (!/\bmutation\b/.test(query)) return true;
  return Object.values(variables as Record<string, unknown>).some(
    (input) => typeof input === 'object' && input !== null && 'idempotencyKey' in input,
  );
}

/** A new idempotency key, of 128 random bits. Make it once for each wish, and keep it until the wish is granted. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
