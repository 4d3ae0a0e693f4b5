import { languageOf } from '@supportgraph/kernel';
import type { Deps } from '../deps.js';
import type { AgentKind, Part, TurnFailureCode } from '../records.js';
import { finishRoute } from '../routes/finishRoute.js';
import { endCancelled, type CancelledTurn } from '../turns/cancelTurn.js';
import { closeTurn, tellEnd } from '../turns/closeTurn.js';
import { raiseFences } from '../turns/fences.js';
import { requestForPlatform } from '../handoffs/requestHandoff.js';
import { tellProposal } from '../proposals/tellProposal.js';
import { notDoneSentence, unknownOutcomeSentence } from '../text.js';
import { textPart, withFailure } from '../turns/parts.js';
import { shownParts } from '../turns/shownParts.js';
import { failTurn } from '../turns/turnWorker.js';
import { attemptsOf, maxAttempts, mayBeDone } from '../work/jobContext.js';

const batch = 50;
/** A worker ends its job at the deadline itself; only when it did not is it done here. */
const graceMs = 2_000;

/** Ends what its worker did not: so that no turn stays as it is for ever. */
export async function endOverdue(deps: Deps): Promise<void> {
  await endOverdueTurns(deps);
  await endOverdueRoutes(deps);
  await endHalfCancelled(deps);
  await closeUnclosed(deps);
}

/** Past the deadline, or its workers died with it too often. The lease makes the sweep the one that holds it. */
const overdue = (alias: string) => `
  (${alias}.deadline_at < now() - ${graceMs} * interval '1 ms' OR (${alias}.attempts >= ${maxAttempts} AND ${alias}.lease_until < now()))`;

async function endOverdueTurns(deps: Deps): Promise<void> {
  const rows = await deps.db.query<{
    id: string;
    session_id: string;
    generation: number;
    created_at: Date;
    language: string | null;
  }>(
    `WITH due AS (
       SELECT t.id FROM conversation.turns t
         WHERE t.status = 'RUNNING' AND t.routed_at IS NULL AND t.cancelled_at IS NULL AND ${overdue('t')}
         ORDER BY t.position LIMIT ${batch} FOR UPDATE SKIP LOCKED
     )
     UPDATE conversation.turns t SET generation = t.generation + 1, lease_until = now() + $1 * interval '1 ms'
       FROM due, conversation.sessions s WHERE t.id = due.id AND s.id = t.session_id
       RETURNING t.id, t.session_id, t.generation, t.created_at, s.language`,
    [deps.limits.leaseMs],
    'conversation-overdue-turns',
  );
  for (const { id, session_id: sessionId, generation, created_at: createdAt, language } of rows) {
    await raiseFences(deps, sessionId, [{ key: id, generation }]);
    await failTurn(deps, { id, sessionId, generation, createdAt, language: languageOf(language) }, 'MODEL_TIMEOUT');
  }
}

interface OverdueRoute {
  id: string;
  turn_id: string;
  session_id: string;
  number: number;
  agent: AgentKind;
  parts: Part[];
  generation: number;
  was_claimed: boolean;
  turn_generation: number;
  stream_cursor: string;
  language: string | null;
  action_id: string | null;
}

/** What may have been carried out is claimed again instead, until its attempts are spent. */
const overdueRoute = `
  (CASE WHEN ${mayBeDone} THEN r.attempts >= ${attemptsOf} AND r.lease_until < now() ELSE ${overdue('r')} END)`;

async function endOverdueRoutes(deps: Deps): Promise<void> {
  const rows = await deps.db.query<OverdueRoute>(
    `WITH due AS (
       SELECT r.id FROM conversation.routes r JOIN conversation.turns t ON t.id = r.turn_id
         WHERE r.finished_at IS NULL AND t.cancelled_at IS NULL AND ${overdueRoute}
         ORDER BY r.created_at LIMIT ${batch} FOR UPDATE OF r SKIP LOCKED
     )
     UPDATE conversation.routes r SET generation = r.generation + 1, lease_until = now() + $1 * interval '1 ms'
       FROM due, conversation.turns t, conversation.sessions s
       WHERE r.id = due.id AND t.id = r.turn_id AND s.id = r.session_id
       RETURNING r.id, r.turn_id, r.session_id, r.number, r.agent, r.parts, r.generation, r.started_at IS NOT NULL AS was_claimed,
         t.generation AS turn_generation, t.stream_cursor, t.action_id, s.language`,
    [deps.limits.leaseMs],
    'conversation-overdue-routes',
  );
  for (const route of rows) await failRoute(deps, route);
}

async function failRoute(deps: Deps, route: OverdueRoute): Promise<void> {
  const { id, turn_id: turnId, session_id: sessionId, number, agent, generation } = route;
  await raiseFences(deps, sessionId, [{ key: id, generation }]);
  const turn = { id: turnId, sessionId, streamCursor: route.stream_cursor };
  const shown = (await shownParts(deps, turn, [route])).get(id)!;
  // Never claimed: the agent's subgraph is down.
  const code: TurnFailureCode = route.was_claimed ? 'MODEL_TIMEOUT' : 'INTERNAL';
  const owner = { routeId: id, routeNumber: number, agent };
  const language = languageOf(route.language);
  const parts = route.action_id
    ? [
        ...shown,
        textPart(owner, shown.length, (route.was_claimed ? unknownOutcomeSentence : notDoneSentence)[language]),
      ]
    : withFailure(owner, shown, code, language);
  const held = { id, turnId, generation, turnGeneration: route.turn_generation };
  const { closed } = await finishRoute(
    deps,
    held,
    { status: 'FAILED', code: route.action_id ? 'INTERNAL' : code, retryable: route.action_id === null },
    { parts, firstTextAt: null },
  );
  if (closed === null) return;
  if (route.action_id) await tellFailedAction(deps, route, route.action_id);
  await tellEnd(deps, sessionId, turnId, 'whole');
}

/** A person finds out what became of an action that may have been carried out. */
async function tellFailedAction(deps: Deps, route: OverdueRoute, proposalId: string): Promise<void> {
  const { session_id: sessionId } = route;
  if (route.was_claimed) {
    const summary = `It is not known whether the action ${proposalId}, which the customer agreed to, was carried out.`;
    await requestForPlatform(deps, { sessionId, reason: 'SYSTEM', summary });
  }
  await tellProposal(deps, { id: proposalId, sessionId, status: 'FAILED' });
}

/** A cancellation whose process died before its end. */
async function endHalfCancelled(deps: Deps): Promise<void> {
  const rows = await deps.db.query<CancelledTurn>(
    `SELECT id, session_id, generation, stream_cursor FROM conversation.turns
       WHERE finished_at IS NULL AND cancelled_at < now() - $1 * interval '1 ms' LIMIT ${batch}`,
    [deps.limits.announceAfterMs],
    'conversation-half-cancelled',
  );
  for (const turn of rows) await endCancelled(deps, turn);
}

/** A turn routed to nobody whose process died before it closed it. */
async function closeUnclosed(deps: Deps): Promise<void> {
  const rows = await deps.db.query<{ id: string; session_id: string }>(
    `SELECT t.id, t.session_id FROM conversation.turns t
       WHERE t.finished_at IS NULL AND t.routed_at < now() - $1 * interval '1 ms'
         AND NOT EXISTS (SELECT FROM conversation.routes r WHERE r.turn_id = t.id AND r.finished_at IS NULL)
       LIMIT ${batch}`,
    [deps.limits.announceAfterMs],
    'conversation-unclosed',
  );
  for (const { id, session_id } of rows) await closeTurn(deps, session_id, id, 'whole');
}
