import type { Commerce } from '@supportgraph/commerce';
import type { Conversation } from '@supportgraph/conversation';
import type { Clock, Viewer } from '@supportgraph/kernel';
import type { SubgraphRequest } from '@supportgraph/subgraph';
import { makeLoaders, type Loaders } from './data/loaders.js';

/** What requests to the refunds subgraph are answered with. */
export interface ContextDeps {
  commerce: Commerce;
  conversation: { sessions: Pick<Conversation['sessions'], 'customerOf'> };
  clock: Clock;
}

/** One request's context. */
export interface Context {
  request: SubgraphRequest;
  commerce: Commerce;
  clock: Clock;
  /** Who is asking; of a visitor also which customer their session has recognised. */
  viewer(): Promise<Viewer>;
  load: Loaders;
}

/** An object whose fields here are read by its id. */
export interface Reference {
  id: string;
}

/** Makes one request's context. */
export function makeContext({ commerce, conversation, clock }: ContextDeps, request: SubgraphRequest): Context {
  let known: Promise<Viewer> | undefined;
  const viewer = () => (known ??= recognised(conversation, request.viewer));
  return { request, commerce, clock, viewer, load: makeLoaders(commerce, viewer) };
}

async function recognised({ sessions }: ContextDeps['conversation'], viewer: Viewer): Promise<Viewer> {
  if (viewer.role !== 'ANONYMOUS' || viewer.sessionId === null) return viewer;
  return { ...viewer, customerId: await sessions.customerOf(viewer) };
}
