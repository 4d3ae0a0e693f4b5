import type { Tx } from '@supportgraph/data';
import { newId, type Viewer } from '@supportgraph/kernel';
import type { Deps } from '../deps.js';
import type { ActionAnswer, Decision } from '../job.js';
import type { AgentKind, Intent, TurnRoute } from '../records.js';
import { routesStatement, type HeldTurn } from '../turns/insertRoutes.js';
import { auditVerdict, flip } from './decide.js';
import { tellProposal } from './tellProposal.js';

/** A turn whose message decides on a proposal. */
export interface AnsweringTurn extends HeldTurn {
  sessionId: string;
  /** Who said the message. */
  viewer: Viewer;
}

/** `lost`: the turn is no longer this worker's. `undecidable`: the message must be triaged without the proposal. */
export type Answered = 'stored' | 'lost' | 'undecidable';

/** Who answers a turn that decides on a proposal: whoever proposed it carries it out, the router says that it is declined. */
export function routeOfVerdict(proposal: { agent: AgentKind; intent: Intent }, isConfirmed: boolean): TurnRoute {
  const { agent, intent } = proposal;
  return isConfirmed
    ? { agent, intent, confidence: 1, excerpt: null }
    : { agent: 'ROUTER', intent: 'CHITCHAT', confidence: 1, excerpt: null };
}

export interface MessageDecision extends Omit<Decision, 'routes'> {
  answer: ActionAnswer;
  /** Who is to answer. */
  route: TurnRoute;
}

/**
 * Decides on a proposal by a message, in one transaction with the routing of its turn. Only if the proposal is the
 * session's only one that waits, and the customer had been asked for it before they wrote.
 */
export async function decideByMessage(deps: Deps, turn: AnsweringTurn, decision: MessageDecision): Promise<Answered> {
  const now = deps.clock();
  const { sessionId, viewer } = turn;
  const { proposalId, isConfirmed } = decision.answer;
  const verdict = isConfirmed ? 'CONFIRMED' : 'DECLINED';
  const answered = await deps.db.transaction<Answered>(async (tx) => {
    if (!(await lock(tx, turn))) return 'lost';
    if ((await onlyAsked(tx, turn, now)) !== proposalId) return 'undecidable';
    if (!(await flip(tx, { sessionId, proposalId, verdict, now }))) return 'undecidable';
    await tx.$executeRaw`UPDATE conversation.turns SET action_id = ${proposalId} WHERE id = ${turn.id}`;
    const { text, values } = routesStatement(deps, turn, decision, [{ ...decision.route, id: newId('rte') }]);
    await tx.$queryRawUnsafe(text, ...values);
    await auditVerdict(tx, viewer, { id: proposalId, sessionId }, verdict, now);
    return 'stored';
  });
  if (answered === 'stored') void tellProposal(deps, { id: proposalId, sessionId, status: verdict });
  return answered;
}

/** Locks the turn, then the session, as closing a turn does. */
async function lock(tx: Tx, turn: AnsweringTurn): Promise<boolean> {
  const turns = await tx.$queryRaw<unknown[]>`
    SELECT id FROM conversation.turns
      WHERE id = ${turn.id} AND generation = ${turn.generation} AND status = 'RUNNING' AND routed_at IS NULL
        AND cancelled_at IS NULL FOR UPDATE`;
  if (turns.length === 0) return false;
  await tx.$queryRaw`SELECT id FROM conversation.sessions WHERE id = ${turn.sessionId} FOR NO KEY UPDATE`;
  return true;
}

/** The id of the one proposal that waits and was asked for before the message; null if it is not the only one. */
async function onlyAsked(tx: Tx, turn: AnsweringTurn, now: Date): Promise<string | null> {
  const pending = await tx.$queryRaw<{ id: string; is_asked: boolean }[]>`
    SELECT p.id, coalesce(p.asked_after < t.position, false) AS is_asked
      FROM conversation.proposals p, conversation.turns t
      WHERE p.session_id = ${turn.sessionId} AND p.status = 'PENDING' AND p.expires_at > ${now} AND t.id = ${turn.id}`;
  const [only, ...others] = pending;
  return only?.is_asked && others.length === 0 ? only.id : null;
}
