import { assertNever, formatMoney, ok, type Result } from '@supportgraph/kernel';
import { cancelOrder } from '../cancelOrder.js';
import { changeAddress } from '../changeAddress.js';
import { changeItems } from '../changeItems.js';
import { changePayment } from '../changePayment.js';
import type { Variant } from '../product.js';
import { requestExchange } from '../requestExchange.js';
import { requestRefund } from '../requestRefund.js';
import { requestReturn } from '../requestReturn.js';
import type { Situation } from '../situation.js';
import type { ActionWish, BoundOrderAction } from './action.js';

/** Decides on a wish as things stand, and binds it to the exact values of that decision. */
export function bindAction(
  situation: Situation,
  wish: Exclude<ActionWish, { kind: 'UPDATE_CUSTOMER_ADDRESS' }>,
  variants: ReadonlyMap<string, Variant>,
): Result<BoundOrderAction> {
  switch (wish.kind) {
    case 'CANCEL_ORDER':
      return bound(cancelOrder(situation, wish.reason), (agreed) => ({ ...wish, agreed }));
    case 'UPDATE_ORDER_ADDRESS':
      return bound(changeAddress(situation, wish.address), (agreed) => ({ ...wish, agreed }));
    case 'UPDATE_ORDER_ITEMS':
      return bound(changeItems(situation, wish, variants), (agreed) => ({ ...wish, agreed }));
    case 'UPDATE_ORDER_PAYMENT':
      return bound(changePayment(situation, wish.paymentMethodId), (agreed) => ({ ...wish, agreed }));
    case 'REQUEST_RETURN':
      return bound(requestReturn(situation, wish), (agreed) => ({ ...wish, agreed }));
    case 'REQUEST_EXCHANGE':
      return bound(requestExchange(situation, wish, variants), (agreed) => ({ ...wish, agreed }));
    case 'REQUEST_REFUND':
      return bound(requestRefund(situation, wish), (agreed) => ({
        ...wish,
        amount: formatMoney(agreed.amount, situation.shop.currency),
        paymentMethodId: agreed.paymentMethodId,
        agreed,
      }));
    default:
      return assertNever(wish);
  }
}

function bound<D>(decision: Result<D>, bind: (agreed: D) => BoundOrderAction): Result<BoundOrderAction> {
  return decision.ok ? ok(bind(decision.value)) : decision;
}
