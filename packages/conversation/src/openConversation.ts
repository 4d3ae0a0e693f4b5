import type { Database } from '@supportgraph/data';
import type { Clock, Logger } from '@supportgraph/kernel';
import { makeAnnouncer } from './announcer.js';
import type { Conversation, ConversationLimits } from './conversation.js';
import type { Deps } from './deps.js';
import { followRefunds } from './handoffs/followRefunds.js';
import { loadCurrentHandoffs, loadHandoffs, loadHandoffsOf } from './handoffs/loadHandoffs.js';
import { requestHandoff } from './handoffs/requestHandoff.js';
import { loadMessages, pageMessages } from './messages/loadMessages.js';
import { sendMessage } from './messages/sendMessage.js';
import { decideAction } from './proposals/decide.js';
import { loadPendingProposals, loadProposals, loadProposalsOf } from './proposals/loadProposals.js';
import { workOnRoutes } from './routes/routeWorker.js';
import { sessionsService } from './sessions/sessions.js';
import type { EventLog } from './stream/eventLog.js';
import { startSweep } from './sweep/sweep.js';
import { settling } from './turns/settle.js';
import { turnsService } from './turns/turns.js';

export interface ConversationOptions {
  db: Database;
  /** The live streams. Left open by `close`. */
  events: EventLog;
  logger: Logger;
  /** @default the system's */
  clock?: Clock;
  /** Makes session ids and visitors' tokens. The gateway checks the tokens with it. */
  secret: string;
  limits?: Partial<ConversationLimits>;
}

const defaultLimits: ConversationLimits = {
  leaseMs: 15_000,
  turnDeadlineMs: 60_000,
  pollMs: 1_000,
  sweepMs: 2_000,
  announceAfterMs: 5_000,
};

/** Opens the durable log of sessions over a database and an event log. */
export function openConversation(options: ConversationOptions): Conversation {
  const { db, events, logger, clock = () => new Date(), secret } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const announcer = makeAnnouncer({ db, events, logger });
  const deps: Deps = { db, events, announcer, logger, clock, secret, limits };
  const waits = settling(deps);
  return {
    sessions: sessionsService(deps),
    messages: {
      send: (viewer, input) => sendMessage(deps, viewer, input),
      load: (viewer, ids) => loadMessages(deps, viewer, ids),
      page: (viewer, sessionId, page) => pageMessages(deps, viewer, sessionId, page),
    },
    turns: turnsService(deps, waits),
    routes: {
      work: (agents, handler, work) => workOnRoutes(deps, agents, handler, work),
    },
    proposals: {
      load: (viewer, ids) => loadProposals(deps, viewer, ids),
      pendingOf: (viewer, sessionIds) => loadPendingProposals(deps, viewer, sessionIds),
      ofTurns: (viewer, turnIds) => loadProposalsOf(deps, viewer, turnIds),
      confirm: (viewer, input) => decideAction(deps, viewer, input, 'CONFIRMED'),
      decline: (viewer, input) => decideAction(deps, viewer, input, 'DECLINED'),
    },
    handoffs: {
      request: (viewer, input) => requestHandoff(deps, viewer, input),
      load: (viewer, ids) => loadHandoffs(deps, viewer, ids),
      loadCurrent: (viewer, sessionIds) => loadCurrentHandoffs(deps, viewer, sessionIds),
      loadAll: (viewer, sessionIds) => loadHandoffsOf(deps, viewer, sessionIds),
      followRefunds: () => followRefunds(deps),
    },
    sweep: () => startSweep(deps),
    async close() {
      await waits.stop();
      await announcer.settle();
    },
  };
}
