import type { Deps } from '../deps.js';
import type { Part, TurnFailureCode, TurnStatus } from '../records.js';
import { storableJson } from '../text.js';

/** A route as whoever writes it holds it. */
export interface HeldRoute {
  id: string;
  turnId: string;
  generation: number;
  /** Of the turn when the route was claimed: a cancellation raises it. */
  turnGeneration: number;
}

export type RouteEnd =
  { status: 'ANSWERED' | 'HANDED_OFF' } | { status: 'FAILED'; code: TurnFailureCode; retryable: boolean };

/** `finished` is false if the worker was fenced off; `closed` is how the turn ended, if this was its last route. */
export interface Finish {
  finished: boolean;
  closed: TurnStatus | null;
}

export interface RouteFinish extends Finish {
  /** Whether something had been proposed in the turn before. */
  hasProposals: boolean;
}

/** Stores a route's parts for good, and closes the turn if it was the last: one statement. */
export async function finishRoute(
  { db }: Deps,
  route: HeldRoute,
  end: RouteEnd,
  written: { parts: readonly Part[]; firstTextAt: Date | null },
): Promise<RouteFinish> {
  const failure = end.status === 'FAILED' ? end : null;
  const [finish] = await db.query<RouteFinish>(
    `SELECT finished, closed, EXISTS (SELECT FROM conversation.proposals p WHERE p.turn_id = $2) AS "hasProposals"
       FROM conversation.finish_route(
         $1, $2, $3, $4, $5::text::conversation.route_status, $6::jsonb, $7, $8::text::conversation.turn_failure_code, $9)`,
    [
      route.id,
      route.turnId,
      route.generation,
      route.turnGeneration,
      end.status,
      storableJson(written.parts),
      written.firstTextAt,
      failure?.code ?? null,
      failure?.retryable ?? null,
    ],
    'conversation-finish-route',
  );
  return finish!;
}

/** The same for the route that carries out an action, and with it the proposal. */
export async function finishAction(
  { db }: Deps,
  route: HeldRoute,
  isExecuted: boolean,
  written: { parts: readonly Part[]; firstTextAt: Date | null },
): Promise<Finish> {
  const [finish] = await db.query<Finish>(
    'SELECT finished, closed FROM conversation.finish_action($1, $2, $3, $4, $5, $6::jsonb, $7)',
    [
      route.id,
      route.turnId,
      route.generation,
      route.turnGeneration,
      isExecuted,
      storableJson(written.parts),
      written.firstTextAt,
    ],
    'conversation-finish-action',
  );
  return finish!;
}
