import type { Conversation } from '@supportgraph/conversation';
import type { SubgraphRequest } from '@supportgraph/subgraph';
import { makeLoaders, type Loaders } from './data/loaders.js';
import type { MatchCustomer } from './service.js';

/** What the sessions subgraph is made of. */
export interface Deps {
  conversation: Conversation;
  matchCustomer: MatchCustomer;
}

/** One request's context. */
export interface Context extends Deps {
  request: SubgraphRequest;
  load: Loaders;
}

/** Makes one request's context. */
export function makeContext(deps: Deps, request: SubgraphRequest): Context {
  return { ...deps, request, load: makeLoaders(deps.conversation, request.viewer) };
}
