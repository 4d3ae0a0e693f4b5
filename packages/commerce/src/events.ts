import { emit, type Tx } from '@supportgraph/data';
import { z } from 'zod';

const id = z.string();
const amount = z.number().int().nonnegative().describe('Minor units of the currency of the shop.');
const refundIds = z.array(id).describe('The refunds that were made by it.');
const orderChanged = z.strictObject({ orderId: id, number: z.string(), customerId: id, refundIds });
const returnSettled = z.strictObject({ orderReturnId: id, orderId: id, refundIds });
const exchangeSettled = z.strictObject({ orderExchangeId: id, orderId: id, refundIds });
const refundDecided = z.strictObject({ refundId: id, orderId: id, amount });

/** Every event that commerce emits. A new field is a new version; a removed or changed one is a new type. */
export const commerceEvents = {
  'customer.addressChanged': {
    version: 1,
    description: 'A customer has another default address.',
    data: z.strictObject({ customerId: id }),
  },
  'order.cancelled': { version: 1, description: 'An order was cancelled.', data: orderChanged },
  'order.addressChanged': { version: 1, description: 'An order goes to another address.', data: orderChanged },
  'order.paymentChanged': { version: 1, description: 'An order is paid another way.', data: orderChanged },
  'order.itemsChanged': { version: 1, description: 'Lines of an order have other variants.', data: orderChanged },
  'return.requested': {
    version: 1,
    description: 'Delivered items are to be sent back for money.',
    data: z.strictObject({ orderReturnId: id, orderId: id, amount, itemIds: z.array(id) }),
  },
  'return.received': { version: 1, description: 'The goods of a return are here.', data: returnSettled },
  'return.cancelled': { version: 1, description: 'A return was called off.', data: returnSettled },
  'exchange.requested': {
    version: 1,
    description: 'Delivered items are to be sent back for others.',
    data: z.strictObject({
      orderExchangeId: id,
      orderId: id,
      priceDifference: z.number().int().describe('To pay if positive, to get back if negative; minor units.'),
      lines: z.array(z.strictObject({ itemId: id, newVariantId: id, newPrice: amount })),
    }),
  },
  'exchange.received': { version: 1, description: 'The goods of an exchange are here.', data: exchangeSettled },
  'exchange.cancelled': { version: 1, description: 'An exchange was called off.', data: exchangeSettled },
  'refund.requested': {
    version: 1,
    description: 'Money is asked back without a return.',
    data: z.strictObject({
      refundId: id,
      orderId: id,
      customerId: id,
      sessionId: id.nullable().describe('The session in which it was asked for, if in one.'),
      amount,
      isAutomatic: z.boolean().describe('Whether it goes through by itself; if not, a person of the staff decides.'),
    }),
  },
  'refund.approved': { version: 1, description: 'A person of the staff approved a refund.', data: refundDecided },
  'refund.rejected': { version: 1, description: 'A refund was refused.', data: refundDecided },
  'refund.completed': {
    version: 1,
    description: 'The money of a refund was sent; a gift card has it.',
    data: z.strictObject({
      ...refundDecided.shape,
      customerId: id,
      reference: z.string().nullable().describe('The payment provider’s own; null for a gift card.'),
    }),
  },
  'refund.failed': {
    version: 1,
    description: 'The payment provider refused a refund for good: a person must see to it.',
    data: z.strictObject({
      ...refundDecided.shape,
      customerId: id,
      code: z.string().describe('Why, in the provider’s words for programs.'),
    }),
  },
  'shop.changed': { version: 1, description: 'Settings of the shop were changed.', data: z.strictObject({}) },
} as const;

export type CommerceEventType = keyof typeof commerceEvents;

/** An event with the data that its type has. */
export type CommerceEvent = {
  [Type in CommerceEventType]: { type: Type; data: z.input<(typeof commerceEvents)[Type]['data']> };
}[CommerceEventType];

/** Writes an event about `subjectId`, in the transaction of its cause. */
export function tell(tx: Tx, { type, data }: CommerceEvent, subjectId: string, now: Date): Promise<void> {
  return emit(tx, { type, version: commerceEvents[type].version, subjectId, data }, now);
}
