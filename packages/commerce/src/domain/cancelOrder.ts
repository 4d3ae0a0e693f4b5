import { fail, ok, userError, type Result } from '@supportgraph/kernel';
import { isUntouched } from './availableActions.js';
import type { OrderChange } from './change.js';
import { orderStateError } from './errors.js';
import { sharesOfRefund } from './money.js';
import { cancelReasons, type CancelReason } from './order.js';
import type { Situation } from './situation.js';

/** Stops a pending order; each way to pay gets back what it paid, net of earlier refunds. */
export function cancelOrder(situation: Situation, reason: string): Result<OrderChange> {
  const { order } = situation;
  if (!isCancelReason(reason))
    return fail(
      userError(
        'INVALID',
        'An order can be cancelled because it is no longer needed or was a mistake.',
        '訂單只能因不再需要或誤下單而取消。',
        ['input', 'reason'],
      ),
    );
  if (!isUntouched(order)) return fail(orderStateError('ORDER_NOT_PENDING', situation));
  return ok({
    set: { status: 'CANCELLED', cancelReason: reason },
    transactions: sharesOfRefund(order).map((share) => ({ kind: 'REFUND', cause: 'CANCELLATION', ...share })),
    // All of it goes back now, so there is nothing left to decide on.
    rejectedRefundIds: order.refunds.filter(({ status }) => status === 'PENDING_APPROVAL').map(({ id }) => id),
  });
}

function isCancelReason(reason: string): reason is CancelReason {
  return (cancelReasons as readonly string[]).includes(reason);
}
