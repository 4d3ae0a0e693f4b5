import type { Conversation, RoutingRecord } from '@supportgraph/conversation';
import type { Result } from '@supportgraph/kernel';
import type { SubgraphRequest } from '@supportgraph/subgraph';
import { correctRoute, type CorrectRoute, type CorrectRouteDeps } from './correctRoute.js';
import { makeLoaders, type Loaders } from './data/loaders.js';
import type { RouteMessage } from './routeMessage.js';

/** One request's context. */
export interface Context {
  request: SubgraphRequest;
  conversation: Conversation;
  routeMessage: RouteMessage;
  /** Keeps what the caller says the right intents of a turn were. */
  correctRoute(wish: CorrectRoute): Promise<Result<RoutingRecord>>;
  load: Loaders;
}

export interface ContextDeps extends Pick<Context, 'conversation' | 'routeMessage'>, CorrectRouteDeps {
  conversation: Conversation;
}

/** Makes one request's context. */
export function makeContext(deps: ContextDeps, request: SubgraphRequest): Context {
  const { conversation, corrections, routeMessage } = deps;
  return {
    request,
    conversation,
    routeMessage,
    correctRoute: (wish) => correctRoute(deps, request.viewer, wish),
    load: makeLoaders(conversation, corrections, request.viewer),
  };
}
