import type { Text } from '@supportgraph/kernel';
import type { Order } from './order.js';
import type { Shop } from './shop.js';

const dayMs = 86_400_000;

/** Whether an order can be sent back for money or for other variants; until when (null: no limit); or why not. */
export type ReturnEligibility =
  | { isEligible: true; until: Date | null }
  | { isEligible: false; code: 'ORDER_NOT_RETURNABLE'; reason: Text }
  | { isEligible: false; code: 'RETURN_WINDOW_CLOSED'; reason: Text; closedAt: Date };

/** One return or one exchange for each order, ever, while the window is open. */
export function returnEligibility(order: Order, shop: Shop, now: Date): ReturnEligibility {
  if (order.return || order.exchange)
    return {
      isEligible: false,
      code: 'ORDER_NOT_RETURNABLE',
      reason: {
        en: 'A return or an exchange was already asked for; that is possible once for each order.',
        'zh-Hant': '這筆訂單已申請過退貨或換貨，每筆訂單僅限一次。',
      },
    };
  if (order.status !== 'DELIVERED')
    return {
      isEligible: false,
      code: 'ORDER_NOT_RETURNABLE',
      reason: { en: 'Only a delivered order can be sent back.', 'zh-Hant': '只有已送達的訂單才能退換貨。' },
    };
  const until = windowEnd(order, shop);
  if (until && now > until)
    return {
      isEligible: false,
      code: 'RETURN_WINDOW_CLOSED',
      reason: { en: 'The time to send things back is over.', 'zh-Hant': '已超過可退換貨的期限。' },
      closedAt: until,
    };
  return { isEligible: true, until };
}

function windowEnd({ deliveredAt }: Order, { returnWindowDays }: Shop): Date | null {
  if (returnWindowDays === null || !deliveredAt) return null;
  return new Date(deliveredAt.getTime() + returnWindowDays * dayMs);
}
