import { operationFromDocument, type Schema, Supergraph } from '@apollo/federation-internals';
import { buildOperationContext } from '@apollo/gateway';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { Operation } from './operation.js';

/** How @apollo/gateway names the operation that a plan answers. */
export type OperationContext = ReturnType<typeof buildOperationContext>;

/** A plan with what is needed to carry it out. */
export interface PlannedOperation {
  plan: QueryPlan;
  context: OperationContext;
}

/** Knows one supergraph and how to answer operations on it. */
export interface Planner {
  /** What clients see. */
  schema: GraphQLSchema;
  /** The same, as Apollo's planner has it. */
  api: Schema;
  /** What clients see and how the subgraphs make it. */
  supergraphSchema: GraphQLSchema;
  /** Plans an operation, once. Throws if it cannot be planned. */
  plan(operation: Operation): PlannedOperation;
}

/** Reads a composed supergraph. Throws if this gateway does not support it. */
export function openPlanner(supergraphSdl: string): Planner {
  const supergraph = Supergraph.build(supergraphSdl);
  const api = supergraph.apiSchema();
  const schema = api.toGraphQLJSSchema();
  const planner = new QueryPlanner(supergraph);
  // Weak: a plan lives as long as the guard keeps the document.
  const plans = new WeakMap<Operation['definition'], PlannedOperation>();

  const make = ({ document, definition, contract }: Operation): PlannedOperation => {
    const operationName = definition.name?.value;
    return {
      plan: planner.buildQueryPlan(operationFromDocument(api, document, { operationName, validate: false })),
      // The schema of the context is what introspection answers from; the plan knows the whole.
      context: buildOperationContext({ schema: contract, operationDocument: document, operationName }),
    };
  };

  return {
    schema,
    api,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    plan(operation) {
      let planned = plans.get(operation.definition);
      if (!planned) plans.set(operation.definition, (planned = make(operation)));
      return planned;
    },
  };
}
