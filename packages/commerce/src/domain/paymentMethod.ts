import type { Text } from '@supportgraph/kernel';

/** A customer's way to pay. Amounts are minor units of the shop's currency. */
export type PaymentMethod = {
  id: string;
  customerId: string;
  /** False once the customer has taken it off; old transactions still name it. */
  isOnFile: boolean;
} & (
  { kind: 'CREDIT_CARD'; brand: string; lastFour: string } | { kind: 'PAYPAL' } | { kind: 'GIFT_CARD'; balance: number }
);

/** How long money sent back takes, in business days. */
export function refundTime(kind: PaymentMethod['kind']): { min: number; max: number } {
  return kind === 'GIFT_CARD' ? { min: 0, max: 0 } : { min: 5, max: 7 };
}

/** What to call a way to pay, for example “Visa ending 4242”. */
export function labelOf(method: PaymentMethod): Text {
  switch (method.kind) {
    case 'CREDIT_CARD': {
      const brand = method.brand.charAt(0).toUpperCase() + method.brand.slice(1);
      return { en: `${brand} ending ${method.lastFour}`, 'zh-Hant': `${brand}（末四碼 ${method.lastFour}）` };
    }
    case 'PAYPAL':
      return { en: 'PayPal', 'zh-Hant': 'PayPal' };
    case 'GIFT_CARD':
      return { en: 'Gift card', 'zh-Hant': '禮品卡' };
  }
}
