/** When it is of use to be connected. */
export interface Network {
  /** Aborts when a connection opened now is of no more use: the machine is offline, or nobody has looked for a while. */
  connected(): AbortSignal;
  /** Resolves after the time or as soon as the machine is online again, but not while nobody looks; or when the signal aborts. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * How long a page that nobody looks at keeps its connection, in ms. A browser opens only six to one server over HTTP/1.1,
 * for all of its tabs together.
 */
const unseenMs = 30_000;

/** The {@link Network} of a program that nobody looks at: always there. */
export const steadyNetwork: Network = {
  connected: () => new AbortController().signal,
  pause: (ms, signal) =>
    firstOf(signal, (resolve, until) => {
      const waited = setTimeout(resolve, ms);
      until.addEventListener('abort', () => clearTimeout(waited));
    }),
};

/** The {@link Network} as the browser knows it. */
export function browserNetwork(window: Window): Network {
  const { document } = window;
  let connection = new AbortController();
  let timer: number | undefined;

  const cut = () => {
    connection.abort();
    connection = new AbortController();
  };
  window.addEventListener('offline', cut);
  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(timer);
    if (document.hidden) timer = window.setTimeout(cut, unseenMs);
  });

  return {
    connected: () => connection.signal,
    async pause(ms, signal) {
      await firstOf(signal, (resolve, until) => {
        const waited = window.setTimeout(resolve, ms);
        until.addEventListener('abort', () => window.clearTimeout(waited));
        window.addEventListener('online', resolve, { signal: until });
      });
      if (!document.hidden) return;
      await firstOf(signal, (resolve, until) =>
        document.addEventListener('visibilitychange', resolve, { signal: until }),
      );
    },
  };
}

/** Resolves when `listen`'s callback is called, or when the signal aborts; `until` then ends what was begun. */
function firstOf(signal: AbortSignal, listen: (resolve: () => void, until: AbortSignal) => void): Promise<void> {
  const over = new AbortController();
  return new Promise<void>((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { signal: over.signal });
    listen(resolve, over.signal);
  }).finally(() => over.abort());
}
