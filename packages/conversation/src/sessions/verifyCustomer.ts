import { idempotent, type Tx } from '@supportgraph/data';
import { fail, notFound, ok, userError, type Result, type Viewer } from '@supportgraph/kernel';
import { forbidden, mayTalk, principalOf } from '../access.js';
import { auditDeed, auditDenied } from '../audited.js';
import type { MatchedCustomer, VerifyCustomer } from '../conversation.js';
import type { Deps } from '../deps.js';
import { requestForPlatform } from '../handoffs/requestHandoff.js';
import type { SessionRecord, SessionStatus } from '../records.js';
import { sessionClosed, storable } from '../text.js';
import { loadSessions } from './loadSessions.js';

/** Failed tries of one session before a person takes over. */
const maxTries = 5;

const notVerified = userError(
  'CUSTOMER_NOT_VERIFIED',
  'We could not find you with these details.',
  '我們無法以這些資料找到您。',
);
const boundToAnother = userError(
  'WRONG_STATE',
  'This conversation is already with another customer.',
  '這次對話已綁定其他顧客。',
  ['input', 'sessionId'],
);

interface LockedSession {
  status: SessionStatus;
  customer_id: string | null;
  failed_verifications: number;
}

/** Binds a session to the customer that `match` finds. The answer does not tell why none was found. */
export async function verifyCustomer(
  deps: Deps,
  viewer: Viewer,
  input: VerifyCustomer,
  match: () => Promise<MatchedCustomer | null>,
): Promise<Result<SessionRecord>> {
  const { idempotencyKey, sessionId, claim } = input;
  const refusal = await refusalOf(deps, viewer, sessionId);
  if (refusal) return refusal;
  const result = await deps.db.transaction((tx) =>
    idempotent(
      tx,
      {
        scope: principalOf(viewer),
        key: storable(idempotencyKey),
        operation: 'verifyCustomer',
        input: { sessionId, claim },
        now: deps.clock(),
      },
      () => audited(deps, tx, viewer, sessionId, () => tryMatch(deps, tx, sessionId, match)),
    ),
  );
  if (!result.ok) {
    await handOverAfterTries(deps, sessionId);
    return result;
  }
  return boundSession(deps, viewer, sessionId);
}

/** Binds a session to a customer whom the caller has identified. */
export async function bindCustomer(
  deps: Deps,
  viewer: Viewer,
  sessionId: string,
  customer: MatchedCustomer,
): Promise<Result<SessionRecord>> {
  const refusal = await refusalOf(deps, viewer, sessionId);
  if (refusal) return refusal;
  const result = await deps.db.transaction((tx) =>
    audited(deps, tx, viewer, sessionId, async () => {
      const session = await lock(tx, sessionId);
      return session.status === 'CLOSED' ? fail(sessionClosed) : bind(deps, tx, sessionId, session, customer);
    }),
  );
  return result.ok ? boundSession(deps, viewer, sessionId) : result;
}

async function refusalOf(deps: Deps, viewer: Viewer, sessionId: string): Promise<Result<never> | null> {
  const [session] = await loadSessions(deps, viewer, [sessionId]);
  const deed = { viewer, action: 'session.verify', sessionId };
  if (!session) return auditDenied(deps, deed, fail(notFound('input', 'sessionId')));
  return mayTalk(viewer) ? null : auditDenied(deps, deed, fail(forbidden));
}

/** Keeps in the audit whether the session was bound; not what the visitor said. */
async function audited(
  deps: Deps,
  tx: Tx,
  viewer: Viewer,
  sessionId: string,
  run: () => Promise<Result<null>>,
): Promise<Result<null>> {
  const result = await run();
  await auditDeed(deps, tx, { viewer, action: 'session.verify', sessionId }, result);
  return result;
}

async function tryMatch(
  deps: Deps,
  tx: Tx,
  sessionId: string,
  match: () => Promise<MatchedCustomer | null>,
): Promise<Result<null>> {
  const session = await lock(tx, sessionId);
  if (session.status === 'CLOSED') return fail(sessionClosed);
  if (session.failed_verifications >= maxTries) return fail(notVerified);
  const customer = await match();
  // A session that is bound says the same of wrong details and of another customer's.
  if (!customer) return countTry(tx, sessionId, session);
  return bind(deps, tx, sessionId, session, customer);
}

async function lock(tx: Tx, sessionId: string): Promise<LockedSession> {
  const [row] = await tx.$queryRaw<LockedSession[]>`
    SELECT status::text, customer_id, failed_verifications FROM conversation.sessions WHERE id = ${sessionId} FOR NO KEY UPDATE`;
  return row!;
}

async function countTry(tx: Tx, sessionId: string, session: LockedSession): Promise<Result<null>> {
  await tx.$executeRaw`
    UPDATE conversation.sessions SET failed_verifications = failed_verifications + 1 WHERE id = ${sessionId}`;
  return fail(session.customer_id === null ? notVerified : boundToAnother);
}

async function bind(
  { clock }: Deps,
  tx: Tx,
  sessionId: string,
  session: LockedSession,
  { customerId, displayName }: MatchedCustomer,
): Promise<Result<null>> {
  if (session.customer_id === customerId) return ok(null);
  if (session.customer_id !== null) return countTry(tx, sessionId, session);
  const name = displayName === undefined ? null : storable(displayName);
  await tx.$executeRaw`
    UPDATE conversation.sessions SET customer_id = ${customerId}, customer_name = ${name}, updated_at = ${clock()}
      WHERE id = ${sessionId}`;
  return ok(null);
}

/** When the last try has failed; again if a crash came between. One that waits already is left as it is. */
async function handOverAfterTries(deps: Deps, sessionId: string): Promise<void> {
  const [spent] = await deps.db.query(
    `SELECT FROM conversation.sessions s WHERE s.id = $1 AND s.failed_verifications >= ${maxTries} AND s.status = 'ACTIVE'`,
    [sessionId],
    'conversation-tries-spent',
  );
  if (!spent) return;
  const summary = `The visitor could not be verified after ${maxTries} tries.`;
  await requestForPlatform(deps, { sessionId, reason: 'OUT_OF_SCOPE', summary });
}

async function boundSession(deps: Deps, viewer: Viewer, sessionId: string): Promise<Result<SessionRecord>> {
  void deps.announcer.tell(sessionId, [{ type: 'SessionUpdated', data: {} }]);
  const [session] = await loadSessions(deps, viewer, [sessionId]);
  return session ? ok(session) : fail(notFound('input', 'sessionId'));
}
