import { languageOf, type Language, type Result } from '@supportgraph/kernel';
import { badUserInput, codedError, connectionOfResult, payload, showUserError } from '@supportgraph/subgraph';
import type { DecidedAction, StreamEvent } from '@supportgraph/conversation';
import type { Context } from './context.js';
import { loadBudgets, loadDailyCosts } from './data/spending.js';
import { loadGroups, loadSeries, loadTotal } from './data/usage.js';
import { endOf } from './domain/budget.js';
import { forecast } from './domain/forecast.js';
import { isTooFine, mostSteps, share, usageFault } from './domain/usage.js';
import { formatUsd } from './domain/usd.js';
import { showEvent, type ShownEvent } from './events.js';
import type { Resolvers } from './generated/resolvers.js';

const mostGroups = 100;
const longestForecastDays = 366;

/** How long `settled` may wait, in ms. */
const longestWaitMs = 25_000;

export const resolvers: Resolvers = {
  Query: {
    turn: (_, { id }, { load }) => load.turn.load(id),
    previewRoute: (_, { text, language }, { routeMessage, request }) => {
      const known = language ? languageOf(language) : null;
      return routeMessage({ text, language: known, history: [], signal: request.signal });
    },
    usage: (_, { from, before, groupBy, interval }, context) => {
      mustBeOperator(context);
      const wish = { from, before: before ?? context.clock(), groupBy: groupBy ?? [], interval: interval ?? 'DAY' };
      const fault = usageFault(wish);
      if (fault) throw badUserInput(fault);
      return wish;
    },
    costForecast: async (_, { days, basedOnDays }, context) => {
      mustBeOperator(context);
      if (![days, basedOnDays].every((count) => count >= 1 && count <= longestForecastDays))
        throw badUserInput(`\`days\` and \`basedOnDays\` go from 1 to ${longestForecastDays}.`);
      return forecast(await loadDailyCosts(context.db, basedOnDays, context.clock()), days);
    },
    budgets: (_, __, context) => {
      mustBeOperator(context);
      return loadBudgets(context.db, context.clock());
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
    setBudget: async (_, { input }, { setBudget, request }) =>
      payload('budget', await setBudget(input), request.language),
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
    usage: ({ id }, _, { load }) => load.usageOfSession.load(id),
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
    usage: ({ id }, _, { load }) => load.usageOfTurn.load(id),
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

  UsageReport: {
    total: async (wish, _, { db }) => (await loadTotal(db, wish)).usage,
    groups: (wish, { first }, { db }) => {
      if (first < 1 || first > mostGroups) throw badUserInput(`\`first\` goes from 1 to ${mostGroups}.`);
      return wish.groupBy.length === 0 ? [] : loadGroups(db, wish, first);
    },
    series: (wish, _, { db }) => {
      if (isTooFine(wish)) throw badUserInput(`A series has at most ${mostSteps} steps: take a longer \`interval\`.`);
      return loadSeries(db, wish);
    },
    costPerSession: async (wish, _, { db }) => {
      const { usage, sessions } = await loadTotal(db, wish);
      return share(usage.cost, sessions);
    },
    costPerTurn: async (wish, _, { db }) => {
      const { usage, turns } = await loadTotal(db, wish);
      return share(usage.cost, turns);
    },
  },

  Budget: { resetsAt: ({ period }, _, { clock }) => endOf(period, clock()) },

  // Models are paid in US dollars, whatever the shop's currency.
  Money: { amount: (nano) => formatUsd(nano), currency: () => 'USD' },

  ToolCall: { __resolveReference: ({ id }, { load }) => load.toolCall.load(id) },

  ActionProposal: {
    __resolveReference: ({ id }, { load }) => load.proposal.load(id),
    session: ({ sessionId }) => ({ id: sessionId }),
    turn: ({ turnId }, _, context) => turnOfProposal(turnId, context),
    order: ({ orderId }) => (orderId ? { id: orderId } : null),
  },

  ActionUpdated: {
    proposal: async ({ proposal }, _, { load }) => {
      const found = proposal ? await load.proposal.load(proposal.id) : null;
      if (!found) throw new Error(`The proposal of an event is gone: ${proposal?.id}`);
      return found;
    },
  },

  TurnStarted: { turn: ({ turnId }, _, context) => turnOfEvent(turnId, context) },
  TurnFinished: { turn: ({ turnId }, _, context) => turnOfEvent(turnId, context) },

  SessionEvent: { __resolveType: (event) => event.__typename },
  // Only events of turns come here: `turnEvents` sends no others.
  TurnEvent: { __resolveType: (event) => event.__typename as never },
};

function mustBeOperator({ request }: Context): void {
  if (request.viewer.role !== 'OPERATOR') throw codedError('FORBIDDEN');
}

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
