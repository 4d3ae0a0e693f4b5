import type { Subgraph } from '@supportgraph/subgraph';
import sdl from '../schema.graphql';
import { makeContext, type Context, type ContextDeps } from './context.js';
import { resolvers } from './resolvers.js';

/** What the refunds subgraph is made of. */
export type RefundsDeps = ContextDeps;

/** Returns, exchanges and money back. */
export function refundsSubgraph(deps: RefundsDeps): Subgraph<Context> {
  return { name: 'refunds', sdl, resolvers, context: (request) => makeContext(deps, request) };
}
