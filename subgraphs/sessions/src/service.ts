import type {
  Conversation,
  MatchedCustomer,
  SessionRecord,
  StartedSession,
  StartSession,
} from '@supportgraph/conversation';
import { fail, isId, notFound, userError, type Result, type Viewer } from '@supportgraph/kernel';

/** What visitors say of themselves: an e-mail address, or a name and a postcode. */
export interface CustomerClaim {
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  postcode: string | null;
}

/** Finds the customer whom a claim fits, by the shop's rules; null if there is none, or more than one. */
export type MatchCustomer = (claim: CustomerClaim) => Promise<MatchedCustomer | null>;

/** The customer with this id; null if there is none. */
export type FindCustomer = (customerId: string) => Promise<MatchedCustomer | null>;

/** Opens a session. The customer whom a partner names must be one: what else it may not is the conversation's to say. */
export async function startSession(
  { sessions }: Conversation,
  findCustomer: FindCustomer,
  viewer: Viewer,
  input: Omit<StartSession, 'customerName'>,
): Promise<Result<StartedSession>> {
  const asserted = viewer.scopes.includes('customers:assert') ? input.customerId : null;
  const customer = asserted != null && isId('cus', asserted) ? await findCustomer(asserted) : null;
  if (asserted != null && !customer) return fail(notFound('input', 'customerId'));
  return sessions.start(viewer, { ...input, customerName: customer?.displayName ?? null });
}

/** What `verifyCustomer` is asked with. */
export interface VerifyInput extends Partial<Record<keyof CustomerClaim, string | null>> {
  idempotencyKey: string;
  sessionId: string;
}

/** Binds a session to the customer whom the claim fits. */
export async function verifyCustomer(
  conversation: Conversation,
  matchCustomer: MatchCustomer,
  viewer: Viewer,
  input: VerifyInput,
): Promise<Result<SessionRecord>> {
  const { idempotencyKey, sessionId } = input;
  const claim = claimOf(input);
  if (!claim) return fail(claimIncomplete);
  return conversation.sessions.verifyCustomer(viewer, { idempotencyKey, sessionId, claim }, () => matchCustomer(claim));
}

const claimIncomplete = userError(
  'INVALID',
  'Give the e-mail address, or first name, last name and postcode together.',
  '請提供電子郵件地址，或同時提供名字、姓氏與郵遞區號。',
  ['input'],
);

function claimOf(input: VerifyInput): CustomerClaim | null {
  const said = (text: string | null | undefined) => text?.trim() || null;
  const claim = {
    email: said(input.email),
    firstName: said(input.firstName),
    lastName: said(input.lastName),
    postcode: said(input.postcode),
  };
  const isComplete = claim.email ?? (claim.firstName && claim.lastName && claim.postcode);
  return isComplete ? claim : null;
}
