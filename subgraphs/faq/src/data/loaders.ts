import type { Viewer } from '@supportgraph/kernel';
import DataLoader from 'dataloader';
import type { FaqCategoryRecord, FaqRecord } from '../domain/faq.js';
import type { FaqService } from '../service.js';
import type { RatingCounts } from './ratings.js';

/** What one request reads by id: each once, in batches, as the viewer may see it. */
export interface Loaders {
  faq: DataLoader<string, FaqRecord | null>;
  category: DataLoader<string, FaqCategoryRecord>;
  ratings: DataLoader<string, RatingCounts>;
}

/** Fresh loaders for one request. */
export function makeLoaders(faqs: FaqService, viewer: Viewer): Loaders {
  return {
    faq: new DataLoader((ids) => faqs.load(viewer, ids)),
    category: new DataLoader((slugs) => faqs.categories.load(slugs)),
    ratings: new DataLoader((ids) => faqs.countRatings(ids)),
  };
}
