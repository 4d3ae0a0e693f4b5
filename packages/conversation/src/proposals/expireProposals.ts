import type { Deps } from '../deps.js';
import type { ActionKind } from '../records.js';
import { tellProposal } from './tellProposal.js';

const batch = 100;

const expire = "UPDATE conversation.proposals p SET status = 'EXPIRED', updated_at = now(), announced = false";

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
       ${expire}
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
      `${expire}
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
      `${expire}
         WHERE p.route_id = $1 AND p.generation = $2 AND p.status = 'PENDING' RETURNING p.id, p.session_id`,
      [id, generation],
      'conversation-withdraw-proposals-of-route',
    ),
  );
}

/** Actions that an order, or a customer, can have only one of: the latest proposal of a row is the one that is meant. */
const onlyOneOf: readonly (readonly ActionKind[])[] = [
  ['CANCEL_ORDER', 'UPDATE_ORDER_ADDRESS'],
  ['CANCEL_ORDER', 'UPDATE_ORDER_ITEMS'],
  ['CANCEL_ORDER', 'UPDATE_ORDER_PAYMENT'],
  ['UPDATE_CUSTOMER_ADDRESS'],
  ['REQUEST_RETURN', 'REQUEST_EXCHANGE'],
];
/** Each kind with those that it takes the place of. */
const replacing = onlyOneOf.flatMap((kinds) => kinds.flatMap((kind) => kinds.map((other) => `${kind} ${other}`)));

/**
 * Withdraws what earlier turns proposed and a turn that has ended proposed otherwise, such as a return with the money going
 * elsewhere, or a change where it was to be cancelled. Not before the end: the agent may still give up, and then what was asked for before stands.
 */
export async function withdrawReplaced(deps: Deps, sessionId: string, turnId: string): Promise<void> {
  await tellAll(
    deps,
    await deps.db.query<Expired>(
      `${expire}
         FROM conversation.proposals n
         WHERE n.turn_id = $2 AND n.status = 'PENDING' AND p.session_id = $1 AND p.status = 'PENDING' AND p.turn_id <> n.turn_id AND p.created_at < n.created_at
           AND n.kind || ' ' || p.kind = ANY ($3) AND p.order_id IS NOT DISTINCT FROM n.order_id
         RETURNING p.id, p.session_id`,
      [sessionId, turnId, replacing],
      'conversation-withdraw-replaced-proposals',
    ),
  );
}

async function tellAll(deps: Deps, expired: readonly Expired[]): Promise<void> {
  for (const { id, session_id } of expired) await tellProposal(deps, { id, sessionId: session_id, status: 'EXPIRED' });
}
