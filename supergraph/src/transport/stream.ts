import type { GraphQLResponse } from '@supportgraph/subgraph';
import type { ServerResponse } from 'node:http';

/** How a stream of responses is written into the body of one HTTP answer. */
export interface Framing {
  headers: Readonly<Record<string, string>>;
  start: string;
  part(response: GraphQLResponse): string;
  heartbeat: string;
  end: string;
}

export interface StreamTimes {
  /** Between heartbeats, in ms; the first one comes at a random moment before, so that they spread. @default 5_000 */
  heartbeatMs: number;
  /** How long a reader may take nothing before the connection is cut, in ms. @default 30_000 */
  stallMs: number;
}

/**
 * Writes responses as they come. The next one is asked for only when the reader has taken the last: so whatever a slow
 * reader leaves waits in the subscription's bounded queue, and nowhere else.
 */
export async function writeStream(
  response: ServerResponse,
  results: AsyncIterableIterator<GraphQLResponse>,
  { headers, start, part, heartbeat, end }: Framing,
  { heartbeatMs, stallMs }: StreamTimes,
): Promise<void> {
  // Ends the subscription even while it waits for an event.
  const leave = () => void results.return?.();
  response.once('close', leave);
  response.writeHead(200, { ...headers, 'cache-control': 'no-cache, no-store', 'x-accel-buffering': 'no' });
  response.socket?.setNoDelay(true);
  response.write(start);
  const beat = () => {
    if (!response.writableNeedDrain) response.write(heartbeat);
    timer = setTimeout(beat, heartbeatMs);
  };
  let timer = setTimeout(beat, Math.random() * heartbeatMs);
  try {
    for await (const result of results) {
      if (!response.write(part(result))) await drained(response, stallMs);
      if (response.destroyed) return;
    }
    response.end(end);
  } finally {
    clearTimeout(timer);
    response.off('close', leave);
  }
}

/** Resolves when the reader has caught up or is gone; one who takes nothing for too long is cut off. */
function drained(response: ServerResponse, stallMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => response.destroy(), stallMs);
    const done = () => {
      clearTimeout(timer);
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
    if (response.destroyed) done();
  });
}

/** One response as a stream of one. */
export async function* once(response: GraphQLResponse): AsyncGenerator<GraphQLResponse, undefined> {
  yield await Promise.resolve(response);
  return undefined;
}
