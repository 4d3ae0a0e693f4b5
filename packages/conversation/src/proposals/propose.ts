import { canonicalJson, type Tx } from '@supportgraph/data';
import { fail, ok, userError, type Language, type Result } from '@supportgraph/kernel';
import type { Deps } from '../deps.js';
import { derivedId } from '../derivedId.js';
import type { NewProposal } from '../job.js';
import type { AgentKind, Intent, ProposalRecord } from '../records.js';
import type { HeldRoute } from '../routes/finishRoute.js';
import { storableJson } from '../text.js';
import { proposalColumns, proposalOf, type ProposalRow } from './proposalRow.js';

/** How long a customer may think about it. */
const validMs = 15 * 60_000;
/** What may wait in a session at once. */
const maxPending = 5;

const tooMany = userError(
  'WRONG_STATE',
  `At most ${maxPending} actions can wait for an answer at once. Ask the customer about those first.`,
  `最多只能有 ${maxPending} 項操作等待確認，請先詢問顧客如何處理。`,
);

/** A route whose agent proposes. */
export interface ProposingRoute extends HeldRoute {
  sessionId: string;
  agent: AgentKind;
  intent: Intent;
}

/**
 * Stores what an agent proposes, for the worker that holds its route; null if it no longer does. The id follows from the
 * route and the wish: a worker that takes the route over and proposes the same meets the same proposal, decided or not,
 * and one that proposes something else can never have it agreed to under the name of what the customer has seen.
 */
export async function propose(
  { db, clock }: Deps,
  route: ProposingRoute,
  proposal: NewProposal,
  language: Language,
): Promise<Result<ProposalRecord> | null> {
  const id = derivedId('prp', route.id, canonicalJson(proposal.wish));
  const stored = await db.transaction<Result<null> | null>(async (tx) => {
    const customer = await lock(tx, route);
    if (!customer) return null;
    if (proposal.customerId !== null && proposal.customerId !== customer.id)
      throw new Error("A proposal must be for the session's own customer.");
    const now = clock();
    const wish = storableJson(proposal.wish);
    await withdrawSame(tx, route.sessionId, id, wish, now);
    const pending = await countPending(tx, route.sessionId, id, now);
    if (pending >= maxPending) return fail(tooMany);
    await tx.$executeRaw`
      INSERT INTO conversation.proposals AS p
        (id, session_id, turn_id, route_id, generation, agent, intent, kind, title, lines, order_id, customer_id, wish,
         created_at, expires_at, updated_at)
      VALUES
        (${id}, ${route.sessionId}, ${route.turnId}, ${route.id}, ${route.generation},
         ${route.agent}::text::conversation.agent_kind, ${route.intent}::text::conversation.intent,
         ${proposal.kind}::text::conversation.action_kind, ${proposal.title[language]}, ${linesOf(proposal, language)}::jsonb,
         ${proposal.orderId}, ${proposal.customerId}, ${wish}::jsonb, ${now}, ${new Date(now.getTime() + validMs)}, ${now})
      ON CONFLICT (id) DO UPDATE SET generation = excluded.generation`;
    return ok(null);
  });
  if (!stored?.ok) return stored;
  const [row] = await db.query<ProposalRow>(
    `SELECT ${proposalColumns} FROM conversation.proposals p WHERE p.id = $1`,
    [id],
    'conversation-proposal',
  );
  return ok(proposalOf(row!));
}

/** Locks the turn, the route and the session, in this order; null if the worker no longer holds them. */
async function lock(tx: Tx, route: ProposingRoute): Promise<{ id: string | null } | null> {
  const turns = await tx.$queryRaw<unknown[]>`
    SELECT id FROM conversation.turns
      WHERE id = ${route.turnId} AND generation = ${route.turnGeneration} AND finished_at IS NULL FOR SHARE`;
  if (turns.length === 0) return null;
  const routes = await tx.$queryRaw<unknown[]>`
    SELECT id FROM conversation.routes
      WHERE id = ${route.id} AND generation = ${route.generation} AND finished_at IS NULL FOR SHARE`;
  if (routes.length === 0) return null;
  const [customer] = await tx.$queryRaw<{ id: string | null }[]>`
    SELECT customer_id AS id FROM conversation.sessions WHERE id = ${route.sessionId} FOR NO KEY UPDATE`;
  return customer ?? null;
}

/** The very same, proposed earlier in the session: it is asked for anew. */
async function withdrawSame(tx: Tx, sessionId: string, id: string, wish: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE conversation.proposals SET status = 'EXPIRED', updated_at = ${now}, announced = false
      WHERE session_id = ${sessionId} AND status = 'PENDING' AND id <> ${id} AND wish = ${wish}::jsonb`;
}

async function countPending(tx: Tx, sessionId: string, id: string, now: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::integer AS count FROM conversation.proposals
      WHERE session_id = ${sessionId} AND status = 'PENDING' AND expires_at > ${now} AND id <> ${id}`;
  return row!.count;
}

function linesOf({ lines }: NewProposal, language: Language): string {
  return storableJson(lines.map(({ label, value }) => ({ label: label[language], value: value[language] })));
}
