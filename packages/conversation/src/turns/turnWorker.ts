import { newId, type Running } from '@supportgraph/kernel';
import type { WorkOptions } from '../conversation.js';
import type { Deps } from '../deps.js';
import type { Decision, PendingAction, Triage, TriageJob } from '../job.js';
import { decideByMessage, routeOfVerdict, type AnsweringTurn } from '../proposals/decideByMessage.js';
import type { ActionStatus, AgentKind, Intent, SessionStatus, TurnFailureCode, TurnRoute } from '../records.js';
import type { Fence, NewEvent } from '../stream/eventLog.js';
import {
  contextColumns,
  contextJoins,
  contextOf,
  maxAttempts,
  type ContextRow,
  type JobContext,
} from '../work/jobContext.js';
import { untilStopped } from '../work/untilStopped.js';
import { giveBack, workLoop, type Held, type StopReason } from '../work/workLoop.js';
import { raiseFences } from './fences.js';
import { closeTurn } from './closeTurn.js';
import { insertRoutes, type HeldTurn } from './insertRoutes.js';
import { withFailure } from './parts.js';

const table = 'turns';
const channel = 'conversation_turns';

/*
 * A queued turn is due when no earlier turn of its session is unfinished. Positions are given under the lock of the
 * session's row, so an earlier turn that is not seen here yet cannot come to be.
 */
const claim = `
  WITH due AS (
    SELECT t.id FROM conversation.turns t
      WHERE t.finished_at IS NULL AND t.routed_at IS NULL AND t.cancelled_at IS NULL AND (
        (t.status = 'QUEUED' AND NOT EXISTS (
          SELECT FROM conversation.turns e
            WHERE e.session_id = t.session_id AND e.finished_at IS NULL AND e.position < t.position))
        OR (t.status = 'RUNNING' AND t.lease_until < now() AND t.attempts < ${maxAttempts}))
      ORDER BY t.position LIMIT $1 FOR UPDATE OF t SKIP LOCKED
  ), claimed AS (
    UPDATE conversation.turns t
      SET status = 'RUNNING', generation = t.generation + 1, attempts = t.attempts + 1,
          lease_until = now() + $2 * interval '1 ms', started_at = coalesce(t.started_at, now()),
          deadline_at = coalesce(t.deadline_at, now() + $3 * interval '1 ms')
      FROM due WHERE t.id = due.id
      RETURNING t.*
  )
  SELECT t.id, t.session_id, t.generation, t.created_at, s.status AS session_status,
      extract(epoch FROM t.deadline_at - now())::float8 * 1000 AS left_ms,
      action.status AS action_status, action.agent AS action_agent, action.intent AS action_intent,
      pending.actions AS pending, ${contextColumns}
    FROM claimed t JOIN conversation.sessions s ON s.id = t.session_id
    LEFT JOIN conversation.proposals action ON action.id = t.action_id
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object(
          'proposalId', p.id, 'agent', p.agent, 'intent', p.intent, 'kind', p.kind, 'title', p.title,
          'isAsked', coalesce(p.asked_after < t.position, false),
          'isLastAsked', NOT EXISTS (
            SELECT FROM conversation.turns o
              WHERE o.session_id = s.id AND o.position > made.position AND o.position < t.position
                AND o.request_id IS DISTINCT FROM t.request_id)) ORDER BY p.created_at, p.id) AS actions
        FROM conversation.proposals p JOIN conversation.turns made ON made.id = p.turn_id
        WHERE p.session_id = s.id AND p.status = 'PENDING' AND p.expires_at > $4 AND s.opened_by NOT LIKE 'staff:%'
    ) pending ON true
    ${contextJoins}
    ORDER BY t.position`;

interface ClaimRow extends ContextRow {
  id: string;
  generation: number;
  created_at: Date;
  session_status: SessionStatus;
  left_ms: number;
  action_status: ActionStatus | null;
  action_agent: AgentKind;
  action_intent: Intent;
  pending: PendingAction[] | null;
}

interface ClaimedTurn extends Held, AnsweringTurn {
  sessionStatus: SessionStatus;
  context: JobContext;
  /** Who answers, if the turn was made by a decision on a proposal: then there is nothing to triage. */
  decided: TurnRoute | null;
  pending: readonly PendingAction[];
}

/** Routes queued turns, each session's one at a time and in order. */
export function workOnTurns(
  deps: Deps,
  triage: Triage,
  { concurrency = 64, drainMs = 5_000 }: WorkOptions = {},
): Running {
  const { db, logger, limits } = deps;
  return workLoop<ClaimedTurn>({
    db,
    logger,
    table,
    channel,
    concurrency,
    drainMs,
    pollMs: limits.pollMs,
    leaseMs: limits.leaseMs,
    claim: (limit) => claimTurns(deps, limit),
    run: (turn, signal) => routeTurn(deps, turn, triage, signal),
  });
}

async function claimTurns({ db, limits, clock }: Deps, limit: number): Promise<ClaimedTurn[]> {
  const rows = await db.query<ClaimRow>(
    claim,
    [limit, limits.leaseMs, limits.turnDeadlineMs, clock()],
    'conversation-claim-turns',
  );
  return rows.map((row) => {
    const context = contextOf(row);
    return {
      id: row.id,
      turnId: row.id,
      generation: row.generation,
      leftMs: Math.max(row.left_ms, 0),
      language: context.language,
      createdAt: row.created_at,
      sessionId: row.session_id,
      sessionStatus: row.session_status,
      viewer: context.viewer,
      context,
      decided: row.action_status && routeOfVerdict(actionOf(row), row.action_status !== 'DECLINED'),
      pending: row.pending ?? [],
    };
  });
}

