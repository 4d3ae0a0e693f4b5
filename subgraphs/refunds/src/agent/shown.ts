import {
  availableActions, labelOf, leftToRefund, originalMethodId, returnEligibility,
  type Order, type OrderAction, type OrderItem, type OrderStatus, type PaymentMethod, type RefundStatus, type ReturnEligibility, type ReturnStatus, type Shop, type Variant,
} from '@supportgraph/commerce'; // prettier-ignore
import { moneyText, type Language } from '@supportgraph/kernel';
import { expectedAt } from '../domain/expectedAt.js';

/*
 * What the tools tell of orders. Days are `2026-02-10` in the shop's time zone, amounts `USD 19.90`; names of ways to pay
 * and reasons are in the language of the answer.
 */

/** A refund of an order. */
export interface ShownRefund {
  amount: string;
  status: RefundStatus;
  askedOn: string;
  to: string;
  /** Whether it goes to a gift card, which has it at once. */
  isGiftCard: boolean;
  /** By when it should be there, if it is on its way. */
  expectedBy: string | null;
  sentOn: string | null;
  /** Why it was refused, if a person said so. */
  refusedBecause: string | null;
}

/** What became of refunds, return and exchange of one order. */
export interface OrderRefunds {
  number: string;
  status: OrderStatus;
  refunds: ShownRefund[];
  return: { status: ReturnStatus; items: string[]; amount: string; to: string } | null;
  exchange: {
    status: ReturnStatus;
    items: string[];
    priceDifference: string;
    difference: 'PAY' | 'GET_BACK' | 'NONE';
    method: string;
  } | null;
  /** What can be done with the order now. */
  possible: OrderAction[];
}

/** A line of an order as it may go back. */
export interface ShownItem {
  itemId: string;
  /** With its options, for example `Shirt (blue)`. */
  name: string;
  options: string[];
  price: string;
}

/** A way to pay, or to be paid back. */
export interface ShownMethod {
  paymentMethodId: string;
  label: string;
  kind: PaymentMethod['kind'];
}

/** Whether an order can be sent back. */
export interface ReturnCheck {
  number: string;
  status: OrderStatus;
  canBeSentBack: boolean;
  /** The last day, if there is one. */
  until: string | null;
  /** Why it cannot be sent back. */
  reason: string | null;
  whyNot: 'NOT_DELIVERED' | 'ASKED_BEFORE' | 'TOO_LATE' | null;
  /** The day on which the time for it was over. */
  closedOn: string | null;
  items: ShownItem[];
  /** What all of it together would give back. */
  mostBack: string;
  paidBackTo: ShownMethod[];
  possible: OrderAction[];
}

/** What the items of an order can be exchanged for. */
export interface ExchangeOptions {
  number: string;
  items: ExchangeableItem[];
  /** The original way first. */
  paidWith: ShownMethod[];
}

export interface ExchangeableItem extends Pick<ShownItem, 'itemId' | 'name' | 'options'> {
  variants: ShownVariant[];
  /** Options of the variants that are not in stock. */
  soldOut: string[][];
}

/** A variant in stock, and what it costs more, or less if negative. */
export interface ShownVariant {
  newVariantId: string;
  options: string[];
  difference: string;
}

/** Orders that can be sent back. */
export interface ReturnableOrders {
  /** Newest first. */
  orders: { number: string; items: string[]; until: string | null }[];
}

/** What telling of an order needs. */
export interface Telling {
  order: Order;
  shop: Shop;
  language: Language;
  now: Date;
}
export interface TellingOfMoney extends Telling {
  methods: readonly (PaymentMethod | null)[];
}

export function orderRefundsOf(telling: TellingOfMoney): OrderRefunds {
  const { order, shop, now } = telling;
  const { return: orderReturn, exchange } = order;
  const money = moneyIn(shop);
  return {
    number: order.number,
    status: order.status,
    refunds: order.refunds.map((refund): ShownRefund => {
      const method = methodOf(telling, refund.paymentMethodId);
      const { decisionNote, status, completedAt } = refund;
      return {
        ...{ amount: money(refund.amount), status, askedOn: dayOf(refund.createdAt, shop) },
        ...{ to: nameOf(telling, refund.paymentMethodId), isGiftCard: method?.kind === 'GIFT_CARD' },
        expectedBy: dayOf(method ? expectedAt(refund, method.kind) : null, shop),
        sentOn: dayOf(completedAt, shop),
        refusedBecause: status === 'REJECTED' ? decisionNote : null,
      };
    }),
    return: orderReturn && {
      status: orderReturn.status,
      items: itemNames(order, orderReturn.itemIds),
      amount: money(orderReturn.amount),
      to: nameOf(telling, orderReturn.paymentMethodId),
    },
    exchange: exchange && {
      status: exchange.status,
      items: itemNames(
        order,
        exchange.lines.map(({ itemId }) => itemId),
      ),
      priceDifference: money(Math.abs(exchange.priceDifference)),
      difference: exchange.priceDifference > 0 ? 'PAY' : exchange.priceDifference < 0 ? 'GET_BACK' : 'NONE',
      method: nameOf(telling, exchange.paymentMethodId),
    },
    possible: availableActions(order, shop, now),
  };
}

