import { userError, type Text, type UserError } from '@supportgraph/kernel';
import { availableActions } from './availableActions.js';
import type { OrderAction, OrderStatus } from './order.js';
import type { Situation } from './situation.js';

/** The order is in a state that does not allow this: which, and what can be done instead. */
export interface OrderStateError extends UserError<'ORDER_NOT_PENDING' | 'ORDER_NOT_RETURNABLE' | 'WRONG_STATE'> {
  typeName: 'OrderStateError';
  status: OrderStatus;
  availableActions: readonly OrderAction[];
}

/** The gift card does not hold enough; amounts in minor units. */
export interface InsufficientBalanceError extends UserError<'INSUFFICIENT_BALANCE'> {
  typeName: 'InsufficientBalanceError';
  available: number;
  required: number;
}

/** The time to send things back is over. */
export interface ReturnWindowError extends UserError<'RETURN_WINDOW_CLOSED'> {
  typeName: 'ReturnWindowError';
  /** ISO text: errors are stored as JSON with their idempotency key. */
  closedAt: string;
}

const stateErrors = {
  ORDER_NOT_PENDING: {
    en: 'This order is no longer pending, or it was already changed, so this cannot be done.',
    'zh-Hant': '這筆訂單已不是待處理狀態，或先前已變更過，因此無法進行這項操作。',
  },
  ORDER_NOT_RETURNABLE: {
    en: 'This cannot be done with this order as it stands.',
    'zh-Hant': '這筆訂單目前的狀態無法進行這項操作。',
  },
} as const satisfies Record<string, Text>;

export function orderStateError(
  code: keyof typeof stateErrors,
  { order, shop, now }: Situation,
  message: Text = stateErrors[code],
): OrderStateError {
  return {
    code,
    message,
    field: ['input', 'orderId'],
    typeName: 'OrderStateError',
    status: order.status,
    availableActions: availableActions(order, shop, now),
  };
}

export function insufficientBalance(available: number, required: number): InsufficientBalanceError {
  return {
    code: 'INSUFFICIENT_BALANCE',
    message: { en: 'The gift card does not hold enough.', 'zh-Hant': '禮品卡的餘額不足。' },
    field: ['input', 'paymentMethodId'],
    typeName: 'InsufficientBalanceError',
    available,
    required,
  };
}

export function returnWindowClosed(message: Text, closedAt: Date): ReturnWindowError {
  return {
    code: 'RETURN_WINDOW_CLOSED',
    message,
    field: ['input', 'orderId'],
    typeName: 'ReturnWindowError',
    closedAt: closedAt.toISOString(),
  };
}

export function methodInvalid(): UserError<'PAYMENT_METHOD_INVALID'> {
  return userError(
    'PAYMENT_METHOD_INVALID',
    'This payment method cannot be used for this.',
    '這個付款方式不能用於這項操作。',
    ['input', 'paymentMethodId'],
  );
}

/** A list that must name each thing once names none, or one twice. */
export function invalidList(path: readonly string[]): UserError<'INVALID'> {
  return userError(
    'INVALID',
    'Name at least one item, and each at most once.',
    '請至少指定一項商品，且每項只能指定一次。',
    path,
  );
}
