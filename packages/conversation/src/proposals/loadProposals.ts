import { isId, type Viewer } from '@supportgraph/kernel';
import { visibilityValues, visibleWhere } from '../access.js';
import type { Deps } from '../deps.js';
import { grouped, inOrder } from '../inOrder.js';
import type { ProposalRecord } from '../records.js';
import { proposalColumns, proposalOf, type ProposalRow } from './proposalRow.js';

const proposalsWhere = (condition: string) => `
  SELECT ${proposalColumns} FROM conversation.proposals p JOIN conversation.sessions s ON s.id = p.session_id
    WHERE ${condition} AND ${visibleWhere(2)} ORDER BY p.created_at, p.id`;

export async function loadProposals(
  { db }: Deps,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(ProposalRecord | null)[]> {
  const known = ids.filter((id) => isId('prp', id));
  if (known.length === 0) return ids.map(() => null);
  const rows = await db.query<ProposalRow>(
    proposalsWhere('p.id = ANY($1)'),
    [known, ...visibilityValues(viewer)],
    'conversation-load-proposals',
  );
  return inOrder(ids, rows.map(proposalOf), ({ id }) => id);
}

/** Those that wait for a yes or no, oldest first, by session. */
export async function loadPendingProposals(
  { db, clock }: Deps,
  viewer: Viewer,
  sessionIds: readonly string[],
): Promise<ProposalRecord[][]> {
  const known = sessionIds.filter((id) => isId('ses', id));
  if (known.length === 0) return sessionIds.map(() => []);
  const rows = await db.query<ProposalRow>(
    proposalsWhere(`p.session_id = ANY($1) AND p.status = 'PENDING' AND p.expires_at > $6`),
    [known, ...visibilityValues(viewer), clock()],
    'conversation-load-pending-proposals',
  );
  return grouped(sessionIds, rows.map(proposalOf), ({ sessionId }) => sessionId);
}

/** All that were proposed, oldest first, by turn. */
export async function loadProposalsOf(
  { db }: Deps,
  viewer: Viewer,
  turnIds: readonly string[],
): Promise<ProposalRecord[][]> {
  const known = turnIds.filter((id) => isId('trn', id));
  if (known.length === 0) return turnIds.map(() => []);
  const rows = await db.query<ProposalRow>(
    proposalsWhere('p.turn_id = ANY($1)'),
    [known, ...visibilityValues(viewer)],
    'conversation-load-proposals-of',
  );
  return grouped(turnIds, rows.map(proposalOf), ({ turnId }) => turnId);
}
