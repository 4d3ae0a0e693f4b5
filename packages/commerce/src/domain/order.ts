import type { Address } from './address.js';
import type { Option } from './product.js';

export const orderStatuses = [
  'PENDING', 'PROCESSED', 'DELIVERED', 'CANCELLED', 'RETURN_REQUESTED', 'EXCHANGE_REQUESTED', 'RETURNED', 'EXCHANGED',
] as const; // prettier-ignore
export type OrderStatus = (typeof orderStatuses)[number];

export const cancelReasons = ['NO_LONGER_NEEDED', 'ORDERED_BY_MISTAKE'] as const;
export type CancelReason = (typeof cancelReasons)[number];

export type OrderAction =
  'CANCEL' | 'UPDATE_ADDRESS' | 'UPDATE_ITEMS' | 'UPDATE_PAYMENT' | 'RETURN' | 'EXCHANGE' | 'REFUND';

/** A line of an order. Amounts are minor units of the shop's currency. */
export interface OrderItem {
  id: string;
  /** Place in the order, from 0. */
  line: number;
  productId: string | null;
  /** Null if it is no longer sold. */
  variantId: string | null;
  name: string;
  options: readonly Option[];
  price: number;
}

/** A parcel. */
export interface Fulfillment {
  trackingNumbers: readonly string[];
  /** Lines of the order that are in it. */
  lines: readonly number[];
}

/** A payment (from the customer) or refund (to the customer). */
export interface Transaction {
  id: string;
  kind: 'PAYMENT' | 'REFUND';
  amount: number;
  paymentMethodId: string;
  occurredAt: Date;
}

export const returnStatuses = ['REQUESTED', 'RECEIVED', 'COMPLETED', 'CANCELLED'] as const;
export type ReturnStatus = (typeof returnStatuses)[number];

/** Delivered items going back for money. */
export interface OrderReturn {
  id: string;
  orderId: string;
  itemIds: readonly string[];
  paymentMethodId: string;
  status: ReturnStatus;
  /** What the customer gets once the goods are here; reserved until then. */
  amount: number;
  createdAt: Date;
}

/** One delivered item for another variant. */
export interface ExchangeLine {
  itemId: string;
  newVariantId: string;
  /** Price of the new variant when the exchange was asked for. */
  newPrice: number;
}

/** Delivered items going back for others. */
export interface OrderExchange {
  id: string;
  orderId: string;
  lines: readonly ExchangeLine[];
  paymentMethodId: string;
  status: ReturnStatus;
  /** To pay if positive, to get back if negative; settled once the goods are here. */
  priceDifference: number;
  createdAt: Date;
}

export const refundStatuses = ['PENDING_APPROVAL', 'APPROVED', 'COMPLETED', 'REJECTED'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** Why money goes back. */
export const refundCauses = [
  'REQUEST', 'RETURN', 'EXCHANGE', 'CANCELLATION', 'PAYMENT_CHANGE', 'ITEM_CHANGE',
] as const; // prettier-ignore
export type RefundCause = (typeof refundCauses)[number];

/** Money going back to a customer. From `APPROVED` on, the order has its transaction. */
export interface Refund {
  id: string;
  orderId: string;
  customerId: string;
  cause: RefundCause;
  status: RefundStatus;
  amount: number;
  paymentMethodId: string;
  /** In the customer's words, if somebody asked for it. */
  reason: string | null;
  /** The member of the staff who decided, if a person did. */
  decidedBy: string | null;
  decisionNote: string | null;
  decidedAt: Date | null;
  orderReturnId: string | null;
  orderExchangeId: string | null;
  /** Its transaction on the order, once it is decided on. */
  transactionId: string | null;
  createdAt: Date;
  completedAt: Date | null;
  /** When the payment provider refused it for good, and why, in its words for programs; it stays `APPROVED`. */
  failedAt: Date | null;
  failureCode: string | null;
}

/** An order with all that its rules need. */
export interface Order {
  id: string;
  number: string;
  customerId: string;
  status: OrderStatus;
  cancelReason: CancelReason | null;
  /** Whether its items were changed; allowed once. */
  itemsModified: boolean;
  address: Address;
  placedAt: Date;
  deliveredAt: Date | null;
  createdAt: Date;
  items: readonly OrderItem[];
  fulfillments: readonly Fulfillment[];
  /** Oldest first. */
  transactions: readonly Transaction[];
  return: OrderReturn | null;
  exchange: OrderExchange | null;
  /** Newest first. */
  refunds: readonly Refund[];
}
