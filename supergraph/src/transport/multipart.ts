import type { Framing } from './stream.js';

/**
 * Apollo's protocol for subscriptions over multipart HTTP. A part is followed by its boundary at once, as clients take a
 * part for whole only when they see the next boundary.
 */
export const multipart: Framing = {
  headers: { 'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0' },
  start: '\r\n--graphql',
  part: (response) => part({ payload: response }),
  heartbeat: part({}),
  end: '--\r\n',
};

function part(content: object): string {
  return `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}\r\n--graphql`;
}
