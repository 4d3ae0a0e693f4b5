/** What has been opened, to be closed in reverse order. */
export interface Closing {
  add(close: () => Promise<unknown>): void;
  /** Closes everything, also if a part of it fails; then rejects with what failed. */
  close(): Promise<void>;
}

/** Makes a {@link Closing}. */
export function closing(): Closing {
  const closers: (() => Promise<unknown>)[] = [];
  return {
    add: (close) => void closers.push(close),
    async close() {
      const failures: unknown[] = [];
      for (const close of closers.splice(0).reverse()) await close().catch((fault: unknown) => failures.push(fault));
      if (failures.length) throw new AggregateError(failures, 'Not everything could be closed.');
    },
  };
}

/** Runs something that opens things; if it fails, what was opened is closed again. */
export async function opening<T>(run: (opened: Closing) => Promise<T>): Promise<T> {
  const opened = closing();
  try {
    return await run(opened);
  } catch (fault) {
    await opened.close();
    throw fault;
  }
}
