import type { Conversation, RoutingRecord } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import type { Clock, Result } from '@supportgraph/kernel';
import type { SubgraphRequest } from '@supportgraph/subgraph';
import { correctRoute, type CorrectRoute, type CorrectRouteDeps } from './correctRoute.js';
import { makeLoaders, type Loaders } from './data/loaders.js';
import type { BudgetRecord } from './domain/budget.js';
import type { RouteMessage } from './routeMessage.js';
import { setBudget, type SetBudget } from './setBudget.js';

/** One request's context. */
export interface Context {
  request: SubgraphRequest;
  conversation: Conversation;
  routeMessage: RouteMessage;
  /** Keeps what the caller says the right intents of a turn were. */
  correctRoute(wish: CorrectRoute): Promise<Result<RoutingRecord>>;
  /** Sets, changes or removes a limit on spending. */
  setBudget(wish: SetBudget): Promise<Result<BudgetRecord | null>>;
  /** The tables of what was spent. Only operators may read them. */
  db: Pick<Database, 'query'>;
  clock: Clock;
  load: Loaders;
}

export interface ContextDeps extends Pick<Context, 'conversation' | 'routeMessage'>, CorrectRouteDeps {
  conversation: Conversation;
  db: Pick<Database, 'query' | 'transaction'>;
}

/** Makes one request's context. */
export function makeContext(deps: ContextDeps, request: SubgraphRequest): Context {
  const { conversation, corrections, routeMessage, db, clock } = deps;
  return {
    request,
    conversation,
    routeMessage,
    correctRoute: (wish) => correctRoute(deps, request.viewer, wish),
    setBudget: (wish) => setBudget(deps, request.viewer, wish),
    db,
    clock,
    load: makeLoaders({ conversation, corrections, db }, request.viewer),
  };
}
