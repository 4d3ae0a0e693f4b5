import type { Text } from '@supportgraph/kernel';
import type { Address, AddressInput } from '../address.js';
import type { OrderChange } from '../change.js';
import type { NewExchange } from '../requestExchange.js';
import type { NewRefund, RefundWish } from '../requestRefund.js';
import type { NewReturn } from '../requestReturn.js';
import type { ItemChange } from '../resolveChanges.js';

/** Something that an agent wants to do for a customer. */
export type ActionWish =
  | { kind: 'CANCEL_ORDER'; orderId: string; reason: string }
  | { kind: 'UPDATE_ORDER_ADDRESS'; orderId: string; address: AddressInput }
  | { kind: 'UPDATE_ORDER_ITEMS'; orderId: string; changes: readonly ItemChange[]; paymentMethodId: string }
  | { kind: 'UPDATE_ORDER_PAYMENT'; orderId: string; paymentMethodId: string }
  | { kind: 'UPDATE_CUSTOMER_ADDRESS'; address: AddressInput }
  | { kind: 'REQUEST_RETURN'; orderId: string; orderItemIds: readonly string[]; paymentMethodId: string }
  | { kind: 'REQUEST_EXCHANGE'; orderId: string; changes: readonly ItemChange[]; paymentMethodId: string }
  | ({ kind: 'REQUEST_REFUND'; orderId: string } & RefundWish);

/** The names are those of the schema's enum `ActionKind`. */
export type ActionKind = ActionWish['kind'];
export type WishOf<Kind extends ActionKind> = Extract<ActionWish, { kind: Kind }>;
/** What can be wished for an order. */
export type OrderActionKind = Exclude<ActionKind, 'UPDATE_CUSTOMER_ADDRESS'>;

/** What each kind of action is decided to do: plain values, exact to the minor unit. */
interface Decisions {
  CANCEL_ORDER: OrderChange;
  UPDATE_ORDER_ADDRESS: OrderChange;
  UPDATE_ORDER_ITEMS: OrderChange;
  UPDATE_ORDER_PAYMENT: OrderChange;
  UPDATE_CUSTOMER_ADDRESS: Address;
  REQUEST_RETURN: NewReturn;
  REQUEST_EXCHANGE: NewExchange;
  REQUEST_REFUND: NewRefund;
}

/** A wish together with all that it would do: this is what a customer agrees to. */
export type BoundActionOf<Kind extends ActionKind> = { [K in Kind]: WishOf<K> & { agreed: Decisions[K] } }[Kind];
export type BoundAction = BoundActionOf<ActionKind>;
export type BoundOrderAction = BoundActionOf<OrderActionKind>;

/** A detail to agree to. */
export interface ActionLine {
  label: Text;
  value: Text;
}

/** What an action would do, for whoever must agree to it. */
export interface ActionDescription {
  title: Text;
  lines: ActionLine[];
}
