import { audit, idempotent, type Tx } from '@supportgraph/data';
import { fail, isStaff, newId, notFound, ok, userError, type Result, type Viewer } from '@supportgraph/kernel';
import { forbidden, mayTalk, principalOf } from '../access.js';
import type { DecideAction, DecidedAction } from '../conversation.js';
import type { Deps } from '../deps.js';
import { streamPosition } from '../messages/streamPosition.js';
import type { ProposalRecord } from '../records.js';
import { keyFault, sessionClosed } from '../text.js';
import { loadTurns } from '../turns/loadTurns.js';
import { loadProposals } from './loadProposals.js';
import { tellProposal } from './tellProposal.js';

export type Verdict = 'CONFIRMED' | 'DECLINED';

const operations = { CONFIRMED: 'confirmAction', DECLINED: 'declineAction' } as const;
const deeds = { CONFIRMED: 'action.confirm', DECLINED: 'action.decline' } as const;

const decidedBefore = userError(
  'PROPOSAL_EXPIRED',
  'This was already decided on, or its time is up. Ask for it again if you still want it.',
  '這項操作已經決定過，或已超過確認時間。若仍需要，請重新提出。',
  ['input', 'proposalId'],
);

/** Agrees to a proposal or declines it, by a button: a turn is made that carries it out or answers the refusal. */
export async function decideAction(
  deps: Deps,
  viewer: Viewer,
  { idempotencyKey, proposalId }: DecideAction,
  verdict: Verdict,
): Promise<Result<DecidedAction>> {
  const fault = keyFault(idempotencyKey);
  if (fault) return fail(fault);
  const [before] = await loadProposals(deps, viewer, [proposalId]);
  if (!before) return fail(notFound('input', 'proposalId'));
  // Staff act for a customer themselves, and in their own name.
  if (isStaff(viewer) || !mayTalk(viewer)) return fail(forbidden);
  const use = {
    scope: principalOf(viewer),
    key: idempotencyKey,
    operation: operations[verdict],
    input: { proposalId },
    now: deps.clock(),
  };
  const streamCursor = await streamPosition(deps, before.sessionId);
  const decided = await deps.db.transaction((tx) =>
    idempotent(tx, use, () => decide(tx, { viewer, proposal: before, verdict, streamCursor, now: use.now })),
  );
  if (!decided.ok) return decided;
  void tellProposal(deps, { ...before, status: verdict });
  return asDecided(deps, viewer, before.id, decided.value);
}

interface Decision {
  viewer: Viewer;
  proposal: ProposalRecord;
  verdict: Verdict;
  streamCursor: string;
  now: Date;
}

/** The id of the turn that was made. */
async function decide(tx: Tx, decision: Decision): Promise<Result<string>> {
  const { viewer, proposal, verdict, streamCursor, now } = decision;
  const { id, sessionId } = proposal;
  // A session's turns get their positions under this lock, and proposals are decided on under it.
  const [session] = await tx.$queryRaw<{ status: string }[]>`
    SELECT status::text FROM conversation.sessions WHERE id = ${sessionId} FOR NO KEY UPDATE`;
  if (session?.status === 'CLOSED') return fail(sessionClosed);
  if (!(await flip(tx, { sessionId, proposalId: id, verdict, now }))) return fail(decidedBefore);
  const turnId = newId('trn', now.getTime());
  await tx.$executeRaw`
    INSERT INTO conversation.turns (id, session_id, action_id, stream_cursor, created_at)
    VALUES (${turnId}, ${sessionId}, ${id}, ${streamCursor}, ${now})`;
  await tx.$queryRaw`SELECT pg_notify('conversation_turns', '')::text`;
  await auditVerdict(tx, viewer, proposal, verdict, now);
  return ok(turnId);
}

/** Decides on a proposal that waits, for its own customer and in time; false if that is no longer possible. */
export async function flip(
  tx: Tx,
  { sessionId, proposalId, verdict, now }: { sessionId: string; proposalId: string; verdict: Verdict; now: Date },
): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE conversation.proposals p
      SET status = ${verdict}::text::conversation.action_status, decided_at = ${now}, updated_at = ${now}, announced = false
      FROM conversation.sessions s, conversation.turns t
      WHERE p.id = ${proposalId} AND p.session_id = ${sessionId} AND p.status = 'PENDING' AND p.expires_at > ${now}
        AND s.id = p.session_id AND (p.customer_id IS NULL OR p.customer_id = s.customer_id)
        AND t.id = p.turn_id AND t.cancelled_at IS NULL`;
  return count > 0;
}

export function auditVerdict(
  tx: Tx,
  viewer: Viewer,
  proposal: { id: string; sessionId: string },
  verdict: Verdict,
  now: Date,
): Promise<void> {
  const { id, sessionId } = proposal;
  return audit(tx, { viewer, action: deeds[verdict], outcome: 'SUCCEEDED', subjectId: id, sessionId }, now);
}

async function asDecided(
  deps: Deps,
  viewer: Viewer,
  proposalId: string,
  turnId: string,
): Promise<Result<DecidedAction>> {
  const [[proposal], [turn]] = await Promise.all([
    loadProposals(deps, viewer, [proposalId]),
    loadTurns(deps, viewer, [turnId]),
  ]);
  return proposal && turn ? ok({ proposal, turn }) : fail(notFound('input', 'proposalId'));
}
