import { fail, notFound, ok, type Result } from '@supportgraph/kernel';
import { invalidList, methodInvalid, orderStateError, returnWindowClosed } from './errors.js';
import { leftToRefund, originalMethodId } from './money.js';
import { returnEligibility } from './returnEligibility.js';
import type { Situation } from './situation.js';

/** A return that was agreed to. */
export interface NewReturn {
  itemIds: readonly string[];
  paymentMethodId: string;
  amount: number;
}

/** Sends delivered items back for money, which moves when the goods are here: to the original method or a gift card. */
export function requestReturn(
  situation: Situation,
  input: { orderItemIds: readonly string[]; paymentMethodId: string },
): Result<NewReturn> {
  const { order } = situation;
  const open = checkReturnable(situation);
  if (!open.ok) return open;
  const ids = input.orderItemIds;
  if (ids.length === 0 || new Set(ids).size < ids.length) return fail(invalidList(['input', 'orderItemIds']));
  const prices = new Map(order.items.map(({ id, price }) => [id, price]));
  const [first, ...rest] = ids.flatMap((id, i) =>
    prices.has(id) ? [] : [notFound('input', 'orderItemIds', String(i))],
  );
  if (first) return fail(first, ...rest);
  if (!canTakeRefund(situation, input.paymentMethodId)) return fail(methodInvalid());
  const price = ids.reduce((sum, id) => sum + (prices.get(id) ?? 0), 0);
  return ok({ itemIds: ids, paymentMethodId: input.paymentMethodId, amount: Math.min(price, leftToRefund(order)) });
}

/** Why an order cannot be sent back, if it cannot. */
export function checkReturnable(situation: Situation): Result<null> {
  const eligibility = returnEligibility(situation.order, situation.shop, situation.now);
  if (eligibility.isEligible) return ok(null);
  return eligibility.code === 'RETURN_WINDOW_CLOSED'
    ? fail(returnWindowClosed(eligibility.reason, eligibility.closedAt))
    : fail(orderStateError(eligibility.code, situation, eligibility.reason));
}

/** Whether money may go back here: to the original way to pay, or to any of the customer's gift cards. */
export function canTakeRefund({ order, methods }: Situation, paymentMethodId: string): boolean {
  const method = methods.find(({ id }) => id === paymentMethodId);
  if (!method) return false;
  return method.id === originalMethodId(order) || (method.kind === 'GIFT_CARD' && method.isOnFile);
}
