import { fail, ok, parseMoney, userError, type Result } from '@supportgraph/kernel';
import { methodInvalid, orderStateError } from './errors.js';
import { leftToRefund, originalMethodId, sumOf } from './money.js';
import type { Order, Refund, RefundStatus } from './order.js';
import { canTakeRefund } from './requestReturn.js';
import type { Situation } from './situation.js';

/** How much of an order can be given back without a return, and how much of it without a person. */
export interface RefundEligibility {
  maxAmount: number;
  automaticLimit: number;
}

export function refundEligibility({ order, shop }: Pick<Situation, 'order' | 'shop'>): RefundEligibility {
  return {
    maxAmount: leftToRefund(order),
    automaticLimit: Math.max(0, shop.automaticRefundLimit - automaticSoFar(order)),
  };
}

/** What went through by itself before: the limit is one for the whole order, or it could be had in small portions. */
function automaticSoFar(order: Order): number {
  return order.refunds
    .filter(({ cause, status, decidedBy }) => cause === 'REQUEST' && isDecided(status) && decidedBy === null)
    .reduce((sum, { amount }) => sum + amount, 0);
}

const isDecided = (status: RefundStatus) => status === 'APPROVED' || status === 'COMPLETED';

/** Money back that was asked for: whether it goes through by itself. */
export interface NewRefund {
  amount: number;
  paymentMethodId: string;
  reason: string;
  isAutomatic: boolean;
}

export interface RefundWish {
  /** Decimal text; null: all that is left. */
  amount: string | null;
  reason: string;
  /** Null: the original one. */
  paymentMethodId: string | null;
}

/** Gives money back without goods: by itself up to the shop's limit, above it a person decides. */
export function requestRefund(situation: Situation, wish: RefundWish): Result<NewRefund> {
  const { order, shop } = situation;
  const reason = wish.reason.trim();
  if (!reason || reason.length > 1_000)
    return fail(
      userError('INVALID', 'Say why, in at most 1,000 characters.', '請說明原因，最多 1,000 字。', ['input', 'reason']),
    );
  const paid = sumOf('PAYMENT', order.transactions);
  if (paid === 0) return fail(orderStateError('ORDER_NOT_RETURNABLE', situation));
  const left = leftToRefund(order);
  const amount = wish.amount === null ? left : parseMoney(wish.amount, shop.currency);
  if (amount === null || (wish.amount !== null && amount <= 0))
    return fail(
      userError(
        'INVALID',
        'The amount must be positive, with no more digits than the currency has.',
        '金額必須為正數，且小數位數不可超過幣別的規定。',
        ['input', 'amount'],
      ),
    );
  if (amount > left || amount === 0)
    return fail(
      userError(
        'AMOUNT_TOO_HIGH',
        'More is asked back than is left of what was paid.',
        '要求退還的金額超過可退金額。',
        ['input', 'amount'],
      ),
    );
  const paymentMethodId = wish.paymentMethodId ?? originalMethodId(order);
  if (paymentMethodId === null || !canTakeRefund(situation, paymentMethodId)) return fail(methodInvalid());
  return ok({ amount, paymentMethodId, reason, isAutomatic: amount <= refundEligibility(situation).automaticLimit });
}

/** Whether a refund still waits for a decision. */
export function checkUndecided(refund: Refund): Result<null> {
  if (refund.status === 'PENDING_APPROVAL') return ok(null);
  return fail(
    userError('WRONG_STATE', 'This refund was already decided on.', '這筆退款已經有決定了。', ['input', 'refundId']),
  );
}
