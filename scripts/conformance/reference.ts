import { minorDigits } from '@supportgraph/kernel';
import type { ReferenceAddress, ReferenceOrder, ReferenceUser } from './readCases.js';
import type { AddressState, CustomerState, OrderState } from './shopState.js';

// The reference's words in ours.

const modified = 'pending (item modified)';
const countries: Readonly<Record<string, string>> = { USA: 'US', 'United States': 'US' };

/** A country as the reference names it, as an ISO 3166-1 alpha-2 code. */
export function countryCode(country: string): string {
  return countries[country] ?? country;
}

/** `no longer needed` → `NO_LONGER_NEEDED`. */
export function codeOf(words: string): string {
  return words.trim().replace(/\W+/g, '_').toUpperCase();
}

/** Finds lines by their variants. The same variant again is the next line that has it; null if there is none. */
export function lineFinder(variantIds: readonly (string | null)[]): (variantId: string) => number | null {
  const free = variantIds.map((variantId, line) => ({ variantId, line }));
  return (variantId) => {
    const found = free.findIndex((each) => each.variantId === variantId);
    return found < 0 ? null : free.splice(found, 1)[0]!.line;
  };
}

/** What the reference says of an order that was another at the start. */
export function orderState(order: ReferenceOrder, start: OrderState, currency: string): OrderState {
  const money = (amount: number) => decimal(amount, currency);
  // A parcel keeps the variants that were ordered at first.
  const lineOf = lineFinder(start.items.map(({ variantId }) => variantId));
  return {
    customerId: order.user_id,
    status: order.status === modified ? 'PENDING' : codeOf(order.status),
    // Other statuses do not tell.
    itemsModified: order.status === modified || (order.status !== 'pending' && start.itemsModified),
    cancelReason: order.cancel_reason ? codeOf(order.cancel_reason) : null,
    address: addressState(order.address),
    items: order.items.map(({ product_id: productId, item_id: variantId, name, price, options }) => ({
      ...{ productId, variantId, name, price: money(price), options },
    })),
    fulfillments: order.fulfillments.map(({ tracking_id: trackingNumbers, item_ids: variantIds }) => ({
      ...{ trackingNumbers, items: variantIds.map((variantId) => lineOf(variantId) ?? -1) },
    })),
    transactions: order.payment_history.map(({ transaction_type: kind, amount, payment_method_id: id }) => ({
      ...{ kind: codeOf(kind), amount: money(amount), paymentMethodId: id },
    })),
    return: order.return_items
      ? { items: [...order.return_items].sort(), paymentMethodId: order.return_payment_method_id ?? '' }
      : null,
    exchange: order.exchange_items
      ? {
          ...{ items: [...order.exchange_items].sort(), newItems: [...(order.exchange_new_items ?? [])].sort() },
          paymentMethodId: order.exchange_payment_method_id ?? '',
          priceDifference: money(order.exchange_price_difference ?? 0),
        }
      : null,
  };
}

/** What the reference says of a customer. */
export function customerState(user: ReferenceUser, currency: string): CustomerState {
  const methods = Object.entries(user.payment_methods).map(([id, method]) => {
    const { source, brand, last_four: lastFour, balance } = method;
    const kind = codeOf(source);
    switch (source) {
      case 'credit_card':
        return [id, { kind, brand, lastFour }] as const;
      case 'paypal':
        return [id, { kind }] as const;
      case 'gift_card':
        return [id, { kind, balance: decimal(balance ?? 0, currency) }] as const;
    }
  });
  return {
    ...{ email: user.email, firstName: user.name.first_name, lastName: user.name.last_name },
    ...{ address: addressState(user.address), paymentMethods: Object.fromEntries(methods) },
    orders: [...user.orders].sort(),
  };
}

function addressState({ address1, address2, city, state, zip, country }: ReferenceAddress): AddressState {
  return {
    ...{ line1: address1, line2: address2 || null, city, region: state || null },
    ...{ postcode: zip, countryCode: countryCode(country) },
  };
}

/** An amount of the reference, a float, to the cent; no zero is negative. */
function decimal(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  return ((Math.round(amount * 10 ** digits) || 0) / 10 ** digits).toFixed(digits);
}
