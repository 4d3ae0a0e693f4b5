export { ask, type Asked, type AskOptions, type OpenedSession, startSession, type StartSessionOptions } from './ask.js';
export { backOffMs } from './backOff.js';
export type { Connection } from './connection.js';
export type * from './events.js';
export { GraphFault, Refused, type UserError } from './faults.js';
export { follow, type FollowOptions } from './follow.js';
export {
  type Counting,
  type Followed,
  followStream,
  type FollowStreamOptions,
  type LinkState,
} from './followStream.js';
export { browserNetwork, type Network, steadyNetwork } from './network.js';
export { newKey, request, type RequestOptions } from './request.js';
export { textOf, withEvent, type WrittenParts } from './writtenParts.js';
