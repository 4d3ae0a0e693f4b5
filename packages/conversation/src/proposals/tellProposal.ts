import type { Deps } from '../deps.js';
import type { ActionStatus, ProposalRecord } from '../records.js';
import type { Fence } from '../stream/eventLog.js';

/** Tells that a proposal was made or has changed. */
export function tellProposal(
  { announcer }: Pick<Deps, 'announcer'>,
  { id, sessionId, status }: Pick<ProposalRecord, 'id' | 'sessionId' | 'status'>,
  fences?: readonly Fence[],
): Promise<boolean> {
  const about = { table: 'proposals', id, status } as const;
  return announcer.tell(sessionId, [{ type: 'ActionUpdated', data: { proposalId: id } }], about, fences);
}

/** Tells what has changed of a turn's proposals with its end. */
export async function tellProposalsOf(deps: Deps, sessionId: string, turnId: string): Promise<void> {
  const rows = await deps.db.query<{ id: string; status: ActionStatus }>(
    'SELECT id, status FROM conversation.proposals WHERE turn_id = $1 AND NOT announced ORDER BY id',
    [turnId],
    'conversation-untold-proposals',
  );
  for (const row of rows) await tellProposal(deps, { ...row, sessionId });
}
