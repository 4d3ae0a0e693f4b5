import type {
  Conversation,
  Intent,
  ProposalRecord,
  SessionRecord,
  ToolCallRecord,
  TurnRecord,
} from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import type { Viewer } from '@supportgraph/kernel';
import DataLoader from 'dataloader';
import type { UsageRecord } from '../domain/usage.js';
import type { Corrections } from './corrections.js';
import { loadUsageOf } from './usage.js';

/** What one request reads by id: each once, in batches, as the viewer may see it. */
export interface Loaders {
  turn: DataLoader<string, TurnRecord | null>;
  /** The turn being answered now, by session. */
  activeTurn: DataLoader<string, TurnRecord | null>;
  toolCall: DataLoader<string, ToolCallRecord | null>;
  /** Tool calls in order of start, by turn. */
  toolCallsOf: DataLoader<string, ToolCallRecord[]>;
  proposal: DataLoader<string, ProposalRecord | null>;
  /** What was proposed, oldest first, by turn. */
  proposalsOf: DataLoader<string, ProposalRecord[]>;
  /** What waits for a yes or no, oldest first, by session. */
  pendingOf: DataLoader<string, ProposalRecord[]>;
  session: DataLoader<string, SessionRecord | null>;
  /** What the staff says the right intents were, by turn. */
  correctedIntents: DataLoader<string, Intent[] | null>;
  /** The turn that a message asked for or answers, by message. */
  turnOfMessage: DataLoader<string, TurnRecord | null>;
  /** What answering took, by turn; null to those who are no operators. */
  usageOfTurn: DataLoader<string, UsageRecord | null>;
  /** The same by session. */
  usageOfSession: DataLoader<string, UsageRecord | null>;
}

/** What loaders read from. */
export interface LoaderDeps {
  conversation: Conversation;
  corrections: Corrections;
  db: Pick<Database, 'query'>;
}

/** Fresh loaders for one request. */
export function makeLoaders({ conversation, corrections, db }: LoaderDeps, viewer: Viewer): Loaders {
  const { turns, sessions, messages, proposals } = conversation;
  const usageOf = (of: 'turn' | 'session') =>
    new DataLoader<string, UsageRecord | null>(async (ids) =>
      viewer.role === 'OPERATOR' ? loadUsageOf(db, of, ids) : ids.map(() => null),
    );
  const turn: Loaders['turn'] = new DataLoader((ids) => turns.load(viewer, ids));
  return {
    turn,
    activeTurn: new DataLoader((ids) => turns.loadActive(viewer, ids)),
    toolCall: new DataLoader((ids) => turns.loadToolCalls(viewer, ids)),
    toolCallsOf: new DataLoader((ids) => turns.loadToolCallsOf(viewer, ids)),
    proposal: new DataLoader((ids) => proposals.load(viewer, ids)),
    proposalsOf: new DataLoader((ids) => proposals.ofTurns(viewer, ids)),
    pendingOf: new DataLoader((ids) => proposals.pendingOf(viewer, ids)),
    session: new DataLoader((ids) => sessions.load(viewer, ids)),
    usageOfTurn: usageOf('turn'),
    usageOfSession: usageOf('session'),
    correctedIntents: new DataLoader(async (ids) => {
      const found = await corrections.load(ids);
      return found.map((correction) => correction?.intents ?? null);
    }),
    turnOfMessage: new DataLoader(async (ids) => {
      const found = await messages.load(viewer, ids);
      return Promise.all(found.map((message) => (message?.turnId ? turn.load(message.turnId) : null)));
    }),
  };
}
