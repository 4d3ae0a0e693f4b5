import type { Conversation } from '@supportgraph/conversation';
import type { Subgraph } from '@supportgraph/subgraph';
import sdl from '../schema.graphql';
import { answerRoutes, type AnswerDeps } from './agent/answer.js';
import { makeContext, type Context } from './context.js';
import { resolvers } from './resolvers.js';

/** What the orders subgraph is made of. */
export interface OrdersDeps extends AnswerDeps {
  conversation: Pick<Conversation, 'sessions' | 'routes'>;
}

/** Customers, products and orders, what can be done with them, and the agent that speaks of them. */
export function ordersSubgraph(deps: OrdersDeps): Subgraph<Context> {
  const { commerce, conversation } = deps;
  return {
    name: 'orders',
    sdl,
    resolvers,
    context: (request) => makeContext(deps, request),
    workers: [
      () =>
        conversation.routes.work(['ORDERS'], answerRoutes(deps), {
          carryOut: ({ viewer, proposalId, wish }) => commerce.actions.carryOut(viewer, proposalId, wish),
        }),
    ],
  };
}
