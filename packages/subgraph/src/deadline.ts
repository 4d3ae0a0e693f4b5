import { setMaxListeners } from 'node:events';
import { GraphQLError } from 'graphql';
import { codedError, codeOf } from './errors.js';

const longestTimer = 2 ** 31 - 1;

/** What `signal.reason` is after a deadline has passed. */
export function timedOut() {
  return codedError('SUBGRAPH_TIMEOUT');
}

/** What is answered after `signal` has fired: its reason if that may be shown, else that the caller is gone. */
export function abortError(signal: AbortSignal) {
  const isLate = signal.reason instanceof GraphQLError && codeOf(signal.reason) === 'SUBGRAPH_TIMEOUT';
  return codedError(isLate ? 'SUBGRAPH_TIMEOUT' : 'REQUEST_CANCELLED');
}

/**
 * Runs something under the caller's signal and a deadline (ms since 1970), and settles when any of them is reached,
 * even if what runs does not listen. Own timers, as `AbortSignal.any` of a time-out may be collected before it fires on Node 20.
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  deadline: number | undefined,
  run: (signal: AbortSignal) => Promise<T> | T,
): Promise<T> {
  const controller = new AbortController();
  // Every fetch of a request listens to the request's signal, and stops listening when it is done.
  setMaxListeners(0, signal, controller.signal);
  const cancel = () => controller.abort(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const left = (deadline ?? Infinity) - Date.now();
  if (left <= 0) controller.abort(timedOut());
  const timer = left > longestTimer ? undefined : setTimeout(() => controller.abort(timedOut()), left);
  try {
    return await settled(controller.signal, () => run(controller.signal));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

function settled<T>(signal: AbortSignal, run: () => Promise<T> | T): Promise<T> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(abortError(signal));
    if (signal.aborted) return refuse();
    signal.addEventListener('abort', refuse, { once: true });
    Promise.resolve()
      .then(run)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', refuse));
  });
}
