import type { GraphQLResponse, SubgraphOperation, SubgraphRequest } from '@supportgraph/subgraph';

export type { GraphQLResponse, SubgraphOperation };

/** One request of the gateway to its subgraphs. */
export interface GatewayRequest extends SubgraphRequest {
  /** When the answer is no longer of use, in ms since 1970. For a subscription only its opening is meant. @default the connection's own time-out */
  deadline?: number;
}

/**
 * How the gateway reaches a subgraph. Nothing rejects: whatever goes wrong is a response with masked, typed errors
 * (`DOWNSTREAM_SERVICE_ERROR`, `SUBGRAPH_TIMEOUT`, or the subgraph's own codes), the same over every kind of connection.
 * Data is plain JSON that belongs to the caller, who may change it.
 */
export interface Connection {
  /** The name in `supergraph.yaml`. */
  readonly name: string;
  execute(operation: SubgraphOperation, request: GatewayRequest): Promise<GraphQLResponse>;
  /** The stream of a subscription, or the response that says why there is none. A stream that breaks ends with one response with errors. */
  subscribe(
    operation: SubgraphOperation,
    request: GatewayRequest,
  ): Promise<AsyncIterableIterator<GraphQLResponse> | GraphQLResponse>;
  close(): Promise<void>;
}

/** Whether `subscribe` answered with a stream. */
export function isStream(
  answer: AsyncIterableIterator<GraphQLResponse> | GraphQLResponse,
): answer is AsyncIterableIterator<GraphQLResponse> {
  return Symbol.asyncIterator in answer;
}
