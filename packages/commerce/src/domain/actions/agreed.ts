import { isDeepStrictEqual } from 'node:util';
import { fail, ok, userError, type Result } from '@supportgraph/kernel';

/**
 * Refuses a decision that is not the one that was agreed to, for example because a price has changed since. Without an
 * agreement every decision stands. Both are compared as JSON has them, in which form an agreement is kept.
 */
export function asAgreed<D>(agreed: object | null | undefined, decision: Result<D>): Result<D> {
  if (!agreed || !decision.ok) return decision;
  return isDeepStrictEqual(plain(agreed), plain(decision.value)) ? ok(decision.value) : fail(notAsAgreed);
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const notAsAgreed = userError(
  'WRONG_STATE',
  'Since this was agreed to, a price, an amount or the order has changed, so it would no longer do the same.',
  '同意之後，價格、金額或訂單已有變動，結果將與當時同意的內容不同。',
);
