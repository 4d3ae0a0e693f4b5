import type { Language } from '@supportgraph/kernel';
import { payload } from '@supportgraph/subgraph';
import type { Resolvers } from './generated/resolvers.js';

/** Names of teams by key. */
const teamNames: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  support: { en: 'Customer support', 'zh-Hant': '客戶服務' },
};

export const resolvers: Resolvers = {
  Query: {
    handoff: (_, { id }, { load }) => load.handoff.load(id),
  },

  Mutation: {
    requestHandoff: async (_, { input }, { conversation, request }) => {
      const asked = { ...input, reason: 'CUSTOMER_ASKED', summary: null } as const;
      return payload('handoff', await conversation.handoffs.request(request.viewer, asked), request.language);
    },
  },

  Session: {
    __resolveReference: ({ id }) => ({ id }),
    handoff: ({ id }, _, { load }) => load.currentOf.load(id),
    handoffs: ({ id }, _, { load }) => load.allOf.load(id),
  },

  Handoff: {
    __resolveReference: ({ id }, { load }) => load.handoff.load(id),
    session: ({ sessionId }) => ({ id: sessionId }),
    team: ({ team: key }, _, { request }) => ({ key, name: teamNames[key]?.[request.language] ?? key }),
  },
};
