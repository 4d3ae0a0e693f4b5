import { refundTime, type PaymentMethod, type Refund } from '@supportgraph/commerce';

/** When the money of a refund should have arrived: at the end of the business days that its destination takes. Null if it is not on its way. */
export function expectedAt(refund: Refund, kind: PaymentMethod['kind']): Date | null {
  const { status, createdAt, decidedAt, completedAt } = refund;
  if (status === 'PENDING_APPROVAL' || status === 'REJECTED') return null;
  return afterBusinessDays(completedAt ?? decidedAt ?? createdAt, refundTime(kind).max);
}

/** The same time of day so many business days later; banks do not work on Saturdays and Sundays. */
function afterBusinessDays(from: Date, days: number): Date {
  const date = new Date(from);
  for (let left = days; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1);
    const weekday = date.getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return date;
}
