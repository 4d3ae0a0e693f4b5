import type { PaymentMethod } from '@supportgraph/commerce';

export type CreditCardRecord = Extract<PaymentMethod, { kind: 'CREDIT_CARD' }>;
export type PaypalRecord = Extract<PaymentMethod, { kind: 'PAYPAL' }>;
export type GiftCardRecord = Extract<PaymentMethod, { kind: 'GIFT_CARD' }>;

/** The types of the schema by the kind of a way to pay. */
export const methodTypes = {
  CREDIT_CARD: 'CreditCard',
  PAYPAL: 'PaypalAccount',
  GIFT_CARD: 'GiftCard',
} as const satisfies Record<PaymentMethod['kind'], string>;
