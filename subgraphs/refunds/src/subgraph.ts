import type { PaymentProvider } from '@supportgraph/commerce';
import type { Conversation } from '@supportgraph/conversation';
import type { Subgraph } from '@supportgraph/subgraph';
import sdl from '../schema.graphql';
import { answerRoutes, type AnswerDeps } from './agent/answer.js';
import { makeContext, type Context } from './context.js';
import { resolvers } from './resolvers.js';

/** What the refunds subgraph is made of. */
export interface RefundsDeps extends AnswerDeps {
  conversation: Pick<Conversation, 'sessions' | 'routes'>;
  /** Sends the money. */
  payments: PaymentProvider;
}

/** Returns, exchanges and money back, the agent that helps with them, and the worker that sends the money. */
export function refundsSubgraph(deps: RefundsDeps): Subgraph<Context> {
  const { commerce, conversation, payments } = deps;
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
      () => commerce.refunds.work(payments),
    ],
  };
}
