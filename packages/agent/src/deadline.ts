/** What was waited for in vain. */
export type DeadlineKind = 'firstToken' | 'idle' | 'total';

/** Why a signal of {@link deadline} was aborted, if it was not by its parent. */
export class DeadlinePassed extends Error {
  constructor(readonly kind: DeadlineKind) {
    super(`The ${kind} deadline has passed.`);
    this.name = 'DeadlinePassed';
  }
}

/** A signal that aborts with its parent, or when the time that was set last has passed. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Starts the time anew. */
  set(kind: DeadlineKind, ms: number): void;
  /** Stops the time; the parent still aborts. */
  clear(): void;
  /** Lets go of the parent and the timer. */
  dispose(): void;
}

/** Makes a {@link Deadline}. */
export function deadline(parent: AbortSignal): Deadline {
  const controller = new AbortController();
  const follow = () => controller.abort(parent.reason);
  if (parent.aborted) follow();
  else parent.addEventListener('abort', follow, { once: true });

  let timer: { handle: NodeJS.Timeout; kind: DeadlineKind; ms: number } | undefined;
  const clear = () => {
    clearTimeout(timer?.handle);
    timer = undefined;
  };
  return {
    signal: controller.signal,
    clear,
    set(kind, ms) {
      if (timer?.kind === kind && timer.ms === ms) {
        // Set anew with every token: refreshing costs a tenth of making a timer.
        timer.handle.refresh();
        return;
      }
      clear();
      const handle = setTimeout(() => controller.abort(new DeadlinePassed(kind)), ms);
      timer = { handle, kind, ms };
    },
    dispose() {
      clear();
      parent.removeEventListener('abort', follow);
    },
  };
}

/** Settles as the promise does, or rejects with the signal's reason if that comes first. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // Nobody else may wait for it; a rejection that nobody hears would end the process.
  promise.catch(() => {});
  signal.throwIfAborted();
  let abandon: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abandon = () => reject(signal.reason);
    signal.addEventListener('abort', abandon, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abandon!);
  }
}
