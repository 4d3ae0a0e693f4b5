import { badUserInput } from '@supportgraph/subgraph';
import { textIn } from './domain/guide.js';
import type { Resolvers } from './generated/resolvers.js';

/** Guides that a search may give. */
const mostHits = 20;

export const resolvers: Resolvers = {
  Query: {
    guide: (_, { id }, { load }) => load.guide.load(id),
    searchGuides: (_, { query, first }, { guides }) => {
      if (first < 0 || first > mostHits)
        throw badUserInput(`A search gives at least 0 and at most ${mostHits} guides.`);
      return guides.search(query, first);
    },
  },

  Guide: {
    __resolveReference: ({ id }, { load }) => load.guide.load(id),
    title: ({ texts }, { language }, { request }) => textIn(texts, language ?? request.language).title,
  },

  GuideStep: {
    instruction: ({ texts }, _, { request }) => textIn(texts, request.language).instruction,
  },

  GuideChoice: {
    label: ({ labels }, _, { request }) => labels[request.language],
  },
};
