import type { GatewayRequest } from './connection.js';

/** When a subgraph must have answered: the request's deadline, or the connection's time-out if that is earlier. */
export function deadlineOf({ deadline = Infinity }: GatewayRequest, timeoutMs: number): number {
  return Math.min(deadline, Date.now() + timeoutMs);
}
