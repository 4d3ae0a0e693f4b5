import { leftToRefund } from './money.js';
import type { Order, OrderAction } from './order.js';
import { returnEligibility } from './returnEligibility.js';
import type { Shop } from './shop.js';

/** Whether it can be cancelled and its items changed: pending, and the items never changed before. */
export function isUntouched(order: Order): boolean {
  return order.status === 'PENDING' && !order.itemsModified;
}

/** Whether the way to pay can be changed: pending, and nothing happened since the one payment. */
export function canChangePayment(order: Order): boolean {
  return order.status === 'PENDING' && order.transactions.length === 1 && order.transactions[0]?.kind === 'PAYMENT';
}

/** What can be done with an order now. Rules that depend on more than the order (a variant, a gift card) may still refuse. */
export function availableActions(order: Order, shop: Shop, now: Date): OrderAction[] {
  const canReturn = returnEligibility(order, shop, now).isEligible;
  const allowed: [OrderAction, boolean][] = [
    ['CANCEL', isUntouched(order)],
    ['UPDATE_ADDRESS', order.status === 'PENDING'],
    ['UPDATE_ITEMS', isUntouched(order)],
    ['UPDATE_PAYMENT', canChangePayment(order)],
    ['RETURN', canReturn],
    ['EXCHANGE', canReturn],
    ['REFUND', leftToRefund(order) > 0],
  ];
  return allowed.filter(([, is]) => is).map(([action]) => action);
}
