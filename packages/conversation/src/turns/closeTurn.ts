import type { Deps } from '../deps.js';
import type { Part, TurnStatus } from '../records.js';
import type { NewEvent } from '../stream/eventLog.js';
import { completedPart, finishedTurn, wholePart } from './parts.js';

/** How the end tells of the reply's parts: from nothing, or only that they are final as they were shown. */
export type PartsAs = 'whole' | 'completed';

/** Closes a turn whose routes have all finished and tells its end. Does nothing if it is closed or routes are at work. */
export async function closeTurn(deps: Deps, sessionId: string, turnId: string, partsAs: PartsAs): Promise<void> {
  const [row] = await deps.db.query<{ closed: TurnStatus | null }>(
    'SELECT conversation.close_turn($1) AS closed',
    [turnId],
    'conversation-close-turn',
  );
  if (row!.closed !== null) await tellEnd(deps, sessionId, turnId, partsAs);
}

/** Tells the end of a closed turn: its parts as they are stored, then that it is finished. */
export async function tellEnd(deps: Deps, sessionId: string, turnId: string, partsAs: PartsAs): Promise<void> {
  const [reply] = await deps.db.query<{ id: string; parts: Part[] }>(
    `SELECT m.id, m.parts FROM conversation.turns t JOIN conversation.messages m ON m.id = t.reply_id
       WHERE t.id = $1 AND m.created_at >= t.created_at`,
    [turnId],
    'conversation-reply-of',
  );
  const tellPart =
    partsAs === 'whole' ? wholePart : (...part: Parameters<typeof completedPart>) => [completedPart(...part)];
  const parts: NewEvent[] = reply ? reply.parts.flatMap((part) => tellPart(turnId, reply.id, part)) : [];
  await deps.announcer.tell(sessionId, [...parts, finishedTurn(turnId)], { table: 'turns', id: turnId });
}
