import type { Framing } from './stream.js';

/**
 * Server-sent events as graphql-sse has them, one connection for each operation. Written here, as graphql-sse's own handler
 * reads ahead of a slow client without bound.
 */
export const sse: Framing = {
  headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  // Firefox and Safari do not take the answer for begun before its first byte.
  start: ':\n\n',
  part: (response) => `event: next\ndata: ${JSON.stringify(response)}\n\n`,
  heartbeat: ':\n\n',
  end: 'event: complete\ndata:\n\n',
};
