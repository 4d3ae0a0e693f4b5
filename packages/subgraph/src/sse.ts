import type { ServerResponse } from 'node:http';
import type { GraphQLResponse } from './response.js';

/**
 * Writes responses as server-sent events in the distinct-connections mode of graphql-sse: `next` for each, `complete` at
 * the end, comments as pings. The next response is asked for only when the reader has taken the last one.
 */
export async function writeEvents(
  answers: AsyncIterableIterator<GraphQLResponse>,
  response: ServerResponse,
  pingMs: number,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.write(':\n\n');
  const ping = setInterval(() => {
    if (!response.writableNeedDrain) response.write(':\n\n');
  }, pingMs);
  try {
    for await (const answer of answers) {
      const isFull = !response.write(`event: next\ndata: ${JSON.stringify(answer)}\n\n`);
      if (isFull) await drained(response);
      if (response.destroyed) return;
    }
    response.end('event: complete\ndata:\n\n');
  } finally {
    clearInterval(ping);
  }
}

/** Resolves when the reader has caught up, or has gone. */
function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** Reads such events: yields each response, ends at `complete`, throws if the stream ends before it or an event is longer than `maxBytes`. */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<GraphQLResponse> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const events = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = events.pop()!;
    for (const event of events) {
      if (event.startsWith(':')) continue;
      const [name, data] = event.split('\n');
      if (name === 'event: complete') return;
      // Written by `writeEvents` of a subgraph of ours.
      if (name === 'event: next' && data) yield JSON.parse(data.slice('data: '.length)) as GraphQLResponse;
    }
    if (rest.length > maxBytes) throw new Error('An event is too long.');
  }
  throw new Error('The stream was cut.');
}
