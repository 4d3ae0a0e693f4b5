/**
 * The values of a source until `signal` fires or the consumer leaves. Then a waiting `next()` settles at once
 * (an async generator's would not) and the source is told to stop.
 */
export function interruptible<T>(
  source: AsyncIterator<T>,
  signal: AbortSignal,
  onEnd?: () => void,
): AsyncIterableIterator<T> {
  const waiting = new Set<(result: IteratorResult<T>) => void>();
  let isOpen = true;

  const finish = () => {
    if (!isOpen) return;
    isOpen = false;
    signal.removeEventListener('abort', stop);
    for (const resolve of waiting) resolve({ done: true, value: undefined });
    waiting.clear();
    onEnd?.();
  };
  const stop = () => {
    if (!isOpen) return;
    finish();
    // The consumer is gone: nobody is left to hear how the source took it.
    void Promise.resolve(source.return?.()).catch(() => {});
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      new Promise((resolve, reject) => {
        if (!isOpen) return resolve({ done: true, value: undefined });
        waiting.add(resolve);
        source.next().then(
          (result) => {
            waiting.delete(resolve);
            if (result.done) finish();
            resolve(result);
          },
          (error: unknown) => {
            waiting.delete(resolve);
            finish();
            reject(error);
          },
        );
      }),
    return() {
      stop();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error) {
      stop();
      return Promise.reject(error);
    },
  };
}
