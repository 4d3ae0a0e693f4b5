import { tool, toolInput, transferToPerson, type RouteJob, type Tool } from '@supportgraph/agent';
import { showProducts, type Commerce } from '@supportgraph/commerce';
import { z } from 'zod';
import { textIn, type FaqHit } from '../domain/faq.js';
import type { FaqService } from '../service.js';
import type { Sources } from './sources.js';

/** What the FAQ agent needs for one answer. */
export interface FaqServices {
  faqs: Pick<FaqService, 'search'>;
  commerce: Pick<Commerce, 'products' | 'shop'>;
  sources: Pick<Sources, 'number'>;
}

/** An entry as the model sees it. */
export interface FoundFaq {
  /** To be written as `[number]` where the answer rests on it. */
  number: number;
  question: string;
  answer: string;
  score: number;
}

/** What `search_faqs` answers. */
export interface FoundFaqs {
  /** The best first; empty if none fits. */
  entries: FoundFaq[];
  note?: string;
}

/** Products that a search shows: the right one is mostly the first. */
const productsShown = 3;

/** Entries shown to the model: the answer is among the first, and more would only tempt it to mix them. */
const entriesShown = 3;

/** The tools of one answer. */
export function faqTools(services: FaqServices, job: RouteJob): readonly Tool[] {
  return [searchFaqs(services, job), findProduct(services), transferToPerson()];
}

const searchFaqsInput = toolInput({
  query: z.string().min(1).max(300).describe('The question, in the customer’s language.'),
});

function searchFaqs({ faqs, sources }: FaqServices, { language }: RouteJob): Tool {
  // Searches run side by side; their entries are numbered in the order asked, whichever is found first.
  let earlier: Promise<unknown> = Promise.resolve();

  return tool({
    name: 'search_faqs',
    description:
      'Entries of the shop’s FAQ that answer a general question, the best first; empty if none does. ' +
      'Use it for every question about how things work here. Not for the state of an order or a refund.',
    label: ({ query }) => ({ en: `Looking up “${query}”`, 'zh-Hant': `查詢「${query}」` }),
    input: searchFaqsInput,
    run: ({ query }): Promise<FoundFaqs> => {
      const search = Promise.all([faqs.search(query, language, entriesShown), earlier]);
      const found = search.then(([hits]) => numbered(hits, sources, language));
      earlier = found.catch(() => {});
      return found;
    },
  });
}

const findProductInput = toolInput({
  name: z.string().min(1).max(100).describe('Words of its name, in English.'),
});

function findProduct({ commerce }: FaqServices): Tool {
  return tool({
    name: 'find_product',
    description: 'Products whose name has these words: options, price now, whether in stock.',
    label: ({ name }) => ({ en: `Looking for “${name}”`, 'zh-Hant': `正在尋找「${name}」` }),
    input: findProductInput,
    run: ({ name }) => showProducts(commerce, name, productsShown),
  });
}

function numbered(hits: readonly FaqHit[], sources: FaqServices['sources'], language: RouteJob['language']): FoundFaqs {
  if (hits.length === 0) return { entries: [], note: 'No entry answers this. Say so, or search with other words.' };
  const entries = hits.map(({ faq, score }) => {
    const { question, answer } = textIn(faq, language);
    const number = sources.number({ faqId: faq.id, title: question });
    return { number, question, answer, score: Math.round(score * 100) / 100 };
  });
  return { entries };
}
