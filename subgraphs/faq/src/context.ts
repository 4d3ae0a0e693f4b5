import type { SubgraphRequest } from '@supportgraph/subgraph';
import { makeLoaders, type Loaders } from './data/loaders.js';
import type { FaqService } from './service.js';

/** One request's context. */
export interface Context {
  request: SubgraphRequest;
  faqs: FaqService;
  load: Loaders;
}

/** Makes one request's context. */
export function makeContext(faqs: FaqService, request: SubgraphRequest): Context {
  return { request, faqs, load: makeLoaders(faqs, request.viewer) };
}
