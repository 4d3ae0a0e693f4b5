import { fail, ok, type Result } from '@supportgraph/kernel';
import { canChangePayment } from './availableActions.js';
import type { OrderChange } from './change.js';
import { chooseMethod } from './chooseMethod.js';
import { methodInvalid, orderStateError } from './errors.js';
import type { Situation } from './situation.js';

/** Pays a pending order with another method: a payment with the new one, then a refund to the old. */
export function changePayment(situation: Situation, paymentMethodId: string): Result<OrderChange> {
  const [payment] = situation.order.transactions;
  if (!payment || !canChangePayment(situation.order)) return fail(orderStateError('ORDER_NOT_PENDING', situation));
  if (payment.paymentMethodId === paymentMethodId) return fail(methodInvalid());
  const { amount } = payment;
  const method = chooseMethod(situation, paymentMethodId, amount);
  if (!method.ok) return method;
  return ok({
    transactions: [
      { kind: 'PAYMENT', amount, paymentMethodId },
      { kind: 'REFUND', amount, paymentMethodId: payment.paymentMethodId, cause: 'PAYMENT_CHANGE' },
    ],
  });
}
