import { fail, ok, userError, type Result } from '@supportgraph/kernel';
import type { NewTransaction, OrderChange } from './change.js';
import { insufficientBalance } from './errors.js';
import type { Order, OrderExchange, OrderReturn, ReturnStatus } from './order.js';
import type { Situation } from './situation.js';

/** What waits for goods. */
export type GoodsKind = 'return' | 'exchange';

const argumentOf = { return: 'orderReturnId', exchange: 'orderExchangeId' } as const;

const noLongerWaits = (kind: GoodsKind) =>
  userError('WRONG_STATE', 'This no longer waits for goods.', '這筆申請已不在等待退回商品的狀態。', [
    'input',
    argumentOf[kind],
  ]);

/** The goods are here: the money of a return moves, the difference of an exchange is settled. */
export function receive(situation: Situation, kind: GoodsKind): Result<OrderChange> {
  const { return: orderReturn, exchange } = situation.order;
  if (kind === 'return' && orderReturn?.status === 'REQUESTED') return ok(receiveReturn(orderReturn));
  if (kind === 'exchange' && exchange?.status === 'REQUESTED') return receiveExchange(situation, exchange);
  return fail(noLongerWaits(kind));
}

function receiveReturn({ amount, paymentMethodId }: OrderReturn): OrderChange {
  const refund: NewTransaction = { kind: 'REFUND', cause: 'RETURN', amount, paymentMethodId };
  return { set: { status: 'RETURNED' }, transactions: amount > 0 ? [refund] : [] };
}

/** A gift card must still hold what is to be paid. */
function receiveExchange({ methods }: Situation, exchange: OrderExchange): Result<OrderChange> {
  const { priceDifference, paymentMethodId } = exchange;
  const method = methods.find(({ id }) => id === paymentMethodId);
  if (method?.kind === 'GIFT_CARD' && method.balance < priceDifference)
    return fail({ ...insufficientBalance(method.balance, priceDifference), field: ['input', argumentOf.exchange] });
  return ok({ set: { status: 'EXCHANGED' }, transactions: settlement(priceDifference, paymentMethodId) });
}

function settlement(difference: number, paymentMethodId: string): NewTransaction[] {
  if (difference === 0) return [];
  return difference > 0
    ? [{ kind: 'PAYMENT', amount: difference, paymentMethodId }]
    : [{ kind: 'REFUND', cause: 'EXCHANGE', amount: -difference, paymentMethodId }];
}

/** Whether all is done once the goods are here, or money is still to be sent by the refund worker. */
export function statusAfterReceipt({ methods }: Situation, { transactions = [] }: OrderChange): ReturnStatus {
  const isGiftCard = (id: string) => methods.some((method) => method.id === id && method.kind === 'GIFT_CARD');
  const isSending = transactions.some(({ kind, paymentMethodId }) => kind === 'REFUND' && !isGiftCard(paymentMethodId));
  return isSending ? 'RECEIVED' : 'COMPLETED';
}

/** Calls off what waits for goods; null if it is called off already, which is no error. */
export function callOff(order: Order, kind: GoodsKind): Result<OrderChange | null> {
  switch (order[kind]?.status) {
    case 'CANCELLED':
      return ok(null);
    case 'REQUESTED':
      return ok({ set: { status: 'DELIVERED' } });
    case 'RECEIVED':
    case 'COMPLETED':
    case undefined:
      return fail(noLongerWaits(kind));
  }
}
