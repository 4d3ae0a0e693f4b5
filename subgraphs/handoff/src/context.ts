import type { Conversation } from '@supportgraph/conversation';
import type { SubgraphRequest } from '@supportgraph/subgraph';
import { makeLoaders, type Loaders } from './data/loaders.js';

/** What the handoff subgraph is made of. */
export interface HandoffDeps {
  conversation: Pick<Conversation, 'handoffs' | 'routes'>;
}

/** One request's context. */
export interface Context extends HandoffDeps {
  request: SubgraphRequest;
  load: Loaders;
}

/** A session, whose fields here are read by its id. */
export interface Reference {
  id: string;
}

/** Makes one request's context. */
export function makeContext(deps: HandoffDeps, request: SubgraphRequest): Context {
  return { ...deps, request, load: makeLoaders(deps.conversation, request.viewer) };
}
