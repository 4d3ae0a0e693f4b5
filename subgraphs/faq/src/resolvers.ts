import { badUserInput, connectionOf, parsePage, payload } from '@supportgraph/subgraph';
import type { Context } from './context.js';
import { entryKey } from './data/entries.js';
import { textIn, type FaqRecord } from './domain/faq.js';
import type { Resolvers } from './generated/resolvers.js';

/** Entries that a search may give. */
const mostHits = 20;

export const resolvers: Resolvers = {
  Query: {
    faq: (_, { id }, { load }) => load.faq.load(id),
    faqBySlug: async (_, { slug }, { faqs, load }) => {
      const id = await faqs.idOf(slug);
      return id === null ? null : load.faq.load(id);
    },
    faqs: async (_, { filter, ...args }, { faqs, load, request }) => {
      const page = parsePage(args, entryKey);
      const places = await faqs.page(request.viewer, filter ?? {}, page);
      const { edges, pageInfo } = connectionOf(places, page, ({ id, usefulness }) => [usefulness, id]);
      const found = await Promise.all(
        edges.map(async ({ cursor, node }) => ({ cursor, node: await load.faq.load(node.id) })),
      );
      const seen = found.filter(isThere);
      return { edges: seen, nodes: seen.map(({ node }) => node), pageInfo };
    },
    searchFaqs: (_, { query, language, first }, { faqs, request }) => {
      if (first < 0 || first > mostHits)
        throw badUserInput(`A search gives at least 0 and at most ${mostHits} entries.`);
      return faqs.search(query, language ?? request.language, first);
    },
    faqCategories: (_, __, { faqs }) => faqs.categories.used(),
  },

  Mutation: {
    rateFaq: async (_, { input }, { faqs, request }) =>
      payload('faq', await faqs.rate(request.viewer, input), request.language),
  },

  Faq: {
    __resolveReference: ({ id }, { load }) => load.faq.load(id),
    category: ({ categorySlug }, _, { load }) => load.category.load(categorySlug),
    question: (faq, { language }, context) => shownText(faq, language, context).question,
    answer: (faq, { language }, context) => shownText(faq, language, context).answer,
    languages: ({ texts }) => texts.map(({ language }) => language),
    keywords: ({ texts }) => [...new Set(texts.flatMap(({ keywords }) => keywords))],
    helpfulCount: async ({ id }, _, { load }) => (await load.ratings.load(id)).helpful,
    unhelpfulCount: async ({ id }, _, { load }) => (await load.ratings.load(id)).unhelpful,
  },

  FaqCategory: {
    name: ({ names }, _, { request }) => names[request.language],
  },
};

function shownText(faq: FaqRecord, language: string | null | undefined, { request }: Context) {
  return textIn(faq, language ?? faq.wantedLanguage ?? request.language);
}

/** An entry may be taken back between the two reads of a list. */
function isThere(edge: { cursor: string; node: FaqRecord | null }): edge is { cursor: string; node: FaqRecord } {
  return edge.node !== null;
}
