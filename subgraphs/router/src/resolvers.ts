import { languageOf, type Language, type Result } from '@supportgraph/kernel';
import { badUserInput, codedError, connectionOfResult, payload, showUserError } from '@supportgraph/subgraph';
import type { DecidedAction, StreamEvent } from '@supportgraph/conversation';
import type { Context } from './context.js';
import { showEvent, type ShownEvent } from './events.js';
import type { Resolvers } from './generated/resolvers.js';

/** How long `settled` may wait, in ms. */
const longestWaitMs = 25_000;

export const resolvers: Resolvers = {
  Query: {
    turn: (_, { id }, { load }) => load.turn.load(id),
    previewRoute: (_, { text, language }, { routeMessage, request }) => {
      const known = language ? languageOf(language) : null;
      return routeMessage({ text, language: known, history: [], signal: request.signal });
    },
  },

  Mutation: {
    sendMessage: async (_, { input }, { conversation, request }) => {
      const result = await conversation.messages.send(request.viewer, input);
      const userErrors = result.ok ? [] : result.errors.map((error) => showUserError(error, request.language));
      return result.ok ? { ...result.value, userErrors } : { message: null, turn: null, userErrors };
    },
    cancelTurn: async (_, { input }, { conversation, request }) =>
      payload('turn', await conversation.turns.cancel(request.viewer, input.turnId), request.language),
    retryTurn: async (_, { input }, { conversation, request }) =>
      payload('turn', await conversation.turns.retry(request.viewer, input), request.language),
    confirmAction: async (_, { input }, { conversation, request }) =>
      decided(await conversation.proposals.confirm(request.viewer, input), request.language),
    declineAction: async (_, { input }, { conversation, request }) =>
      decided(await conversation.proposals.decline(request.viewer, input), request.language),
    correctRoute: async (_, { input }, { correctRoute, load, request }) => {
      const result = await correctRoute(input);
      load.correctedIntents.clear(input.turnId);
      return payload('routing', result, request.language);
    },
    setTyping: async (_, { input }, { conversation, request }) => {
      const result = await conversation.sessions.setTyping(request.viewer, input.sessionId, input.isTyping);
      return payload('session', result, request.language);
    },
  },

  Subscription: {
    sessionEvents: {
      subscribe: async (_, { sessionId, after }, { conversation, request }) => {
        const { viewer, signal } = request;
        const events = await conversation.sessions.events(viewer, sessionId, after ?? null, signal);
        return shown(events, sessionId);
      },
      resolve: (event: ShownEvent) => event,
    },
    turnEvents: {
      subscribe: async (_, { turnId, after }, { conversation, request, load }) => {
        const turn = await load.turn.load(turnId);
        const events = await conversation.turns.events(request.viewer, turnId, after ?? null, request.signal);
        return shown(events, turn?.sessionId ?? '');
      },
      resolve: (event: ShownEvent) => event,
    },
  },

  Session: {
    __resolveReference: async ({ id }, { load }) => ((await load.session.load(id)) ? { id } : null),
    turns: async ({ id }, page, { conversation, request }) =>
      connectionOfResult(await conversation.turns.page(request.viewer, id, page)),
    activeTurn: ({ id }, _, { load }) => load.activeTurn.load(id),
    pendingActions: ({ id }, _, { load }) => load.pendingOf.load(id),
    streamCursor: async ({ id }, _, { conversation, request }) => {
      const cursor = await conversation.sessions.streamCursor(request.viewer, id);
      if (cursor === null) throw new Error(`The session of a cursor that was asked for is gone: ${id}`);
      return cursor;
    },
  },

  Message: {
    __resolveReference: ({ id }) => ({ id }),
    turn: ({ id }, _, { load }) => load.turnOfMessage.load(id),
  },

  Turn: {
    __resolveReference: ({ id }, { load }) => load.turn.load(id),
    session: ({ sessionId }) => ({ id: sessionId }),
    request: ({ requestId }) => (requestId ? { id: requestId } : null),
    reply: ({ replyId }) => (replyId ? { id: replyId } : null),
    toolCalls: ({ id }, _, { load }) => load.toolCallsOf.load(id),
    proposals: ({ id }, _, { load }) => load.proposalsOf.load(id),
    failure: async ({ failure, sessionId }, _, { load, request }) => {
      if (!failure) return null;
      const session = await load.session.load(sessionId);
      return { ...failure, message: failure.message[session?.language ?? request.language] };
    },
    settled: async (turn, { withinMs }, { conversation, request }) => {
      if (withinMs < 0) throw badUserInput('`withinMs` cannot be negative.');
      const ms = Math.min(withinMs, longestWaitMs);
      return (await conversation.turns.settled(request.viewer, turn.id, ms, request.signal)) ?? turn;
    },
  },

  RoutingDecision: {
    // A decision has its id from the turn that it is of.
    correctedIntents: ({ id }, _, { load }) => load.correctedIntents.load(id.replace(/^rtd_/, 'trn_')),
  },

  ToolCall: { __resolveReference: ({ id }, { load }) => load.toolCall.load(id) },

  ActionProposal: {
    __resolveReference: ({ id }, { load }) => load.proposal.load(id),
    session: ({ sessionId }) => ({ id: sessionId }),
    turn: ({ turnId }, _, context) => turnOfProposal(turnId, context),
    order: ({ orderId }) => (orderId ? { id: orderId } : null),
  },

  ActionUpdated: {
    proposal: async ({ proposal }, _, { load }) => {
      const found = await load.proposal.load(proposal.id);
      if (!found) throw new Error(`The proposal of an event is gone: ${proposal.id}`);
      return found;
    },
  },

  TurnStarted: { turn: ({ turnId }, _, context) => turnOfEvent(turnId, context) },
  TurnFinished: { turn: ({ turnId }, _, context) => turnOfEvent(turnId, context) },

  SessionEvent: { __resolveType: (event) => event.__typename },
  // Only events of turns come here: `turnEvents` sends no others.
  TurnEvent: { __resolveType: (event) => event.__typename as never },
};

/** What came of deciding on a proposal. */
function decided(result: Result<DecidedAction>, language: Language) {
  const userErrors = result.ok ? [] : result.errors.map((error) => showUserError(error, language));
  return result.ok ? { ...result.value, userErrors } : { proposal: null, turn: null, userErrors };
}

async function turnOfProposal(turnId: string, { load }: Context) {
  const turn = await load.turn.load(turnId);
  if (!turn) throw new Error(`The turn of a proposal is gone: ${turnId}`);
  return turn;
}

async function turnOfEvent(turnId: string, { load }: Context) {
  const turn = await load.turn.load(turnId);
  if (!turn) throw new Error(`The turn of an event is gone: ${turnId}`);
  return turn;
}

/** A stream as GraphQL events. Subscriptions have no payload, so a refusal is an error of the operation. */
function shown(events: Result<AsyncIterableIterator<StreamEvent>>, sessionId: string): AsyncIterable<ShownEvent> {
  if (!events.ok) throw codedError('NOT_FOUND');
  const source = events.value;
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        const { done, value } = await source.next();
        return done ? { done, value: undefined } : { done: false, value: showEvent(value, sessionId) };
      },
      async return() {
        await source.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}
