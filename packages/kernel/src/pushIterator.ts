/** An async iterator that is pushed into. `return()` settles at once even while a `next()` waits, which an async generator's does not. */
export interface PushIterator<T> extends AsyncIterableIterator<T> {
  /** Adds a value; false if the iterator has ended or its queue is full (then it is for the caller to end it). */
  push(value: T): boolean;
  /** Ends after the values already queued. */
  end(): void;
  /** Ends with an error after the values already queued. */
  fail(error: unknown): void;
  /** Values waiting to be taken. */
  readonly size: number;
}

export interface PushIteratorOptions {
  /** Values that may wait before `push` answers false. @default 1_000 */
  capacity?: number;
  /** Called when the last of the values waiting has been taken. */
  onDrain?: () => void;
  /** Called once when the consumer leaves or the iterator has ended. */
  onEnd?: () => void;
}

type Ending = { kind: 'open' } | { kind: 'ended' } | { kind: 'failed'; error: unknown };

/** Makes a {@link PushIterator}. */
export function pushIterator<T>({ capacity = 1_000, onDrain, onEnd }: PushIteratorOptions = {}): PushIterator<T> {
  const queue: T[] = [];
  const waiting: { resolve(result: IteratorResult<T>): void; reject(error: unknown): void }[] = [];
  let ending: Ending = { kind: 'open' };

  const finish = (next: Ending) => {
    if (ending.kind !== 'open') return;
    ending = next;
    for (const waiter of waiting.splice(0)) settle(waiter);
    onEnd?.();
  };
  const settle = ({ resolve, reject }: (typeof waiting)[number]) => {
    if (ending.kind === 'failed') {
      const { error } = ending;
      ending = { kind: 'ended' };
      reject(error);
    } else resolve({ done: true, value: undefined });
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    get size() {
      return queue.length;
    },
    push(value) {
      if (ending.kind !== 'open') return false;
      const waiter = waiting.shift();
      if (waiter) waiter.resolve({ done: false, value });
      else if (queue.length < capacity) queue.push(value);
      else return false;
      return true;
    },
    end: () => finish({ kind: 'ended' }),
    fail: (error) => finish({ kind: 'failed', error }),
    next() {
      if (queue.length) {
        const value = queue.shift()!;
        if (!queue.length) onDrain?.();
        return Promise.resolve({ done: false, value });
      }
      return new Promise((resolve, reject) => {
        if (ending.kind === 'open') waiting.push({ resolve, reject });
        else settle({ resolve, reject });
      });
    },
    return() {
      queue.length = 0;
      finish({ kind: 'ended' });
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error) {
      queue.length = 0;
      finish({ kind: 'ended' });
      return Promise.reject(error);
    },
  };
}
