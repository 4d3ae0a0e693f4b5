import type { MessageRecord, Part, SessionRecord } from '@supportgraph/conversation';
import type { AuditRecord } from '@supportgraph/data';
import {
  badUserInput,
  connectionOf,
  connectionOfResult,
  parsePage,
  payload,
  showUserError,
} from '@supportgraph/subgraph';
import { auditKey } from './auditLog.js';
import type { Context } from './context.js';
import { apiClientKey } from './data/apiClients.js';
import type { ApiClientRecord } from './domain/apiClient.js';
import { nodeOf, type NodeType, type Reference } from './domain/node.js';
import type { Resolvers } from './generated/resolvers.js';
import { startSession, verifyCustomer } from './service.js';

/** Objects that `nodes` fetches at once. */
const maxNodes = 100;

export const resolvers: Resolvers = {
  Query: {
    viewer: (_, __, { request }) => request.viewer,
    node: (_, { id }, context) => fetchNode(id, context),
    nodes: (_, { ids }, context) => {
      if (ids.length > maxNodes) throw badUserInput(`At most ${maxNodes} objects can be fetched at once.`);
      return Promise.all(ids.map((id) => fetchNode(id, context)));
    },
    session: (_, { id }, { load }) => load.session.load(id),
    sessions: async (_, { filter, ...page }, { conversation, request }) =>
      connectionOfResult(await conversation.sessions.page(request.viewer, filter ?? {}, page)),
    auditEvents: async (_, { filter, ...args }, { audit, request }) => {
      const page = parsePage(args, auditKey);
      return connectionOf(await audit.page(request.viewer, filter ?? {}, page), page, ({ id }) => [id]);
    },
    apiClients: async (_, args, { apiClients, request }) => {
      const page = parsePage(args, apiClientKey);
      return connectionOf(await apiClients.page(request.viewer, page), page, ({ id }) => [id]);
    },
  },

  Mutation: {
    startSession: async (_, { input }, { conversation, findCustomer, request }) => {
      const result = await startSession(conversation, findCustomer, request.viewer, input);
      const userErrors = result.ok ? [] : result.errors.map((error) => showUserError(error, request.language));
      return result.ok ? { ...result.value, userErrors } : { session: null, accessToken: null, userErrors };
    },
    verifyCustomer: async (_, { input }, { conversation, matchCustomer, request }) =>
      payload('session', await verifyCustomer(conversation, matchCustomer, request.viewer, input), request.language),
    closeSession: async (_, { input }, { conversation, request }) =>
      payload('session', await conversation.sessions.close(request.viewer, input.sessionId), request.language),
    createApiClient: async (_, { input }, { apiClients, request }) => {
      const result = await apiClients.create(request.viewer, input);
      const userErrors = result.ok ? [] : result.errors.map((error) => showUserError(error, request.language));
      return result.ok ? { ...result.value, userErrors } : { apiClient: null, secret: null, userErrors };
    },
    revokeApiClient: async (_, { input }, { apiClients, request }) =>
      payload('apiClient', await apiClients.revoke(request.viewer, input.apiClientId), request.language),
  },

  Viewer: {
    apiClient: ({ apiClientId }, _, { load }) => (apiClientId === null ? null : load.apiClient.load(apiClientId)),
    scopes: ({ scopes }) => [...scopes],
    customer: async (viewer, _, { conversation }) =>
      reference('Customer', await conversation.sessions.customerOf(viewer)),
    sessions: async (viewer, page, { conversation }) =>
      connectionOfResult(await conversation.sessions.own(viewer, page)),
  },

  Customer: {
    sessions: async ({ id }, page, { conversation, request }) =>
      connectionOfResult(await conversation.sessions.ofCustomer(request.viewer, id, page)),
  },

  Session: {
    __resolveReference: ({ id }, { load }) => load.session.load(id),
    customer: ({ customerId }) => reference('Customer', customerId),
    messages: async ({ id }, page, { conversation, request }) =>
      connectionOfResult(await conversation.messages.page(request.viewer, id, page)),
  },

  Message: {
    __resolveReference: ({ id }, { load }) => load.message.load(id),
    session: async ({ sessionId }, _, { load }) => {
      const session = await load.session.load(sessionId);
      if (!session) throw new Error(`The session of a message that was read is gone: ${sessionId}`);
      return session;
    },
    text: ({ parts }) => parts.flatMap((part) => (part.kind === 'TEXT' ? part.text : [])).join('\n\n'),
  },

  ApiClient: { __resolveReference: ({ id }, { load }) => load.apiClient.load(id) },

  AuditEvent: {
    __resolveReference: ({ id }, { load }) => load.auditEvent.load(id),
    subject: ({ subjectId }, _, context) => (subjectId === null ? null : fetchNode(subjectId, context)),
    session: ({ sessionId }, _, { load }) => (sessionId === null ? null : load.session.load(sessionId)),
  },

  MessagePart: { __resolveType: ({ kind }) => partTypes[kind] },
  OrderPart: { order: ({ orderId }) => reference('Order', orderId) },
  ActionPart: { proposal: ({ proposalId }) => ({ __typename: 'ActionProposal', id: proposalId }) },
  Citation: {
    faq: ({ faqId }) => reference('Faq', faqId),
    guide: ({ guideId }) => reference('Guide', guideId),
  },

  Node: { __resolveType: (node) => nodeOf(node.id)?.__typename ?? null },
};

const partTypes = { TEXT: 'TextPart', ORDER: 'OrderPart', ACTION: 'ActionPart' } as const satisfies Record<
  Part['kind'],
  string
>;

type Node = SessionRecord | MessageRecord | ApiClientRecord | AuditRecord | Reference | null;

/** Objects of this subgraph are read at once; those of others are only named, and read by their owner if more than the id is asked for. */
async function fetchNode(id: string, { load }: Context): Promise<Node> {
  const node = nodeOf(id);
  if (node?.__typename === 'Session') return load.session.load(id);
  if (node?.__typename === 'Message') return load.message.load(id);
  if (node?.__typename === 'ApiClient') return load.apiClient.load(id);
  if (node?.__typename === 'AuditEvent') return load.auditEvent.load(id);
  return node;
}

function reference<Type extends NodeType>(__typename: Type, id: string | null | undefined): Reference<Type> | null {
  return id ? { __typename, id } : null;
}
