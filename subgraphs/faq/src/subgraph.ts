import type { Conversation } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import type { Clock } from '@supportgraph/kernel';
import type { Subgraph } from '@supportgraph/subgraph';
import sdl from '../schema.graphql';
import { answerRoutes, type AnswerDeps } from './agent/answer.js';
import { makeContext, type Context } from './context.js';
import { keepPopularity } from './popularity.js';
import { resolvers } from './resolvers.js';
import { faqService } from './service.js';

/** What the FAQ subgraph is made of. */
export interface FaqDeps extends Omit<AnswerDeps, 'faqs'> {
  db: Database;
  conversation: Pick<Conversation, 'sessions' | 'routes'>;
  clock: Clock;
}

/** What is known, and how well it answers. */
export function faqSubgraph(deps: FaqDeps): Subgraph<Context> {
  const { db, conversation, log } = deps;
  const faqs = faqService(deps);
  return {
    name: 'faq',
    sdl,
    resolvers,
    context: (request) => makeContext(faqs, request),
    workers: [
      () => conversation.routes.work(['FAQ'], answerRoutes({ ...deps, faqs })),
      () => keepPopularity({ db, log }),
    ],
  };
}
