import type { Conversation, Intent, RoutingRecord } from '@supportgraph/conversation';
import { fail, isStaff, notFound, ok, userError, type Clock, type Result, type Viewer } from '@supportgraph/kernel';
import type { Corrections } from './data/corrections.js';
import { maxRoutes } from './domain/triage.js';

export interface CorrectRoute {
  turnId: string;
  intents: readonly Intent[];
}

export interface CorrectRouteDeps {
  conversation: Pick<Conversation, 'turns'>;
  corrections: Corrections;
  clock: Clock;
}

/** Keeps what a member of the staff says the right intents of a turn were. The turn itself stays as it is. */
export async function correctRoute(
  { conversation, corrections, clock }: CorrectRouteDeps,
  viewer: Viewer,
  { turnId, intents }: CorrectRoute,
): Promise<Result<RoutingRecord>> {
  if (!isStaff(viewer)) return fail(staffOnly);
  if (intents.length === 0 || intents.length > maxRoutes || new Set(intents).size < intents.length)
    return fail(wrongIntents);
  const [turn] = await conversation.turns.load(viewer, [turnId]);
  if (!turn) return fail(notFound('input', 'turnId'));
  if (!turn.routing) return fail(notRouted);
  const correctedBy = viewer.staffId ?? viewer.role;
  await corrections.put({ turnId, intents: [...intents], correctedBy, correctedAt: clock() });
  return ok(turn.routing);
}

const staffOnly = userError('FORBIDDEN', 'Only the staff may correct routes.', '只有客服人員可以更正路由。');
const wrongIntents = userError(
  'INVALID',
  `Name one to ${maxRoutes} different intents.`,
  `請提供一到 ${maxRoutes} 個不重複的意圖。`,
  ['input', 'intents'],
);
const notRouted = userError('WRONG_STATE', 'This turn has not been routed yet.', '這一輪對話尚未分派。', [
  'input',
  'turnId',
]);