/** Whether something of it is still under way. */
export function isOpen({ refunds, return: goods, exchange }: OrderRefunds): boolean {
  return (
    [goods, exchange].some((each) => each?.status === 'REQUESTED' || each?.status === 'RECEIVED') ||
    refunds.some(({ status }) => status === 'PENDING_APPROVAL' || status === 'APPROVED')
  );
}

export function returnCheckOf({ order, shop, methods, language, now }: TellingOfMoney): ReturnCheck {
  const eligibility = returnEligibility(order, shop, now);
  const money = moneyIn(shop);
  const left = leftToRefund(order);
  const total = order.items.reduce((sum, { price }) => sum + price, 0);
  const original = originalMethodId(order);
  const known = methods.filter((method) => method !== null);
  const open = known.filter(({ id, kind }) => id === original || kind === 'GIFT_CARD');
  return {
    ...{ number: order.number, status: order.status, canBeSentBack: eligibility.isEligible },
    until: eligibility.isEligible ? dayOf(eligibility.until, shop) : null,
    reason: eligibility.isEligible ? null : eligibility.reason[language],
    ...whyNotOf(eligibility, order, shop),
    items: order.items.map((item) => ({
      ...{ itemId: item.id, name: itemName(item), options: valuesOf(item) },
      price: money(Math.min(item.price, left)),
    })),
    mostBack: money(Math.min(total, left)),
    paidBackTo: shownMethods(open, order, language),
    possible: availableActions(order, shop, now),
  };
}

function whyNotOf(eligibility: ReturnEligibility, order: Order, shop: Shop): Pick<ReturnCheck, 'whyNot' | 'closedOn'> {
  if (eligibility.isEligible) return { whyNot: null, closedOn: null };
  if (eligibility.code === 'RETURN_WINDOW_CLOSED')
    return { whyNot: 'TOO_LATE', closedOn: dayOf(eligibility.closedAt, shop) };
  return { whyNot: order.return || order.exchange ? 'ASKED_BEFORE' : 'NOT_DELIVERED', closedOn: null };
}

export function exchangeOptionsOf(
  { order, shop, methods, language }: TellingOfMoney,
  variants: readonly Variant[],
): ExchangeOptions {
  const money = moneyIn(shop);
  return {
    number: order.number,
    items: order.items.map((item) => {
      const made = variants.filter(({ productId }) => productId === item.productId);
      return {
        ...{ itemId: item.id, name: itemName(item), options: valuesOf(item) },
        variants: made
          .filter(({ isAvailable }) => isAvailable)
          .map((variant) => ({
            ...{ newVariantId: variant.id, options: valuesOf(variant) },
            difference: money(variant.price - item.price),
          })),
        soldOut: made.filter(({ isAvailable }) => !isAvailable).map(valuesOf),
      };
    }),
    paidWith: shownMethods(
      methods.filter((method) => method !== null),
      order,
      language,
    ),
  };
}

/** The original way to pay first. */
function shownMethods(methods: readonly PaymentMethod[], order: Order, language: Language): ShownMethod[] {
  const original = originalMethodId(order);
  return [...methods]
    .sort((a, b) => Number(b.id === original) - Number(a.id === original))
    .map((method) => ({ paymentMethodId: method.id, label: labelOf(method)[language], kind: method.kind }));
}

export function briefOf({ order, shop, now }: Telling): ReturnableOrders['orders'][number] {
  const eligibility = returnEligibility(order, shop, now);
  const until = eligibility.isEligible ? eligibility.until : null;
  return { number: order.number, items: order.items.map(itemName), until: dayOf(until, shop) };
}

function moneyIn({ currency }: Shop): (minor: number) => string {
  return (minor) => moneyText(minor, currency);
}

/** A day in the shop's time zone; Sweden writes them as ISO 8601 does. */
function dayOf(time: Date, shop: Shop): string;
function dayOf(time: Date | null, shop: Shop): string | null;
function dayOf(time: Date | null, { timeZone }: Shop): string | null {
  return time && new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(time);
}

function methodOf({ methods }: TellingOfMoney, id: string): PaymentMethod | null {
  return methods.find((method) => method?.id === id) ?? null;
}

const unknownMethod = { en: 'your way to pay', 'zh-Hant': '您的付款方式' };

function nameOf(telling: TellingOfMoney, methodId: string): string {
  const method = methodOf(telling, methodId);
  return (method ? labelOf(method) : unknownMethod)[telling.language];
}

function itemNames({ items }: Order, ids: readonly string[]): string[] {
  return ids.flatMap((id) => items.filter((item) => item.id === id).map(itemName));
}

const valuesOf = ({ options }: Pick<OrderItem, 'options'>) => options.map(({ value }) => value);

function itemName({ name, options }: OrderItem): string {
  const chosen = options.map(({ value }) => value).join(', ');
  return chosen ? `${name} (${chosen})` : name;
}
