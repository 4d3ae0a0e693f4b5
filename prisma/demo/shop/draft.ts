import { makeAddress } from './customers.js';
import type { Random } from './random.js';
import {
  cents,
  dayMs,
  type DemoCustomer,
  type DemoExchange,
  type DemoOrder,
  type DemoProduct,
  type DemoRefund,
  type DemoReturn,
  type DemoVariant,
  hourMs,
  text,
} from './shopParts.js';

/** What orders are made from. Times are ms since 1970. */
export interface Surroundings {
  random: Random;
  now: number;
  products: readonly DemoProduct[];
  customers: readonly DemoCustomer[];
}

/** An order while its story is told, with all that hangs on it. */
export interface Draft {
  customer: DemoCustomer;
  order: DemoOrder;
  placedAt: number;
  /** How it was paid first. */
  methodId: string;
  return: DemoReturn | null;
  exchange: DemoExchange | null;
  refunds: DemoRefund[];
}

type Item = DemoOrder['items'][number];

const iso = (at: number) => new Date(at).toISOString();
const sumOf = (items: readonly Item[]) => items.reduce((sum, { price }) => sum + cents(price), 0);

/** What the things of an order cost now. */
export function totalOf({ order }: Draft): string {
  return text(sumOf(order.items));
}

/** One to four things, and more until they cost this much, in cents. */
export function pickItems({ random, products }: Surroundings, minTotal = 0): Item[] {
  const count = random.whole(1, 4);
  const items: Item[] = [];
  while (items.length < count || sumOf(items) < minTotal) {
    const product = random.pick(products);
    items.push(itemOf(product, random.pick(product.variants.filter(({ available }) => available))));
  }
  return items;
}

/** The things with these variant ids. */
export function itemsOf({ products }: Surroundings, variantIds: readonly string[]): Item[] {
  return variantIds.map((variantId) => {
    const product = products.find(({ variants }) => variants.some(({ id }) => id === variantId));
    const variant = product?.variants.find(({ id }) => id === variantId);
    if (!product || !variant) throw new Error(`The demo shop has no variant ${variantId}`);
    return itemOf(product, variant);
  });
}

function itemOf(product: DemoProduct, { id, price, options }: DemoVariant): Item {
  return { productId: product.id, variantId: id, name: product.name, price, options };
}

export interface Placing {
  number: string;
  customer: DemoCustomer;
  placedAt: number;
  items: Item[];
  methodId: string;
}

/** A pending order, paid in full. Some go to another address than the customer's own. */
export function place({ random }: Surroundings, { number, customer, placedAt, items, methodId }: Placing): Draft {
  const order: DemoOrder = {
    ...{ number, customerId: customer.id, status: 'PENDING', placedAt: iso(placedAt), items },
    address: random.chance(0.1) ? makeAddress(random) : customer.address,
    transactions: [{ kind: 'PAYMENT', amount: text(sumOf(items)), paymentMethodId: methodId, occurredAt: iso(placedAt) }],
  }; // prettier-ignore
  return { customer, order, placedAt, methodId, return: null, exchange: null, refunds: [] };
}

/** In one parcel, or a few things in two. */
export function ship({ random }: Surroundings, { order }: Draft): void {
  const lines = order.items.map((_, line) => line);
  const cut = lines.length > 2 && random.chance(0.3) ? 1 : lines.length;
  const parcels = [lines.slice(0, cut), lines.slice(cut)].filter((parcel) => parcel.length > 0);
  order.status = 'PROCESSED';
  order.fulfillments = parcels.map((items) => ({
    trackingNumbers: [String(random.whole(100_000_000_000, 999_999_999_999))],
    items,
  }));
}

/** Two to four days after it was placed. Answers when. */
export function deliver(surroundings: Surroundings, draft: Draft): number {
  ship(surroundings, draft);
  const deliveredAt = draft.placedAt + surroundings.random.whole(48, 96) * hourMs;
  draft.order.status = 'DELIVERED';
  draft.order.deliveredAt = iso(deliveredAt);
  return deliveredAt;
}

