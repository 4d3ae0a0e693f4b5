import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '@supportgraph/data';
import { assertNever } from '@supportgraph/kernel';
import type { PaymentProvider, ProviderAnswer, ProviderCall, ProviderRefund } from './provider.js';

/** What can go wrong with a provider. */
export type ProviderFault =
  /** Nothing is sent and nothing answered. */
  | 'silentBefore'
  /** The money is sent and nothing answered. */
  | 'silentAfter'
  /** An error, and nothing is sent. */
  | 'errorBefore'
  /** An error, though the money is sent. */
  | 'errorAfter'
  /** Besides the answer it tells twice of what it sent. */
  | 'toldTwice'
  /** The answer takes a second. */
  | 'slow'
  /** It refuses for good. */
  | 'refused';

const slowMs = 1_000;

/**
 * The embedded provider: it sends nothing but writes into a book of its own, in which each key is once. `faultOf` makes
 * it fail as real ones do.
 */
export function ledgerProvider(
  db: Pick<Database, 'query'>,
  faultOf: (wish: ProviderRefund) => ProviderFault | null = () => null,
): PaymentProvider {
  const send = (wish: ProviderRefund) => writeEntry(db, wish);
  return {
    async refund(wish, call) {
      const fault = faultOf(wish);
      switch (fault) {
        case null:
          return send(wish);
        case 'silentBefore':
          return silence(call);
        case 'silentAfter':
          await send(wish);
          return silence(call);
        case 'errorBefore':
          return { kind: 'failed', reason: 'The ledger was told to fail.' };
        case 'errorAfter':
          await send(wish);
          return { kind: 'failed', reason: 'The ledger was told to fail.' };
        case 'toldTwice':
          return tellTwice(wish, await send(wish), call);
        case 'slow':
          await wait(slowMs, undefined, { signal: call.signal });
          return send(wish);
        case 'refused':
          return { kind: 'refused', code: 'REFUSED' };
        default:
          return assertNever(fault);
      }
    },
  };
}

/** One statement: it is written or not, whatever becomes of whoever asked. */
async function writeEntry(db: Pick<Database, 'query'>, wish: ProviderRefund): Promise<ProviderAnswer> {
  const { idempotencyKey, paymentMethodId, amount, currency } = wish;
  const reference = `led_${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 24)}`;
  await db.query(
    `INSERT INTO commerce.provider_ledger (idempotency_key, reference, payment_method_id, amount, currency, created_at)
       VALUES ($1, $2, $3, $4, $5, now()) ON CONFLICT (idempotency_key) DO NOTHING`,
    [idempotencyKey, reference, paymentMethodId, amount, currency],
    'ledger-write',
  );
  const [same] = await db.query(
    `SELECT FROM commerce.provider_ledger
       WHERE idempotency_key = $1 AND payment_method_id = $2 AND amount = $3 AND currency = $4`,
    [idempotencyKey, paymentMethodId, amount, currency],
    'ledger-read',
  );
  return same ? { kind: 'accepted', reference } : { kind: 'refused', code: 'KEY_USED_OTHERWISE' };
}

async function tellTwice(
  { idempotencyKey }: ProviderRefund,
  answer: ProviderAnswer,
  { settled }: ProviderCall,
): Promise<ProviderAnswer> {
  if (answer.kind === 'accepted')
    for (let i = 0; i < 2; i++) await settled({ idempotencyKey, reference: answer.reference });
  return answer;
}

/** Until nobody waits any more. */
function silence({ signal }: ProviderCall): Promise<ProviderAnswer> {
  return new Promise((_, reject) => {
    const end = () => reject(new Error('Nobody waits for the answer any more.'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}
