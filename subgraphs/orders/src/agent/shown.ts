import {
  availableActions,
  labelOf,
  methodInUse,
  totalOf,
  type Address,
  type CancelReason,
  type Option,
  type Order,
  type OrderAction,
  type OrderStatus,
  type PaymentMethod,
  type Shop,
} from '@supportgraph/commerce';
import { moneyText as textOfMoney, type Language } from '@supportgraph/kernel';

/** An order in a list, as the model sees it. Dates are `YYYY-MM-DD` in the shop's time zone; amounts are texts. */
export interface ListedOrder {
  number: string;
  status: OrderStatus;
  placedOn: string;
  deliveredOn: string | null;
  items: string[];
  total: string;
}

/** What `list_my_orders` answers. */
export interface ListedOrders {
  today: string;
  /** Newest first. */
  orders: ListedOrder[];
  /** Whether there are older ones. */
  hasMore: boolean;
}

/** What `get_order` answers. */
export interface ShownOrder extends Omit<ListedOrder, 'items'> {
  cancelReason: CancelReason | null;
  items: { id: string; name: string; options: Record<string, string>; price: string; variantId: string | null }[];
  address: string;
  paidWith: { id: string; label: string } | null;
  transactions: { kind: 'PAYMENT' | 'REFUND'; amount: string; with: string | null; on: string }[];
  trackingNumbers: string[];
  possible: OrderAction[];
}

/** A way to pay as the model sees it. */
export interface ShownMethod {
  id: string;
  kind: PaymentMethod['kind'];
  label: string;
  /** What is left on a gift card. */
  balance?: string;
}

/** How values are written for the model. */
export interface Showing {
  shop: Shop;
  now: Date;
  language: Language;
}

export function listedOrder(order: Order, { shop }: Showing): ListedOrder {
  return {
    number: order.number,
    status: order.status,
    placedOn: dayOf(order.placedAt, shop),
    deliveredOn: order.deliveredAt && dayOf(order.deliveredAt, shop),
    items: order.items.map(({ name, options }) => thing(name, options)),
    total: moneyText(totalOf(order), shop),
  };
}

/** An order in full; `methods` are the customer's ways to pay, also old ones. */
export function shownOrder(order: Order, methods: readonly PaymentMethod[], showing: Showing): ShownOrder {
  const { shop, now, language } = showing;
  const labelled = (id: string | null) => {
    const method = methods.find((each) => each.id === id);
    return method ? { id: method.id, label: labelOf(method)[language] } : null;
  };
  return {
    ...listedOrder(order, showing),
    cancelReason: order.cancelReason,
    items: order.items.map(({ id, name, options, price, variantId }) => ({
      ...{ id, name, options: chosen(options), price: moneyText(price, shop), variantId },
    })),
    address: addressText(order.address),
    paidWith: labelled(methodInUse(order)),
    transactions: order.transactions.map(({ kind, amount, paymentMethodId, occurredAt }) => ({
      ...{ kind, amount: moneyText(amount, shop) },
      ...{ with: labelled(paymentMethodId)?.label ?? null, on: dayOf(occurredAt, shop) },
    })),
    trackingNumbers: order.fulfillments.flatMap(({ trackingNumbers }) => trackingNumbers),
    possible: availableActions(order, shop, now),
  };
}

export function shownMethod(method: PaymentMethod, { shop, language }: Showing): ShownMethod {
  const balance = method.kind === 'GIFT_CARD' ? { balance: moneyText(method.balance, shop) } : {};
  return { id: method.id, kind: method.kind, label: labelOf(method)[language], ...balance };
}

/** An amount with its currency, as exact as it is kept. */
export function moneyText(minor: number, { currency }: Shop): string {
  return textOfMoney(minor, currency);
}

/** The day that it was on the shop's wall, `YYYY-MM-DD`. */
export function dayOf(time: Date, { timeZone }: Shop): string {
  // Swedish dates are written that way.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(time);
}

function addressText({ line1, line2, city, region, postcode, countryCode }: Address): string {
  return [line1, line2, city, [region, postcode].filter(Boolean).join(' '), countryCode].filter(Boolean).join(', ');
}

function thing(name: string, options: readonly Option[]): string {
  return options.length ? `${name} (${options.map(({ value }) => value).join(', ')})` : name;
}

function chosen(options: readonly Option[]): Record<string, string> {
  return Object.fromEntries(options.map(({ name, value }) => [name, value]));
}
