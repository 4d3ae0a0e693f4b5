import { fail, ok, type Result } from '@supportgraph/kernel';
import { insufficientBalance, methodInvalid } from './errors.js';
import type { PaymentMethod } from './paymentMethod.js';
import type { Situation } from './situation.js';

/** The customer's way to pay with this id, if it is on file and, as a gift card, holds what is to be paid (nothing if negative). */
export function chooseMethod({ methods }: Situation, id: string, toPay: number): Result<PaymentMethod> {
  const method = methods.find((each) => each.id === id && each.isOnFile);
  if (!method) return fail(methodInvalid());
  if (method.kind === 'GIFT_CARD' && method.balance < toPay) return fail(insufficientBalance(method.balance, toPay));
  return ok(method);
}
