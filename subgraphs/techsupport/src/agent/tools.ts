import { tool, toolInput, transferToPerson, type RouteJob, type Tool } from '@supportgraph/agent';
import { z } from 'zod';
import { textIn } from '../domain/guide.js';
import type { GuideService } from '../service.js';
import type { Sources } from './sources.js';

/** What the tech-support agent needs for one answer. */
export interface TechsupportServices {
  guides: Pick<GuideService, 'search'>;
  sources: Pick<Sources, 'number'>;
}

/** A guide as the model sees it. */
export interface FoundGuide {
  /** To be written as `[number]` after the steps. */
  number: number;
  title: string;
  /** What to do, in order, without the endings. */
  steps: string[];
  score: number;
}

/** What `search_guides` answers. */
export interface FoundGuides {
  /** The best first; empty if none fits. */
  guides: FoundGuide[];
  note?: string;
}

/** Guides shown to the model: they are long, and the right one is the first or the second. */
const guidesShown = 2;

/** The tools of one answer. */
export function techsupportTools(services: TechsupportServices, job: RouteJob): readonly Tool[] {
  return [searchGuides(services, job), transferToPerson()];
}

const searchGuidesInput = toolInput({
  problem: z.string().min(1).max(300).describe('The problem, in the customer’s language.'),
});

function searchGuides({ guides, sources }: TechsupportServices, { language }: RouteJob): Tool {
  return tool({
    name: 'search_guides',
    description:
      'Step-by-step guides for technical problems of the website, the app and devices, the best first; empty if none fits. ' +
      'Not for orders, refunds or questions on rules.',
    label: ({ problem }) => ({
      en: `Looking for a guide on “${problem}”`,
      'zh-Hant': `尋找「${problem}」的排解步驟`,
    }),
    input: searchGuidesInput,
    run: async ({ problem }): Promise<FoundGuides> => {
      const hits = await guides.search(problem, guidesShown);
      if (hits.length === 0) return { guides: [], note: 'No guide fits. Say so, or search with other words.' };
      const found = hits.map(({ guide, score }) => {
        const { title } = textIn(guide.texts, language);
        const number = sources.number({ guideId: guide.id, title });
        const steps = guide.steps
          .filter(({ ending }) => !ending)
          .map(({ texts }) => textIn(texts, language).instruction);
        return { number, title, steps, score: Math.round(score * 100) / 100 };
      });
      return { guides: found };
    },
  });
}
