import type { RouteHandler } from '@supportgraph/conversation';
import type { Subgraph } from '@supportgraph/subgraph';
import sdl from '../schema.graphql';
import { makeContext, type Context, type HandoffDeps } from './context.js';
import { reasonOf, summaryOf } from './domain/handoffRoute.js';
import { resolvers } from './resolvers.js';

/** When people take over. */
export function handoffSubgraph(deps: HandoffDeps): Subgraph<Context> {
  return {
    name: 'handoff',
    sdl,
    resolvers,
    context: (request) => makeContext(deps, request),
    workers: [
      () => deps.conversation.routes.work(['HANDOFF'], handOver),
      () => deps.conversation.handoffs.followRefunds(),
    ],
  };
}

/** A customer who asks for a person needs no model: the session joins the queue, and the customer is told the place. */
const handOver: RouteHandler = async (job) => ({
  kind: 'handedOff',
  reason: reasonOf(job.text),
  summary: summaryOf(job),
});
