import type { Deps } from '../deps.js';
import { tellProposal } from './tellProposal.js';

const batch = 100;

interface Expired {
  id: string;
  session_id: string;
}

/** Ends what nobody has decided on in time. */
export async function expireProposals(deps: Deps): Promise<void> {
  await tellAll(
    deps,
    await deps.db.query<Expired>(
      `WITH due AS (
         SELECT id FROM conversation.proposals WHERE status = 'PENDING' AND expires_at <= $1
           ORDER BY expires_at LIMIT ${batch} FOR UPDATE SKIP LOCKED
       )
       UPDATE conversation.proposals p SET status = 'EXPIRED', updated_at = now(), announced = false
         FROM due WHERE p.id = due.id RETURNING p.id, p.session_id`,
      [deps.clock()],
      'conversation-expire-proposals',
    ),
  );
}

/** Withdraws all that waits in a session. */
export async function withdrawProposals(deps: Deps, sessionId: string): Promise<void> {
  await tellAll(
    deps,
    await deps.db.query<Expired>(
      `UPDATE conversation.proposals p SET status = 'EXPIRED', updated_at = now(), announced = false
         WHERE p.session_id = $1 AND p.status = 'PENDING' RETURNING p.id, p.session_id`,
      [sessionId],
      'conversation-withdraw-proposals',
    ),
  );
}

/** Withdraws what this holder of a route proposed in it. */
export async function withdrawProposalsOf(
  deps: Deps,
  { id, generation }: { id: string; generation: number },
): Promise<void> {
  await tellAll(
    deps,
    await deps.db.query<Expired>(
      `UPDATE conversation.proposals p SET status = 'EXPIRED', updated_at = now(), announced = false
         WHERE p.route_id = $1 AND p.generation = $2 AND p.status = 'PENDING' RETURNING p.id, p.session_id`,
      [id, generation],
      'conversation-withdraw-proposals-of-route',
    ),
  );
}

async function tellAll(deps: Deps, expired: readonly Expired[]): Promise<void> {
  for (const { id, session_id } of expired) await tellProposal(deps, { id, sessionId: session_id, status: 'EXPIRED' });
}
