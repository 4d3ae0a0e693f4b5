import type { Subgraph } from '@supportgraph/subgraph';
import sdl from '../schema.graphql';
import { makeContext, type Context, type ContextDeps } from './context.js';
import { resolvers } from './resolvers.js';

/** What the orders subgraph is made of. */
export type OrdersDeps = ContextDeps;

/** Customers, products and orders, and what can be done with them. */
export function ordersSubgraph(deps: OrdersDeps): Subgraph<Context> {
  return { name: 'orders', sdl, resolvers, context: (request) => makeContext(deps, request) };
}
