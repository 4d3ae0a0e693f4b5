import type { Order, Transaction } from './order.js';

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** What the items of an order cost in all. */
export function totalOf(order: Pick<Order, 'items'>): number {
  return sum(order.items.map((item) => item.price));
}

/** What was paid, or given back, in all. */
export function sumOf(kind: Transaction['kind'], transactions: readonly Transaction[]): number {
  return sum(transactions.filter((each) => each.kind === kind).map((each) => each.amount));
}

/** What waits for a decision or for goods, and so cannot be given back a second time. */
export function reservedOf(order: Order): number {
  const waiting = sum(order.refunds.filter(({ status }) => status === 'PENDING_APPROVAL').map(({ amount }) => amount));
  const returning = order.return?.status === 'REQUESTED' ? order.return.amount : 0;
  const exchanging = order.exchange?.status === 'REQUESTED' ? Math.max(0, -order.exchange.priceDifference) : 0;
  return waiting + returning + exchanging;
}

/** What was paid and not given back. */
export function keptOf(order: Order): number {
  return sumOf('PAYMENT', order.transactions) - sumOf('REFUND', order.transactions);
}

/** All that is left to give back. */
export function leftToRefund(order: Order): number {
  return Math.max(0, keptOf(order) - reservedOf(order));
}

/** The way to pay of the first payment: where the money of a return goes back to. */
export function originalMethodId(order: Order): string | null {
  return order.transactions.find(({ kind }) => kind === 'PAYMENT')?.paymentMethodId ?? null;
}

/** The way an order is paid now: the original one unless it was changed, which is always the second and third transaction. */
export function methodInUse(order: Order): string | null {
  const [first, second, third] = order.transactions;
  const isChanged =
    second?.kind === 'PAYMENT' &&
    third?.kind === 'REFUND' &&
    second.paymentMethodId !== first?.paymentMethodId &&
    third.paymentMethodId === first?.paymentMethodId &&
    second.amount === first.amount &&
    third.amount === first.amount;
  return isChanged ? second.paymentMethodId : originalMethodId(order);
}

/**
 * What each way to pay gets back of all that is kept: what it paid net of earlier refunds, in the order of the payments.
 * Earlier refunds to other ways are taken off the last ones, so that never more goes back than is kept.
 */
export function sharesOfRefund(order: Order): { paymentMethodId: string; amount: number }[] {
  const net = new Map<string, number>();
  for (const { kind, amount, paymentMethodId } of order.transactions) {
    net.set(paymentMethodId, (net.get(paymentMethodId) ?? 0) + (kind === 'PAYMENT' ? amount : -amount));
  }
  let left = keptOf(order);
  return [...net].flatMap(([paymentMethodId, paid]) => {
    const amount = Math.min(paid, left);
    if (amount <= 0) return [];
    left -= amount;
    return [{ paymentMethodId, amount }];
  });
}
