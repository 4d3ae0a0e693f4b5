import { consume, type StoredEvent, type Tx } from '@supportgraph/data';
import { assertNever, type Running } from '@supportgraph/kernel';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { requestInTransaction } from './requestHandoff.js';

/** What is read of an event about a refund; commerce may say more. */
const about = z.object({
  refundId: z.string(),
  orderId: z.string(),
  customerId: z.string(),
  sessionId: z.string().nullish(),
});
const events = z.discriminatedUnion('type', [
  z.object({ type: z.literal('refund.requested'), data: about.extend({ isAutomatic: z.boolean() }) }),
  z.object({ type: z.literal('refund.failed'), data: about.extend({ code: z.string() }) }),
]);
type RefundEvent = z.infer<typeof events>;

/**
 * Puts the customer's open session into the queue for a person when a refund needs one: it is above the limit, or the
 * payment provider refused it. Without an open session nothing is done: staff see such refunds in their list.
 */
export function followRefunds(deps: Deps): Running {
  return consume(deps.db, {
    name: 'conversation.followRefunds',
    types: ['refund.requested', 'refund.failed'],
    handle: (tx, event) => follow(deps, tx, event),
    log: deps.logger,
  });
}

async function follow(deps: Deps, tx: Tx, stored: StoredEvent): Promise<(() => void) | undefined> {
  const event = events.parse(stored);
  const why = reasonOf(event);
  if (!why) return undefined;
  const sessionId = await openSessionOf(tx, event.data);
  return sessionId === null ? undefined : requestInTransaction(deps, tx, { sessionId, ...why });
}

function reasonOf(event: RefundEvent): { reason: 'APPROVAL_NEEDED' | 'SYSTEM'; summary: string } | null {
  const { refundId, orderId } = event.data;
  switch (event.type) {
    case 'refund.requested':
      if (event.data.isAutomatic) return null;
      return { reason: 'APPROVAL_NEEDED', summary: `Refund ${refundId} of order ${orderId} waits for a decision.` };
    case 'refund.failed': {
      const summary = `The payment provider refused refund ${refundId} of order ${orderId}: ${event.data.code}.`;
      return { reason: 'SYSTEM', summary };
    }
    default:
      return assertNever(event);
  }
}

/** The session in which it was asked for, if it is still open, else the customer's latest that is. */
async function openSessionOf(tx: Tx, { customerId, sessionId = null }: z.infer<typeof about>): Promise<string | null> {
  const [session] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM conversation.sessions WHERE status <> 'CLOSED' AND (customer_id = ${customerId} OR id = ${sessionId})
      ORDER BY id = ${sessionId} DESC NULLS LAST, updated_at DESC LIMIT 1`;
  return session?.id ?? null;
}
