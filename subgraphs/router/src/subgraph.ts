import type { ModelAccess, ModelUse } from '@supportgraph/agent';
import type { Conversation } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import type { Clock, Logger } from '@supportgraph/kernel';
import type { Subgraph } from '@supportgraph/subgraph';
import sdl from '../schema.graphql';
import { answerRoutes } from './agent/answer.js';
import { makeContext, type Context } from './context.js';
import { correctionsOf } from './data/corrections.js';
import { localClassifier } from './domain/localClassifier.js';
import { makeLikenessCache } from './likenessCache.js';
import { resolvers } from './resolvers.js';
import { messageRouting } from './routeMessage.js';
import { triageMessage } from './triageMessage.js';

/** What the router subgraph is made of. */
export interface RouterDeps {
  db: Pick<Database, 'prisma' | 'query' | 'transaction'>;
  clock: Clock;
  conversation: Conversation;
  models: ModelAccess;
  /** Receives each model call, of triage and of the router's own agent. */
  recordUse(job: { sessionId?: string; turnId?: string }, use: ModelUse): Promise<void> | void;
  /** Receives what our own cache saved. @default nobody does */
  recordSaved?(job: { sessionId?: string; turnId?: string }, nanoUsd: number): Promise<void>;
  log: Logger;
}

/** Takes messages, decides who answers, and streams the answer. */
export function routerSubgraph(deps: RouterDeps): Subgraph<Context> {
  const { db, conversation, recordUse, clock } = deps;
  const corrections = correctionsOf(deps.db);
  const cache = makeLikenessCache();
  const routing = (job: Parameters<typeof recordUse>[0]) =>
    messageRouting({
      ...deps,
      ...{ classifier: localClassifier, cache },
      recordUse: (use) => recordUse(job, use),
      recordSaved: async (nanoUsd) => deps.recordSaved?.(job, nanoUsd),
      mayAsk: () => mayAsk(deps.models, job),
    });
  return {
    name: 'router',
    sdl,
    resolvers,
    context: (request) => makeContext({ db, conversation, corrections, clock, routeMessage: routing({}) }, request),
    workers: [
      () => conversation.turns.work((job) => triageMessage(routing(job))(job)),
      () => conversation.routes.work(['ROUTER'], answerRoutes(deps)),
      () => conversation.sweep(),
    ],
  };
}

/** Whether triage may ask a model. It asks small ones in any case. */
async function mayAsk({ allow }: ModelAccess, { sessionId = null }: { sessionId?: string | null }): Promise<boolean> {
  const allowance = await allow?.({ sessionId, customerId: null, agent: 'ROUTER' });
  return allowance !== 'handOff' && allowance !== 'exhausted';
}
