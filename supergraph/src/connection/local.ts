import type { GraphQLResponse, Service } from '@supportgraph/subgraph';
import { type Connection, type GatewayRequest, isStream } from './connection.js';
import { deadlineOf } from './deadline.js';

export interface LocalOptions {
  /** The longest that the subgraph may take, in ms. @default 10_000 */
  timeoutMs?: number;
}

/** A connection to a subgraph that is hosted in this process. */
export function localConnection(service: Service, { timeoutMs = 10_000 }: LocalOptions = {}): Connection {
  const limited = (request: GatewayRequest) => ({ ...request, deadline: deadlineOf(request, timeoutMs) });
  return {
    name: service.name,
    execute: async (operation, request) => asJson(await service.execute(operation, limited(request))),
    async subscribe(operation, request) {
      const answer = await service.subscribe(operation, limited(request));
      return isStream(answer) ? mapped(answer, asJson) : asJson(answer);
    },
    close: () => Promise.resolve(),
  };
}

/** What would arrive over HTTP: the caller may change it, and values of the JSON scalar are not shared with the resolver. */
function asJson(response: GraphQLResponse): GraphQLResponse {
  // Made of a response, so it is one.
  return JSON.parse(JSON.stringify(response)) as GraphQLResponse;
}

function mapped<T>(source: AsyncIterableIterator<T>, change: (value: T) => T): AsyncIterableIterator<T> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const { done, value } = await source.next();
      return done ? { done, value: undefined } : { done: false, value: change(value) };
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
}
