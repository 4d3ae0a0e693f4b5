import { type Connection, post } from './connection.js';
import { followSession, followTurn } from './documents.js';
import type { SessionEvent, TurnEvent } from './events.js';
import { followStream, type LinkState } from './followStream.js';
import { type Network, steadyNetwork } from './network.js';

export interface FollowOptions extends Connection {
  /** Go on after this position, the `cursor` of an event or a `streamCursor`. @default now for a session, its start for a turn */
  after?: string | null;
  /** Ends it. */
  signal?: AbortSignal;
  /** Told whether there is a connection. */
  onState?(state: LinkState): void;
  /** When it is of use to be connected; pages take `browserNetwork(window)`. @default always */
  network?: Network;
}

/**
 * Follows a turn until it is finished, or a session for as long as the signal allows. Connects again whenever it is cut,
 * after a while that grows and is random, and goes on after the last event: nothing is lost or repeated. After a
 * `StreamReset` the session is to be read again. Rejects with a `GraphFault` if the server will not have it, for example
 * with the code `UNAUTHENTICATED`.
 */
export function follow(options: FollowOptions & { turnId: string }): AsyncGenerator<TurnEvent, void>;
export function follow(options: FollowOptions & { sessionId: string }): AsyncGenerator<SessionEvent, void>;
export function follow(
  options: FollowOptions & { turnId?: string; sessionId?: string },
): AsyncGenerator<SessionEvent, void> {
  const { turnId, sessionId, after = null, signal = new AbortController().signal, network = steadyNetwork } = options;
  const query = turnId === undefined ? followSession : followTurn;
  return followStream<SessionEvent>({
    open: (cursor, until) =>
      post(options, 'text/event-stream', { query, variables: { turnId, sessionId, after: cursor } }, until),
    after,
    counting: turnId === undefined ? 'gapless' : 'growing',
    network,
    signal,
    onState: options.onState,
  });
}
