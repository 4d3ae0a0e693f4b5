import type { SubgraphRequest } from '@supportgraph/subgraph';
import DataLoader from 'dataloader';
import type { GuideRecord } from './domain/guide.js';
import type { GuideService } from './service.js';

/** One request's context. */
export interface Context {
  request: SubgraphRequest;
  guides: GuideService;
  /** What one request reads by id: each once, in batches. */
  load: { guide: DataLoader<string, GuideRecord | null> };
}

/** Makes one request's context. */
export function makeContext(guides: GuideService, request: SubgraphRequest): Context {
  return { request, guides, load: { guide: new DataLoader((ids) => guides.load(ids)) } };
}
