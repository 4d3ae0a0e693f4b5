import type { Conversation } from '@supportgraph/conversation';
import type { Subgraph } from '@supportgraph/subgraph';
import sdl from '../schema.graphql';
import { answerRoutes, type AnswerDeps } from './agent/answer.js';
import { makeContext, type Context } from './context.js';
import { resolvers } from './resolvers.js';

/** What the refunds subgraph is made of. */
export interface RefundsDeps extends AnswerDeps {
  conversation: Pick<Conversation, 'sessions' | 'routes'>;
}

/** Returns, exchanges and money back, and the agent that helps with them. */
export function refundsSubgraph(deps: RefundsDeps): Subgraph<Context> {
  const { commerce, conversation } = deps;
  return {
    name: 'refunds',
    sdl,
    resolvers,
    context: (request) => makeContext(deps, request),
    workers: [
      () =>
        conversation.routes.work(['REFUNDS'], answerRoutes(deps), {
          carryOut: ({ viewer, proposalId, wish }) => commerce.actions.carryOut(viewer, proposalId, wish),
        }),
    ],
  };
}
