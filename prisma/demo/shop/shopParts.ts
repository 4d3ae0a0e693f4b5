import type { ShopFile } from '@supportgraph/commerce';

export type DemoProduct = NonNullable<ShopFile['products']>[number];
export type DemoVariant = DemoProduct['variants'][number];
export type DemoCustomer = NonNullable<ShopFile['customers']>[number];
export type DemoMethod = DemoCustomer['paymentMethods'][number];
export type DemoOrder = NonNullable<ShopFile['orders']>[number];
export type DemoReturn = NonNullable<ShopFile['returns']>[number];
export type DemoExchange = NonNullable<ShopFile['exchanges']>[number];
export type DemoRefund = NonNullable<ShopFile['refunds']>[number];

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Decimal text of cents. */
export function text(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** Cents of a decimal text with two digits. */
export function cents(amount: string): number {
  return Math.round(Number(amount) * 100);
}
