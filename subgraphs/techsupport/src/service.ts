import type { Database } from '@supportgraph/data';
import { textSearch } from '@supportgraph/search';
import { makeGuides, type Guides } from './data/guides.js';
import type { GuideHit } from './domain/guide.js';

/** Guides that find and mend technical problems. Everybody may read them. */
export interface GuideService extends Guides {
  /** Guides for a problem, the best first; none if none fits. */
  search(problem: string, limit: number): Promise<GuideHit[]>;
}

/** Makes the service. */
export function guideService({ db }: { db: Database }): GuideService {
  const guides = makeGuides(db);
  const texts = textSearch(db, 'techsupport.searchable');
  return {
    ...guides,
    async search(problem, limit) {
      const hits = await texts.find(problem, limit);
      const found = await guides.load(hits.map(({ id }) => id));
      return hits.flatMap(({ score }, index) => {
        const guide = found[index];
        return guide ? [{ guide, score }] : [];
      });
    },
  };
}