const actionOf = ({ action_agent: agent, action_intent: intent }: ClaimRow) => ({ agent, intent });

type Triaged =
  { kind: 'decided'; decision: Decision } | { kind: 'failed'; code: TurnFailureCode } | { kind: 'stopped' };

async function routeTurn(deps: Deps, turn: ClaimedTurn, triage: Triage, signal: AbortSignal): Promise<void> {
  const fences: Fence[] = [{ key: turn.id, generation: turn.generation }];
  if (turn.generation > 1) await raiseFences(deps, turn.sessionId, fences);
  const started = tell(deps, turn, { type: 'TurnStarted', turnId: turn.id, data: {} }, fences);
  await triageTurn(deps, turn, triage, { signal, fences, started });
}

async function triageTurn(
  deps: Deps,
  turn: ClaimedTurn,
  triage: Triage,
  work: { signal: AbortSignal; fences: Fence[]; started: Promise<boolean> },
): Promise<void> {
  const { signal, fences, started } = work;
  const triaged = await runTriage(deps, turn, triage, signal);
  const isOurs = await started;
  if (!isOurs || triaged.kind === 'stopped') return stopWork(deps, turn, signal);
  if (triaged.kind === 'failed') return failTurn(deps, turn, triaged.code);
  const { decision } = triaged;
  const { answer } = decision;
  const proposal = answer && turn.pending.find(({ proposalId }) => proposalId === answer.proposalId);
  if (!answer || !proposal) return handToAgents(deps, turn, decision, fences);
  const route = routeOfVerdict(proposal, answer.isConfirmed);
  if (!(await tellRoutes(deps, turn, [route], fences))) return;
  const answered = await decideByMessage(deps, turn, { ...decision, answer, route });
  // A button was pressed or the time ran out meanwhile: then it is a message like others.
  if (answered === 'undecidable') await triageTurn(deps, { ...turn, pending: [] }, triage, work);
}

function tell({ announcer }: Deps, turn: ClaimedTurn, event: NewEvent, fences: Fence[]): Promise<boolean> {
  return announcer.tell(turn.sessionId, [event], undefined, fences);
}

async function runTriage(deps: Deps, turn: ClaimedTurn, triage: Triage, signal: AbortSignal): Promise<Triaged> {
  const { language, text, history } = turn.context;
  const { sessionId, sessionStatus, decided, pending } = turn;
  if (decided) return { kind: 'decided', decision: { ...byButton, routes: [decided] } };
  const job: TriageJob = { sessionId, turnId: turn.id, sessionStatus, language, text, history, pending, signal };
  try {
    const ended = await untilStopped(signal, triage(job));
    if (ended.kind === 'done') return { kind: 'decided', decision: ended.value };
    return ended.reason === 'deadline' ? { kind: 'failed', code: 'MODEL_TIMEOUT' } : { kind: 'stopped' };
  } catch (error) {
    deps.logger.error({ turnId: turn.id, error: (error as Error).message }, 'triage failed');
    return { kind: 'failed', code: 'INTERNAL' };
  }
}

const byButton: Omit<Decision, 'routes'> = {
  method: 'RULES',
  model: null,
  confidence: 1,
  reason: 'decides on a proposal',
  entities: [],
  latencyMs: 0,
};

async function stopWork({ db }: Deps, turn: ClaimedTurn, signal: AbortSignal): Promise<void> {
  if (signal.reason === ('draining' satisfies StopReason)) await giveBack({ db, table, channel }, turn);
}

function tellRoutes(deps: Deps, turn: ClaimedTurn, routes: TurnRoute[], fences: Fence[]): Promise<boolean> {
  return tell(deps, turn, { type: 'TurnRouted', turnId: turn.id, data: { routes } }, fences);
}

/** Told before the routes are stored: an agent may begin to write as soon as they are. */
async function handToAgents(deps: Deps, turn: ClaimedTurn, decision: Decision, fences: Fence[]): Promise<void> {
  const routes = [...decision.routes];
  if (!(await tellRoutes(deps, turn, routes, fences))) return;
  const isStored = await insertRoutes(
    deps,
    turn,
    decision,
    routes.map((route) => ({ ...route, id: newId('rte') })),
  );
  if (isStored && routes.length === 0) await closeTurn(deps, turn.sessionId, turn.id, 'whole');
}

/** Ends a turn that could not be routed, with a reply that says so. */
export async function failTurn(
  deps: Deps,
  turn: HeldTurn & { sessionId: string },
  code: TurnFailureCode,
): Promise<void> {
  const routeId = newId('rte');
  const parts = withFailure({ routeId, routeNumber: 0, agent: 'ROUTER' }, [], code, turn.language);
  const failure = { code, retryable: true, parts };
  const route = { id: routeId, agent: 'ROUTER', intent: 'UNKNOWN', confidence: 0, excerpt: null, failure } as const;
  if (await insertRoutes(deps, turn, null, [route])) await closeTurn(deps, turn.sessionId, turn.id, 'whole');
}
