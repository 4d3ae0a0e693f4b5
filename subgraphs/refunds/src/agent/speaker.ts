import { displayNameOf, type Commerce } from '@supportgraph/commerce';
import type { Conversation } from '@supportgraph/conversation';
import type { Result, Viewer } from '@supportgraph/kernel';
import { createHash } from 'node:crypto';

/** What visitors write of themselves to be recognised. */
export interface Claim {
  email?: string;
  firstName?: string;
  lastName?: string;
  postcode?: string;
  /** Number of an order of theirs. */
  orderNumber?: string;
}

/** Whom the agent speaks with, for services; a visitor becomes a customer once recognised, in the same turn already. */
export interface Speaker {
  /** Null as long as it is not known who speaks. */
  readonly customer: Viewer | null;
  /** Binds the session to the customer whom the claim fits. */
  recognise(claim: Claim): Promise<Result<unknown>>;
}

export interface SpeakerDeps {
  commerce: Pick<Commerce, 'customers'>;
  conversation: { sessions: Pick<Conversation['sessions'], 'verifyCustomer'> };
}

/** Makes the {@link Speaker} of one route. */
export function speakerOf(
  { commerce, conversation }: SpeakerDeps,
  { routeId, sessionId, viewer }: { routeId: string; sessionId: string; viewer: Viewer },
): Speaker {
  let customer = viewer.customerId === null ? null : viewer;
  return {
    get customer() {
      return customer;
    },
    async recognise(claim) {
      // A route that is taken over by another worker makes the same try again, which must not count as another one.
      const idempotencyKey = createHash('sha256')
        .update(`${routeId}\n${JSON.stringify(claim)}`)
        .digest('base64url');
      const match = async () => {
        const identified = await commerce.customers.identify(claim);
        if (!identified.ok) return null;
        return { customerId: identified.value.id, displayName: displayNameOf(identified.value) };
      };
      const bound = await conversation.sessions.verifyCustomer(viewer, { idempotencyKey, sessionId, claim }, match);
      if (bound.ok) customer = { ...viewer, role: 'CUSTOMER', customerId: bound.value.customerId };
      return bound;
    },
  };
}
