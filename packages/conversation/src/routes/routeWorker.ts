import { assertNever, type Running } from '@supportgraph/kernel';
import type { RouteWorkOptions } from '../conversation.js';
import type { Deps } from '../deps.js';
import { requestInTurn } from '../handoffs/requestHandoff.js';
import type { CarryOut, RouteHandler, RouteJob, RouteOutcome } from '../job.js';
import { withdrawProposalsOf, withdrawReplaced } from '../proposals/expireProposals.js';
import { tellProposal, tellProposalsOf } from '../proposals/tellProposal.js';
import type { AgentKind, HandoffReason } from '../records.js';
import type { Fence, NewEvent } from '../stream/eventLog.js';
import { failureSentences, queueSentence } from '../text.js';
import { raiseFences } from '../turns/fences.js';
import { completedPart, finishedTurn, wholePart } from '../turns/parts.js';
import { shownPartIds } from '../turns/shownParts.js';
import { persistently } from '../work/persistently.js';
import { untilStopped, type Ended } from '../work/untilStopped.js';
import { giveBack, workLoop, type StopReason } from '../work/workLoop.js';
import { carryOutAction, type ActionEnd } from './carryOut.js';
import { claimRoutes, type ClaimedRoute, type RouteAction } from './claimRoutes.js';
import { finishAction, finishRoute, type RouteEnd } from './finishRoute.js';
import { proposer } from './proposer.js';
import { removedParts, routeWriter, type RouteWriter, type Written } from './routeWriter.js';

const table = 'routes';
const channel = 'conversation_routes';

/** Answers routes of these agents, and carries out what they proposed. */
export function workOnRoutes(
  deps: Deps,
  agents: readonly AgentKind[],
  handler: RouteHandler,
  { concurrency = 64, drainMs = 5_000, carryOut }: RouteWorkOptions = {},
): Running {
  const { db, logger, limits } = deps;
  return workLoop<ClaimedRoute>({
    db,
    logger,
    table,
    channel,
    concurrency,
    drainMs,
    pollMs: limits.pollMs,
    leaseMs: limits.leaseMs,
    claim: (limit) => claimRoutes(deps, agents, limit),
    run: (route, signal) => runRoute(deps, route, { handler, carryOut }, signal),
  });
}

async function runRoute(
  deps: Deps,
  route: ClaimedRoute,
  { handler, carryOut }: { handler: RouteHandler; carryOut: CarryOut | undefined },
  stop: AbortSignal,
): Promise<void> {
  const fences: Fence[] = [
    { key: route.turnId, generation: route.turnGeneration },
    { key: route.id, generation: route.generation },
  ];
  const earlier = route.generation > 1 ? await takeOver(deps, route, fences) : [];
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  const onLost = () => lost.abort('lost' satisfies StopReason);
  const writer = routeWriter(deps, route, fences, onLost);
  signal.addEventListener('abort', writer.hush, { once: true });
  const finishing: Finishing = { deps, route, writer, fences, earlier };
  if (route.action) return settleAction(finishing, route.action, carryOut, signal);
  const propose = proposer(deps, route, writer, fences, onLost);
  const ended = await untilStopped(signal, runHandler(deps, handler, jobOf(route, writer, propose, signal)));
  const outcome = outcomeOf(ended);
  if (outcome === null) return abandon(deps, route, writer, signal);
  await finish(finishing, outcome);
}

/** Carries out the route's action and finishes it in one commit. Whatever stops it in between, it is done over. */
async function settleAction(
  finishing: Finishing,
  action: RouteAction,
  carryOut: CarryOut | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { deps, route, writer } = finishing;
  const ended = await untilStopped(signal, tryAction(finishing, action, carryOut, signal));
  if (ended.kind === 'stopped' || ended.value === null) return abandon(deps, route, writer, signal);
  const end = ended.value;
  const written = await writer.end();
  const { finished, closed } = await persistently(() =>
    end === 'declined'
      ? finishRoute(deps, route, { status: 'ANSWERED' }, written)
      : finishAction(deps, route, end === 'executed', written),
  );
  if (!finished) return;
  if (end !== 'declined') {
    const status = end === 'executed' ? 'EXECUTED' : 'FAILED';
    void tellProposal(deps, { id: action.proposalId, sessionId: route.sessionId, status });
  }
  await tellFinish(finishing, written, closed !== null);
}

/** Null if it cannot be found out now how the action ended. */
async function tryAction(
  { deps, route, writer }: Finishing,
  action: RouteAction,
  carryOut: CarryOut | undefined,
  signal: AbortSignal,
): Promise<ActionEnd | null> {
  try {
    return await carryOutAction(deps, route, action, carryOut, writer, signal);
  } catch (error) {
    if (!signal.aborted) deps.logger.error({ routeId: route.id, error: (error as Error).message }, 'action failed');
    return null;
  }
}