/** A line becomes another variant; what that costs or saves is paid or given back. */
export function changeItem(surroundings: Surroundings, draft: Draft, line: number): void {
  const { order, methodId, placedAt } = draft;
  const item = order.items[line]!;
  const variant = otherVariant(surroundings, item);
  const difference = cents(variant.price) - cents(item.price);
  order.items[line] = { ...item, variantId: variant.id, price: variant.price, options: variant.options };
  order.itemsModified = true;
  const at = placedAt + hourMs / 4;
  if (difference > 0) pay(draft, methodId, difference, at);
  else giveBack(surroundings, draft, { amount: -difference, methodId, cause: 'ITEM_CHANGE', at });
}

/** Paid with another way instead of the first one. */
export function changePayment(surroundings: Surroundings, draft: Draft, newMethodId: string): void {
  const { order, methodId, placedAt } = draft;
  const amount = sumOf(order.items);
  const at = placedAt + hourMs / 4;
  pay(draft, newMethodId, amount, at);
  giveBack(surroundings, draft, { amount, methodId, cause: 'PAYMENT_CHANGE', at });
}

export function cancel(surroundings: Surroundings, draft: Draft): void {
  const { order, methodId, placedAt } = draft;
  const at = placedAt + surroundings.random.whole(1, 20) * (hourMs / 2);
  order.status = 'CANCELLED';
  order.cancelReason = surroundings.random.chance(0.6) ? 'NO_LONGER_NEEDED' : 'ORDERED_BY_MISTAKE';
  giveBack(surroundings, draft, { amount: sumOf(order.items), methodId, cause: 'CANCELLATION', at });
}

/** Some of what was delivered is to go back for money. */
export function requestReturn({ random }: Surroundings, draft: Draft, at: number): DemoReturn {
  const { order, methodId, customer } = draft;
  const gift = customer.paymentMethods.find(({ kind }) => kind === 'GIFT_CARD');
  const lines = someLines(random, order);
  order.status = 'RETURN_REQUESTED';
  return (draft.return = {
    ...{ id: order.number.slice(1), orderNumber: order.number, status: 'REQUESTED', items: lines, createdAt: iso(at) },
    amount: text(sumOf(lines.map((line) => order.items[line]!))),
    paymentMethodId: gift && random.chance(0.3) ? gift.id : methodId,
  });
}

export function receiveReturn(surroundings: Surroundings, draft: Draft, orderReturn: DemoReturn, at: number): void {
  const { id: returnId, amount, paymentMethodId: methodId } = orderReturn;
  const isSent = giveBack(surroundings, draft, { amount: cents(amount), methodId, cause: 'RETURN', at, returnId });
  orderReturn.status = isSent ? 'COMPLETED' : 'RECEIVED';
  draft.order.status = 'RETURNED';
}

/** Some of what was delivered is to go back for other variants; a gift card pays no difference. */
export function requestExchange(surroundings: Surroundings, draft: Draft, at: number): DemoExchange {
  const { order, methodId } = draft;
  const isGift = isGiftCard(draft, methodId);
  const lines = someLines(surroundings.random, order).map((line) => {
    const item = order.items[line]!;
    const { id, price } = isGift ? { id: item.variantId!, price: item.price } : otherVariant(surroundings, item);
    return { item: line, variantId: id, price };
  });
  const difference = lines.reduce((sum, { item, price }) => sum + cents(price) - cents(order.items[item]!.price), 0);
  order.status = 'EXCHANGE_REQUESTED';
  return (draft.exchange = {
    ...{ id: order.number.slice(1), orderNumber: order.number, status: 'REQUESTED', lines, createdAt: iso(at) },
    ...{ paymentMethodId: methodId, priceDifference: text(difference) },
  });
}

export function receiveExchange(surroundings: Surroundings, draft: Draft, exchange: DemoExchange, at: number): void {
  const { id: exchangeId, paymentMethodId: methodId } = exchange;
  const difference = cents(exchange.priceDifference);
  let isSent = true;
  if (difference > 0) pay(draft, methodId, difference, at);
  if (difference < 0)
    isSent = giveBack(surroundings, draft, { amount: -difference, methodId, cause: 'EXCHANGE', at, exchangeId });
  exchange.status = isSent ? 'COMPLETED' : 'RECEIVED';
  draft.order.status = 'EXCHANGED';
}

