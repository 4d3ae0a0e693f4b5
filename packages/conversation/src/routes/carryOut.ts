import type { Deps } from '../deps.js';
import type { CarryOut } from '../job.js';
import { declinedSentence, refusedSentence } from '../text.js';
import { persistently } from '../work/persistently.js';
import type { ClaimedRoute, RouteAction } from './claimRoutes.js';
import type { RouteWriter } from './routeWriter.js';

/** How an action ended. It is written to the customer in the platform's words, never in a model's. */
export type ActionEnd = 'executed' | 'refused' | 'declined';

/**
 * Carries out what a customer agreed to, and writes what came of it. Throws if that cannot be found out now: then the
 * route is not finished, and another worker carries it out again, which has no second effect.
 */
export async function carryOutAction(
  { logger }: Deps,
  route: ClaimedRoute,
  { status, title, ...action }: RouteAction,
  carryOut: CarryOut | undefined,
  { reply }: RouteWriter,
  signal: AbortSignal,
): Promise<ActionEnd> {
  const { sessionId, turnId, context } = route;
  const { language, viewer } = context;
  if (status === 'DECLINED') {
    reply.text(declinedSentence[language]);
    return 'declined';
  }
  if (!carryOut) throw new Error(`The agent ${route.agent} proposed an action that it cannot carry out.`);
  const job = { ...action, sessionId, turnId, language, viewer, signal };
  const result = await persistently(() => carryOut(job));
  const facts = { sessionId, proposalId: action.proposalId, kind: action.kind };
  if (!result.ok) {
    logger.info({ ...facts, code: result.errors[0]?.code }, 'action refused');
    reply.text(refusedSentence(title, result.errors)[language]);
    return 'refused';
  }
  logger.info(facts, 'action carried out');
  reply.text(result.value.report[language]);
  if (result.value.orderId) reply.order(result.value.orderId);
  return 'executed';
}