/** Fences off the worker before, then finds out what it had shown. */
async function takeOver(deps: Deps, route: ClaimedRoute, fences: readonly Fence[]): Promise<string[]> {
  await raiseFences(deps, route.sessionId, fences);
  const { turnId: id, sessionId, streamCursor } = route;
  return shownPartIds(deps, { id, sessionId, streamCursor }, route);
}

function jobOf(route: ClaimedRoute, writer: RouteWriter, propose: RouteJob['propose'], signal: AbortSignal): RouteJob {
  const { sessionId, turnId, id: routeId, agent, intent, excerpt, entities, context } = route;
  return {
    sessionId,
    turnId,
    routeId,
    agent,
    intent,
    excerpt,
    entities,
    ...context,
    writer: writer.reply,
    propose,
    signal,
  };
}

async function runHandler({ logger }: Deps, handler: RouteHandler, job: RouteJob): Promise<RouteOutcome> {
  try {
    return await handler(job);
  } catch (error) {
    // A handler that is told to stop may well throw; then its outcome is not looked at.
    if (!job.signal.aborted) logger.error({ routeId: job.routeId, error: (error as Error).message }, 'agent failed');
    return { kind: 'failed', code: 'INTERNAL', retryable: true };
  }
}

/** Null if the route is no longer to be finished by this worker. */
function outcomeOf(ended: Ended<RouteOutcome>): RouteOutcome | null {
  if (ended.kind === 'done') return ended.value;
  return ended.reason === 'deadline' ? { kind: 'failed', code: 'MODEL_TIMEOUT', retryable: true } : null;
}

async function abandon({ db }: Deps, route: ClaimedRoute, writer: RouteWriter, signal: AbortSignal): Promise<void> {
  await writer.end();
  if (signal.reason === ('draining' satisfies StopReason)) await giveBack({ db, table, channel }, route);
}

interface Finishing {
  deps: Deps;
  route: ClaimedRoute;
  writer: RouteWriter;
  fences: Fence[];
  earlier: string[];
}

async function finish(finishing: Finishing, outcome: RouteOutcome): Promise<void> {
  const { deps, route, writer } = finishing;
  const end = await lastWords(finishing, outcome.kind === 'answered' && writer.isEmpty() ? noAnswer : outcome);
  const written = await writer.end();
  // The answer is whole and was paid for: the database may be away for a moment.
  const { finished, closed, hasProposals } = await persistently(() => finishRoute(deps, route, end, written));
  if (!finished) return;
  await tellFinish(finishing, written, closed !== null);
  // With the end of the turn, what failed routes and earlier workers proposed is withdrawn.
  if (closed === null || !hasProposals) return;
  await tellProposalsOf(deps, route.sessionId, route.turnId);
  await withdrawReplaced(deps, route.sessionId, route.turnId);
}

const noAnswer: RouteOutcome = { kind: 'failed', code: 'INTERNAL', retryable: true };

/** Reasons with which an agent stands by nothing that it proposed before; whoever was asked for a person may still agree. */
const gaveUp: ReadonlySet<HandoffReason> = new Set(['LOW_CONFIDENCE', 'OUT_OF_SCOPE', 'SYSTEM']);

/** Says what the agent could not say itself: that it failed, or that a person will go on. */
async function lastWords({ deps, route, writer }: Finishing, outcome: RouteOutcome): Promise<RouteEnd> {
  const { language } = route.context;
  switch (outcome.kind) {
    case 'answered':
      return { status: 'ANSWERED' };
    case 'handedOff': {
      if (gaveUp.has(outcome.reason)) await withdrawProposalsOf(deps, route);
      const position = await requestInTurn(deps, route, outcome);
      if (writer.isEmpty()) writer.add(queueSentence(position)[language]);
      return { status: 'HANDED_OFF' };
    }
    case 'failed':
      writer.add(failureSentences[outcome.code][language]);
      return { status: 'FAILED', code: outcome.code, retryable: outcome.retryable };
    default:
      return assertNever(outcome);
  }
}

/** After the commit. If this process dies first, the sweep tells the end of the turn. */
async function tellFinish({ deps, route, fences, earlier }: Finishing, written: Written, isClosed: boolean) {
  const { turnId, sessionId, replyId } = route;
  const parts: NewEvent[] = written.isShown
    ? written.untold.map((part) => completedPart(turnId, replyId, part))
    : written.parts.flatMap((part) => wholePart(turnId, replyId, part));
  const news = [...parts, ...removedParts(route, earlier, written.parts)];
  if (isClosed) await deps.announcer.tell(sessionId, [...news, finishedTurn(turnId)], { table: 'turns', id: turnId });
  else await deps.announcer.tell(sessionId, news, undefined, fences);
}
