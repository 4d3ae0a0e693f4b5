import type { Conversation } from '@supportgraph/conversation';
import type { SubgraphRequest } from '@supportgraph/subgraph';
import { makeLoaders, type Loaders } from './data/loaders.js';
import type { RouteMessage } from './routeMessage.js';

/** One request's context. */
export interface Context {
  request: SubgraphRequest;
  conversation: Conversation;
  routeMessage: RouteMessage;
  load: Loaders;
}

/** Makes one request's context. */
export function makeContext(deps: Pick<Context, 'conversation' | 'routeMessage'>, request: SubgraphRequest): Context {
  return { ...deps, request, load: makeLoaders(deps.conversation, request.viewer) };
}
