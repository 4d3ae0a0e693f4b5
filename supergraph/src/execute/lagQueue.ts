/** Values on their way to one consumer, who takes them at their own pace. */
export interface LagQueue<T> {
  /** Adds a value, joined to the last one that waits where that is possible. */
  push(value: T): void;
  /** Ends after the values that wait. */
  end(): void;
  /** The next value; done after the end. One call at a time. */
  next(): Promise<IteratorResult<T, undefined>>;
  /** Ends now and lets go of what waits; a `next` under way settles at once. */
  close(): void;
}

export interface LagQueueOptions<T> {
  /** Values that may wait. */
  capacity: number;
  /** Makes one value of two that follow each other, or null. Only asked while the consumer lags. */
  join(last: T, next: T): T | null;
  /** The last value of a consumer who lags too far: given the last value they took. What waited is let go. */
  overflow(taken: T | undefined): T;
  /** Called once when no more values are wanted. */
  onEnd(): void;
}

/** Makes a {@link LagQueue}. */
export function lagQueue<T>({ capacity, join, overflow, onEnd }: LagQueueOptions<T>): LagQueue<T> {
  const done = { done: true, value: undefined } as const;
  const waiting: T[] = [];
  let taken: T | undefined;
  let waiter: ((result: IteratorResult<T, undefined>) => void) | undefined;
  let isOpen = true;

  const finish = () => {
    if (!isOpen) return;
    isOpen = false;
    waiter?.(done);
    waiter = undefined;
    onEnd();
  };
  const give = (value: T) => {
    taken = value;
    return { done: false, value } as const;
  };
  const enqueue = (value: T) => {
    const joined = waiting.length ? join(waiting.at(-1)!, value) : null;
    if (joined !== null) waiting[waiting.length - 1] = joined;
    else if (waiting.length < capacity) waiting.push(value);
    else {
      waiting.splice(0, waiting.length, overflow(taken));
      finish();
    }
  };

  return {
    push(value) {
      if (!isOpen) return;
      if (!waiter) return enqueue(value);
      const resolve = waiter;
      waiter = undefined;
      resolve(give(value));
    },
    end: finish,
    next() {
      if (waiting.length) return Promise.resolve(give(waiting.shift()!));
      if (!isOpen) return Promise.resolve(done);
      return new Promise((resolve) => (waiter = resolve));
    },
    close() {
      waiting.length = 0;
      finish();
    },
  };
}
