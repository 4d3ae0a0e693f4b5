import type { FormattedExecutionResult } from 'graphql';

/** A GraphQL operation as it travels to a subgraph. */
export interface SubgraphOperation {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/** A GraphQL response as JSON: scalars are serialised, errors are masked. */
export type GraphQLResponse = FormattedExecutionResult<Record<string, unknown>>;
