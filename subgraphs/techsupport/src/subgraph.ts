import type { Conversation } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import type { Subgraph } from '@supportgraph/subgraph';
import sdl from '../schema.graphql';
import { answerRoutes, type AnswerDeps } from './agent/answer.js';
import { makeContext, type Context } from './context.js';
import { resolvers } from './resolvers.js';
import { guideService } from './service.js';

/** What the tech-support subgraph is made of. */
export interface TechsupportDeps extends Omit<AnswerDeps, 'guides'> {
  db: Database;
  conversation: Pick<Conversation, 'routes'>;
}

/** Guides for technical problems, and the agent that goes by them. */
export function techsupportSubgraph(deps: TechsupportDeps): Subgraph<Context> {
  const guides = guideService(deps);
  return {
    name: 'techsupport',
    sdl,
    resolvers,
    context: (request) => makeContext(guides, request),
    workers: [() => deps.conversation.routes.work(['TECHSUPPORT'], answerRoutes({ ...deps, guides }))],
  };
}