/** Money that was asked for without a return; what was decided on it, if anything was. */
export interface Request {
  amount: number;
  at: number;
  reason: string;
  decision: 'AUTOMATIC' | 'APPROVED' | 'REJECTED' | null;
}

export function requestRefund(surroundings: Surroundings, draft: Draft, request: Request): void {
  const { amount, at, reason, decision } = request;
  const decidedAt = at + hourMs;
  const byStaff = { decidedBy: 'stf_demo', decidedAt: iso(decidedAt) };
  const common = { amount, methodId: draft.methodId, cause: 'REQUEST', reason, askedAt: at } as const;
  switch (decision) {
    case 'AUTOMATIC':
      giveBack(surroundings, draft, { ...common, at });
      return;
    case 'APPROVED':
      giveBack(surroundings, draft, { ...common, at: decidedAt, ...byStaff });
      return;
    case 'REJECTED': {
      const refund = { ...refundOf(draft, common), ...byStaff, decisionNote: 'The parcel was found at the door.' };
      draft.refunds.push({ ...refund, status: 'REJECTED' });
      return;
    }
    case null:
      draft.refunds.push({ ...refundOf(draft, common), status: 'PENDING_APPROVAL' });
  }
}

interface GivingBack {
  amount: number;
  methodId: string;
  cause: DemoRefund['cause'];
  at: number;
  /** When it was asked for, if that was before. */
  askedAt?: number;
  reason?: string;
  returnId?: string;
  exchangeId?: string;
  decidedBy?: string;
  decidedAt?: string;
}

const sendingMs = 5 * dayMs;

/** Puts money that goes back on the order. Answers whether it has arrived; nothing always has, and leaves no refund. */
function giveBack({ now }: Surroundings, draft: Draft, giving: GivingBack): boolean {
  const { amount, methodId: paymentMethodId, at } = giving;
  const transactions = draft.order.transactions!;
  transactions.push({ kind: 'REFUND', amount: text(amount), paymentMethodId, occurredAt: iso(at) });
  if (amount === 0) return true;
  const completedAt = isGiftCard(draft, paymentMethodId) ? at : at + sendingMs;
  const isSent = completedAt <= now;
  draft.refunds.push({
    ...refundOf(draft, giving),
    ...{ status: isSent ? 'COMPLETED' : 'APPROVED', completedAt: isSent ? iso(completedAt) : null },
    transaction: transactions.length - 1,
  });
  return isSent;
}

function refundOf({ order, refunds }: Draft, giving: Omit<GivingBack, 'at'> & { at?: number }) {
  const { amount, methodId, at, askedAt = at, ...rest } = giving;
  return {
    ...{ id: `${order.number.slice(1)}-${refunds.length + 1}`, orderNumber: order.number, ...rest },
    ...{ amount: text(amount), paymentMethodId: methodId, createdAt: iso(askedAt!) },
  };
}

function pay({ order }: Draft, paymentMethodId: string, amount: number, at: number): void {
  order.transactions!.push({ kind: 'PAYMENT', amount: text(amount), paymentMethodId, occurredAt: iso(at) });
}

function isGiftCard({ customer }: Draft, methodId: string): boolean {
  return customer.paymentMethods.some(({ id, kind }) => id === methodId && kind === 'GIFT_CARD');
}

/** At least one line. */
function someLines(random: Random, { items }: DemoOrder): number[] {
  const lines = items.map((_, line) => line);
  return random
    .shuffle(lines)
    .slice(0, random.whole(1, lines.length))
    .sort((a, b) => a - b);
}

/** Another available variant of the same product, or the same one if there is no other. */
function otherVariant({ random, products }: Surroundings, { productId, variantId }: Item): DemoVariant {
  const variants = products.find(({ id }) => id === productId)?.variants ?? [];
  const others = variants.filter(({ id, available }) => available && id !== variantId);
  const [variant] = others.length ? random.shuffle(others) : variants.filter(({ id }) => id === variantId);
  return variant!;
}
