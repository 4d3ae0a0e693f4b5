import { codesOf, type OfflineStep } from '@supportgraph/agent';
import type { ListedOrder, ListedOrders, ShownOrder } from '../shown.js';
import type { Facet } from './facets.js';
import { calledByGoods } from './goods.js';
import { describeOrder, listOrders, placedIn } from './orderText.js';
import { questions, sentences } from './sentences.js';
import { ask, call, failedStep, say, used, type Scene } from './steps.js';
import type { Ask } from './understand.js';

/** Orders that a list in a reply shows. */
const mostListed = 10;

/** Tells of orders by their numbers; if none of them is there, what orders there are. */
export function ordersStep(scene: Scene, numbers: readonly string[], facets: readonly Facet[]): OfflineStep {
  const asked = numbers.map((number) => spelt(scene, number));
  const missing = asked.filter((number) => !used(scene, 'get_order', { number }));
  if (missing.length > 0) return { call: missing.map((number) => ({ name: 'get_order', input: { number } })) };
  const orders = asked.flatMap((number) => orderOf(scene, number) ?? []);
  const texts = asked.map((number) => orderText(scene, number, facets));
  if (orders.length === 0) return withOrders(scene, texts);
  return say(scene, ...texts, ...closing(orders, facets));
}

/** What can be done where a parcel is missing, an amount was taken twice, or an invoice is wanted. */
function closing(orders: readonly ShownOrder[], facets: readonly Facet[]) {
  if (facets.includes('missing') && orders.some(({ status }) => status === 'DELIVERED'))
    return [sentences.notReceived, questions.offerPerson];
  if (facets.includes('invoice')) return [sentences.formalInvoice, questions.offerPerson];
  return facets.includes('ledger') ? [sentences.allBooked, questions.offerPerson] : [];
}

/** The number, with its letter if it was not found without. */
export function spelt(scene: Scene, number: string): string {
  const looked = used(scene, 'get_order', { number });
  return looked && codesOf(looked).includes('NOT_FOUND') && /^\d+$/.test(number) ? `#W${number}` : number;
}

/** An order that was looked up and is there. */
export function orderOf(scene: Scene, number: string): ShownOrder | null {
  const looked = used(scene, 'get_order', { number });
  // Our own tool's answer.
  return looked && !looked.failed ? (looked.output as ShownOrder) : null;
}

/** What is said of an order that was looked up, there or not. */
export function orderText(scene: Scene, number: string, facets: readonly Facet[]) {
  const order = orderOf(scene, number);
  if (order) return describeOrder(order, facets, scene.language);
  const looked = used(scene, 'get_order', { number });
  return looked && codesOf(looked).includes('NOT_FOUND') ? notThere(number) : sentences.failed;
}

function notThere(number: string) {
  return {
    en: `I find no order ${number} of yours. ${questions.whichOrder.en}`,
    'zh-Hant': `我找不到您的訂單 ${number}。${questions.whichOrder['zh-Hant']}`,
  };
}

/** Says this, and below it the customer's orders, if they can be listed. */
export function withOrders(scene: Scene, texts: Parameters<typeof say>[1][]): OfflineStep {
  const listed = used(scene, 'list_my_orders');
  if (!listed && isUnknownHere(scene)) return call('list_my_orders');
  // Our own tool's answer.
  const orders = listed && !listed.failed ? (listed.output as ListedOrders).orders : [];
  return say(scene, ...texts, shortList(scene, orders));
}

/** Whether it was found out that there is no such order, rather than not found out. */
function isUnknownHere({ results }: Scene): boolean {
  return results.some((each) => each.tool === 'get_order' && codesOf(each).includes('NOT_FOUND'));
}

/** Goes on once the customer's orders are known. */
export function withList(scene: Scene, next: (listed: ListedOrders) => OfflineStep): OfflineStep {
  const listed = used(scene, 'list_my_orders');
  if (!listed) return call('list_my_orders');
  // Our own tool's answer.
  return listed.failed ? failedStep(scene) : next(listed.output as ListedOrders);
}

/** “My order”: the one with the things that are named, or the only one under way; otherwise the customer is asked, or told of the latest. */
export function someOrderStep(
  scene: Scene,
  { orders }: ListedOrders,
  { text, facets }: Extract<Ask, { kind: 'someOrder' }>,
): OfflineStep {
  // prettier-ignore
  const isArrived = facets.includes('missing') && /delivered|送達|送达/i.test(text);
  const open = orders.filter(({ status }) => (isArrived ? status === 'DELIVERED' : status === 'PENDING' || status === 'PROCESSED')); // prettier-ignore
  const called = calledByGoods(open, text);
  const meant = called?.length ? called : calledByGoods(orders, text)?.length ? calledByGoods(orders, text)! : open;
  const [first] = orders;
  if (!first) return say(scene, sentences.noOrders);
  if (meant.length === 1) return ordersStep(scene, [meant[0]!.number], facets);
  if (meant.length > 1) return ask(scene, questions.whichOrder, shortList(scene, meant));
  return say(scene, sentences.noneOpen, listOrders([first], scene.language));
}

/** The orders but the one that was spoken of: the other one, or a list. */
export function otherOrdersStep(scene: Scene, { orders }: ListedOrders, than: string): OfflineStep {
  const others = orders.filter(({ number }) => number.toLowerCase() !== than.toLowerCase());
  const [only, ...more] = others;
  if (!only) return say(scene, sentences.noOtherOrder);
  return more.length === 0 ? ordersStep(scene, [only.number], []) : ask(scene, questions.whichOrder, shortList(scene, others)); // prettier-ignore
}

/** The orders of a time or a state. */
export function listStep(
  scene: Scene,
  listed: ListedOrders,
  { period, status }: Extract<Ask, { kind: 'list' }>,
): OfflineStep {
  // prettier-ignore
  const then = period === null ? listed.orders : placedIn(listed, period);
  const orders = then.filter((order) => status === null || order.status === status);
  if (listed.orders.length === 0) return say(scene, sentences.noOrders);
  if (orders.length === 0) return say(scene, sentences.noneThen);
  const more = orders.length > mostListed || (listed.hasMore && period === null);
  const head = {
    en: more ? 'Your latest orders, newest first:' : `Your orders, newest first (${orders.length}):`,
    'zh-Hant': more ? '您最近的訂單（由新到舊）：' : `您的訂單共 ${orders.length} 筆（由新到舊）：`,
  };
  return say(scene, head, shortList(scene, orders));
}

/** The first orders of many, a line each. */
export function shortList({ language }: Scene, orders: readonly ListedOrder[]): string {
  return listOrders(orders.slice(0, mostListed), language);
}
