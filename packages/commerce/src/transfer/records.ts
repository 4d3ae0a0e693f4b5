import { minorDigits } from '@supportgraph/kernel';
import { z } from 'zod';
import { cancelReasons, orderStatuses, refundCauses, refundStatuses, returnStatuses } from '../domain/order.js';
import { verificationMethods } from '../domain/shop.js';

// The shop file's records, as POLICY.md shows them. What is left out gets its default where it is written.

const id = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,100}$/, 'must be 1 to 100 letters, digits, dots, hyphens or underscores');
const orNull = (value: string | null | undefined) => value || null;
// Names are compared with a line feed between them, so none may be in one.
const oneLine = z.string().trim().max(500).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not have control characters'); // prettier-ignore
const text = oneLine.min(1);
const optionalText = oneLine.nullish().transform(orNull);
// PostgreSQL keeps neither a NUL nor half of a surrogate pair.
const words = z.string().trim().max(10_000).regex(/^[^\0\p{Cs}]*$/u, 'must not have NUL or broken characters'); // prettier-ignore
const optionalWords = words.nullish().transform(orNull);
const time = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const money = z.string().regex(/^\d{1,11}(\.\d{1,4})?$/, 'must be a decimal number as text, for example "19.90"');
const signedMoney = z
  .string()
  .regex(/^-?\d{1,11}(\.\d{1,4})?$/, 'must be a decimal number as text, for example "-19.90"');
const options = z
  .record(text, oneLine)
  .transform((record) => Object.entries(record).map(([name, value]) => ({ name, value })));
const line = z.int().min(0);

const address = z.object({
  line1: text,
  line2: optionalText,
  city: text,
  region: optionalText,
  postcode: text,
  countryCode: z.string().regex(/^[A-Za-z]{2}$/).toUpperCase(),
}); // prettier-ignore

export const currencyRecord = z.string().refine(isCurrency, 'must be an ISO 4217 code');

export const settingsRecord = z.object({
  name: text.optional(),
  returnWindowDays: z.int().nullish(),
  timeZone: z.string().optional(),
  businessSpans: z.array(z.object({ weekday: z.int(), opens: z.string(), closes: z.string() })).optional(),
  linkHosts: z.array(z.string()).optional(),
  automaticRefundLimit: money.optional(),
  verification: z.enum(verificationMethods).optional(),
});

export const productRecord = z.object({
  id,
  name: text,
  variants: z.array(z.object({ id, options, price: money, available: z.boolean() })),
  createdAt: time.optional(),
});
export type ProductRecord = z.infer<typeof productRecord>;

const paymentMethod = z.discriminatedUnion('kind', [
  z.object({ id, kind: z.literal('GIFT_CARD'), balance: money, onFile: z.boolean().default(true) }),
  z.object({
    id,
    kind: z.literal('CREDIT_CARD'),
    brand: text,
    lastFour: z.string().regex(/^\d{4}$/),
    onFile: z.boolean().default(true),
  }),
  z.object({ id, kind: z.literal('PAYPAL'), onFile: z.boolean().default(true) }),
]);

export const customerRecord = z.object({
  id,
  email: z.string().trim().max(320).regex(/^[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u, 'must be an e-mail address'),
  firstName: text,
  lastName: text,
  address,
  paymentMethods: z.array(paymentMethod),
  createdAt: time.optional(),
}); // prettier-ignore
export type CustomerRecord = z.infer<typeof customerRecord>;

export const orderRecord = z.object({
  number: z.string().regex(/^#[A-Za-z0-9_.-]{1,60}$/, 'must be # and letters, digits, dots, hyphens or underscores'),
  customerId: id,
  status: z.enum(orderStatuses),
  placedAt: time,
  deliveredAt: time.nullish().transform((value) => value ?? null),
  cancelReason: z.enum(cancelReasons).nullish().transform((value) => value ?? null),
  address,
  items: z.array(
    z.object({
      productId: id.nullish().transform((value) => value ?? null),
      variantId: id.nullish().transform((value) => value ?? null),
      name: text,
      price: money,
      options,
    }),
  ).min(1),
  fulfillments: z.array(z.object({ trackingNumbers: z.array(text), items: z.array(line) })).default([]),
  transactions: z.array(
    z.object({
      kind: z.enum(['PAYMENT', 'REFUND']),
      amount: money,
      paymentMethodId: id,
      occurredAt: time.optional(),
    }),
  ).default([]),
  itemsModified: z.boolean().default(false),
  createdAt: time.optional(),
}); // prettier-ignore
export type OrderRecord = z.infer<typeof orderRecord>;

const orderNumber = z.string();

export const returnRecord = z.object({
  id,
  orderNumber,
  items: z.array(line).min(1),
  paymentMethodId: id,
  status: z.enum(returnStatuses),
  amount: money,
  createdAt: time,
});
export type ReturnRecord = z.infer<typeof returnRecord>;

export const exchangeRecord = z.object({
  id,
  orderNumber,
  lines: z.array(z.object({ item: line, variantId: id, price: money })).min(1),
  paymentMethodId: id,
  status: z.enum(returnStatuses),
  priceDifference: signedMoney,
  createdAt: time,
});
export type ExchangeRecord = z.infer<typeof exchangeRecord>;

export const refundRecord = z.object({
  id,
  orderNumber,
  cause: z.enum(refundCauses),
  status: z.enum(refundStatuses),
  amount: money,
  paymentMethodId: id,
  reason: optionalWords,
  decidedBy: optionalWords,
  decisionNote: optionalWords,
  decidedAt: time.nullish().transform((value) => value ?? null),
  returnId: id.nullish().transform((value) => value ?? null),
  exchangeId: id.nullish().transform((value) => value ?? null),
  /** Place of its transaction among the order's, from 0. */
  transaction: line.nullish().transform((value) => value ?? null),
  createdAt: time,
  completedAt: time.nullish().transform((value) => value ?? null),
}); // prettier-ignore
export type RefundRecord = z.infer<typeof refundRecord>;

/** A whole shop file, as it is written. */
export interface ShopFile {
  currency: string;
  settings?: z.input<typeof settingsRecord>;
  products?: z.input<typeof productRecord>[];
  customers?: z.input<typeof customerRecord>[];
  orders?: z.input<typeof orderRecord>[];
  returns?: z.input<typeof returnRecord>[];
  exchanges?: z.input<typeof exchangeRecord>[];
  refunds?: z.input<typeof refundRecord>[];
}

function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code) && minorDigits(code) <= 4;
}
