import type { Address } from './address.js';
import type { CancelReason, OrderStatus, RefundCause } from './order.js';
import type { Option } from './product.js';

/** A payment or refund to come. Money that goes back says why. */
export type NewTransaction =
  | { kind: 'PAYMENT'; amount: number; paymentMethodId: string }
  | {
      kind: 'REFUND';
      amount: number;
      paymentMethodId: string;
      cause: RefundCause;
    };

/** A line taking another variant, with that variant's price and options. */
export interface ItemReplacement {
  id: string;
  variantId: string;
  options: readonly Option[];
  price: number;
}

/** What is to become of an order. What is left out stays. Gift cards move with the transactions. */
export interface OrderChange {
  set?: {
    status?: OrderStatus;
    cancelReason?: CancelReason;
    address?: Address;
    itemsModified?: true;
  };
  items?: readonly ItemReplacement[];
  transactions?: readonly NewTransaction[];
  /** Refunds waiting for a decision that have become pointless. */
  rejectedRefundIds?: readonly string[];
}
