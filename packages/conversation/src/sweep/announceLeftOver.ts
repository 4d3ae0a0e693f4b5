import type { AnnouncedTable } from '../announcer.js';
import type { Deps } from '../deps.js';
import { tellHandoff } from '../handoffs/requestHandoff.js';
import { tellProposal } from '../proposals/tellProposal.js';
import type { ActionStatus } from '../records.js';
import { tellEnd } from '../turns/closeTurn.js';

/** Rows of one sweep: the rest waits for the next. */
const batch = 100;

interface LeftOver {
  id: string;
  session_id: string;
  status: string;
}

/** When a row was committed, by table. */
const since: Record<AnnouncedTable, string> = {
  messages: 'created_at',
  turns: 'finished_at',
  handoffs: 'coalesce(resolved_at, created_at)',
  proposals: 'updated_at',
};

/**
 * Tells what was committed and never told, because its process died in between or the log was away. Something may be
 * told twice, if its process is only slow: events say how things are, so that does no harm.
 */
export async function announceLeftOver(deps: Deps): Promise<void> {
  for (const { id, session_id } of await leftOver(deps, 'messages')) {
    await deps.announcer.tell(session_id, [{ type: 'MessageAdded', data: { messageId: id } }], {
      table: 'messages',
      id,
    });
  }
  for (const { id, session_id } of await leftOver(deps, 'turns')) await tellEnd(deps, session_id, id, 'whole');
  for (const { id, session_id } of await leftOver(deps, 'handoffs')) await tellHandoff(deps, session_id, id);
  for (const { id, session_id, status } of await leftOver(deps, 'proposals')) {
    // Its column has the type of these names.
    await tellProposal(deps, { id, sessionId: session_id, status: status as ActionStatus });
  }
}

function leftOver({ db, limits }: Deps, table: AnnouncedTable): Promise<LeftOver[]> {
  return db.query<LeftOver>(
    `SELECT id, session_id, status FROM conversation.${table}
       WHERE NOT announced AND ${since[table]} < now() - $1 * interval '1 ms' ORDER BY ${since[table]} LIMIT ${batch}`,
    [limits.announceAfterMs],
    `conversation-left-over-${table}`,
  );
}
