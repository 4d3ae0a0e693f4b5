import { fail, isId, notFound, ok, userError, type Result, type Viewer } from '@supportgraph/kernel';
import { forbidden, mayTalk, visibilityValues, visibleWhere } from '../access.js';
import type { Deps } from '../deps.js';
import { tellProposalsOf } from '../proposals/tellProposal.js';
import type { TurnRecord } from '../records.js';
import { cancelChannel } from '../work/workLoop.js';
import { closeTurn } from './closeTurn.js';
import { raiseFences } from './fences.js';
import { loadTurns } from './loadTurns.js';
import { shownParts, type UnfinishedRoute } from './shownParts.js';

export interface CancelledTurn {
  id: string;
  session_id: string;
  generation: number;
  stream_cursor: string;
}

/*
 * From this commit on nobody can finish, route or claim anything of the turn: they all ask for its generation. What was
 * agreed to is carried out: such a turn goes on, as nobody could say whether it was stopped in time.
 */
const mark = (condition: string) => `
  WITH marked AS (
    UPDATE conversation.turns t SET cancelled_at = coalesce(t.cancelled_at, now()), generation = t.generation + 1
      FROM conversation.sessions s
      WHERE s.id = t.session_id AND t.finished_at IS NULL AND t.action_id IS NULL AND ${condition}
      RETURNING t.id, t.session_id, t.generation, t.stream_cursor
  )
  SELECT marked.*, pg_notify('${cancelChannel}', marked.id) FROM marked`;

/**
 * Stops a turn. First the database fences everybody off, then the log does; then what was shown until then is taken
 * from the log and stored, and the turn is closed with it. If this process dies in between, the sweep goes on from there.
 */
export async function cancelTurn(deps: Deps, viewer: Viewer, turnId: string): Promise<Result<TurnRecord>> {
  const field = ['input', 'turnId'];
  if (!isId('trn', turnId)) return fail(notFound(...field));
  const [before] = await loadTurns(deps, viewer, [turnId]);
  if (!before) return fail(notFound(...field));
  if (!mayTalk(viewer)) return fail(forbidden);
  const [cancelled] = await deps.db.query<CancelledTurn>(
    mark(`t.id = $1 AND ${visibleWhere(2)}`),
    [turnId, ...visibilityValues(viewer)],
    'conversation-cancel',
  );
  if (cancelled) await endCancelled(deps, cancelled);
  const [after] = await loadTurns(deps, viewer, [turnId]);
  if (!after) return fail(notFound(...field));
  return cancelled || after.finishedAt ? ok(after) : fail({ ...beingCarriedOut, field });
}

const beingCarriedOut = userError(
  'WRONG_STATE',
  'What was agreed to is being carried out and cannot be stopped.',
  '已同意的操作正在執行，無法停止。',
);

/** Stops all unfinished turns of a session, the running one last, so that none of the others begins. */
export async function cancelTurnsOf(deps: Deps, sessionId: string): Promise<void> {
  const cancelled = await deps.db.query<CancelledTurn>(
    `${mark('t.session_id = $1')} ORDER BY marked.id DESC`,
    [sessionId],
    'conversation-cancel-session',
  );
  for (const turn of cancelled) await endCancelled(deps, turn);
}

/** The rest of a cancellation once it is marked. May be done again. */
export async function endCancelled(deps: Deps, turn: CancelledTurn): Promise<void> {
  await raiseFences(deps, turn.session_id, [{ key: turn.id, generation: turn.generation }]);
  const routes = await deps.db.query<UnfinishedRoute>(
    'SELECT id, number, agent, parts FROM conversation.routes WHERE turn_id = $1 AND finished_at IS NULL ORDER BY number',
    [turn.id],
    'conversation-unfinished-routes',
  );
  const { id, session_id: sessionId, stream_cursor: streamCursor } = turn;
  const shown = await shownParts(deps, { id, sessionId, streamCursor }, routes);
  await deps.db.query(
    `UPDATE conversation.routes r
       SET status = 'CANCELLED', finished_at = now(), lease_until = NULL, generation = r.generation + 1, parts = shown.parts
       FROM jsonb_to_recordset($2::jsonb) AS shown (id text, parts jsonb)
       WHERE r.turn_id = $1 AND r.id = shown.id AND r.finished_at IS NULL`,
    [turn.id, JSON.stringify([...shown].map(([routeId, parts]) => ({ id: routeId, parts })))],
    'conversation-cancel-routes',
  );
  await closeTurn(deps, sessionId, id, 'completed');
  await tellProposalsOf(deps, sessionId, id);
}
