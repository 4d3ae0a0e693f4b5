import { fail, languageOf, ok, signSessionToken, userError, type Result, type Viewer } from '@supportgraph/kernel';
import { forbidden, mayTalk, openerOf } from '../access.js';
import type { StartedSession, StartSession } from '../conversation.js';
import type { Deps } from '../deps.js';
import { digestOf, secretId } from '../derivedId.js';
import { keyConflict, keyFault, storable } from '../text.js';
import { sessionColumns, sessionOf, type SessionRow } from './sessionRow.js';

// The id follows from the opener and the key, so a second start meets the first one's row and changes nothing in it.
const insertSession = `
  WITH made AS (
    INSERT INTO conversation.sessions AS s
      (id, channel, language, customer_id, customer_name, api_client_id, opened_by, start_digest, created_at, updated_at)
    VALUES ($1, $2::text::conversation.channel, $3, $4, $5, $6, $7, $8, $9, $9)
    ON CONFLICT (id) DO UPDATE SET start_digest = s.start_digest
    RETURNING s.*
  )
  SELECT ${sessionColumns}, s.start_digest FROM made s`;

/** Opens a session, or gives back the one that the same caller opened with the same key. */
export async function startSession(
  { db, clock, secret }: Deps,
  viewer: Viewer,
  input: StartSession,
): Promise<Result<StartedSession>> {
  const fault = keyFault(input.idempotencyKey) ?? customerFault(viewer, input) ?? (mayTalk(viewer) ? null : forbidden);
  if (fault) return fail(fault);
  const id = secretId('ses', secret, openerOf(viewer), input.idempotencyKey);
  const customerId = input.customerId ?? (viewer.role === 'CUSTOMER' ? viewer.customerId : null);
  const language = input.language == null ? null : languageOf(input.language);
  const customerName = input.customerName == null ? null : storable(input.customerName);
  const digest = digestOf([input.channel, language, customerId]);
  const [row] = await db.query<SessionRow & { start_digest: string }>(
    insertSession,
    [id, input.channel, language, customerId, customerName, viewer.apiClientId, openerOf(viewer), digest, clock()],
    'conversation-start-session',
  );
  if (row!.start_digest !== digest) return fail(keyConflict);
  const accessToken = viewer.role === 'ANONYMOUS' ? signSessionToken(secret, id) : null;
  return ok({ session: sessionOf(row!), accessToken });
}

/** Only partners may say who the customer is, and customers that they are themselves. */
function customerFault(viewer: Viewer, { customerId }: StartSession) {
  if (customerId == null || (viewer.role === 'CUSTOMER' && viewer.customerId === customerId)) return null;
  if (viewer.role === 'PARTNER' && viewer.scopes.includes('customers:assert')) return null;
  return userError('FORBIDDEN', 'You may not name the customer.', '您沒有權限指定顧客。', ['input', 'customerId']);
}
