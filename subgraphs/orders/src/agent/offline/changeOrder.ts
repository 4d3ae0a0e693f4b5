import type { OfflineStep } from '@supportgraph/agent';
import type { ListedOrder } from '../shown.js';
import { changeOf } from './changeOf.js';
import { changeStep } from './changes.js';
import { facetsOf } from './facets.js';
import { calledByGoods } from './goods.js';
import { numbersIn, numbersOf } from './numbers.js';
import { orderOf, ordersStep, orderText, shortList, spelt, withList, withOrders } from './orderSteps.js';
import { questions, sentences } from './sentences.js';
import { ask, call, say, used, type Scene } from './steps.js';
import { wishOf } from './thread.js';
import type { ChangeAsk } from './understand.js';

/** Goes on with a change once it is sure which order is meant. */
export function changeOrderStep(scene: Scene, wanted: ChangeAsk): OfflineStep {
  if (wanted.number === null) return findOrder(scene, wanted);
  const number = spelt(scene, wanted.number);
  const looked = used(scene, 'get_order', { number });
  if (!looked) return call('get_order', { number });
  const order = orderOf(scene, number);
  if (!order) return withOrders(scene, [orderText(scene, number, [])]);
  return besides(scene, wanted, changeStep(scene, wanted.change, order));
}

const toAddress = /\bto\b|改成|改為|改为|改到|寄到|送到|[:：]/i;

/** The order that is named by its things, else the one spoken of, else the only one; in doubt the customer is asked. */
function findOrder(scene: Scene, wanted: ChangeAsk): OfflineStep {
  // What stands in an address names no goods.
  const text = wanted.change === 'UPDATE_ADDRESS' ? wanted.text.split(toAddress)[0]! : wanted.text;
  const goOn = ({ number }: { number: string }) => changeOrderStep(scene, { ...wanted, number });
  if (wanted.near && calledByGoods([], text) === null) return goOn({ number: wanted.near });
  return withList(scene, ({ orders }) => {
    const [first] = orders;
    if (!first) return say(scene, sentences.noOrders);
    const meant = ordersMeant(orders, wanted, text);
    const [only, ...more] = meant;
    if (only && more.length === 0) return goOn(only);
    return ask(scene, questions.whichOrder, shortList(scene, meant.length > 0 ? meant : orders));
  });
}

/** The orders that a wish without a number may be about; none if it names things that are in no order. */
function ordersMeant(orders: readonly ListedOrder[], { near, isLast }: ChangeAsk, text: string): ListedOrder[] {
  const changeable = orders.filter(({ status }) => status === 'PENDING');
  const called = calledByGoods(changeable, text)?.length ? calledByGoods(changeable, text) : calledByGoods(orders, text); // prettier-ignore
  const spokenOf = orders.find(({ number }) => number.toLowerCase() === near?.toLowerCase());
  if (called?.length) return spokenOf && called.includes(spokenOf) ? [spokenOf] : called;
  if (called) return [];
  if (isLast) return orders.slice(0, 1);
  return changeable.length > 0 ? changeable : [...orders];
}

/** Below what is said of the change, what the same message asks about other orders. */
function besides(scene: Scene, { others, change }: ChangeAsk, step: OfflineStep): OfflineStep {
  if (others.length === 0 || !('say' in step) || !step.say || 'call' in step) return step;
  const asked = others.filter((number) => !isSameWish(wishOf(scene.thread), number, change));
  const later = others.filter((number) => !asked.includes(number));
  // What was told with the question before is not told again with what comes of it.
  const known = numbersOf(scene.thread.lastReply).map((number) => number.replace('#', ''));
  const told = asked.filter((number) => !known.includes(number.replace('#', '')));
  const about = told.length > 0 ? ordersStep(scene, told, facetsOf(clauseOf(wishOf(scene.thread), told[0]!))) : say(scene); // prettier-ignore
  if (!('say' in about) || 'call' in about) return about;
  const next = later.length > 0 ? `${sentences.oneByOne[scene.language]} ${later.join(', ')}` : '';
  return say(scene, about.say, step.say, next);
}

/** Whether the words around another number ask for the same change, and not how that order stands. */
function isSameWish(text: string, number: string, change: ChangeAsk['change']): boolean {
  const clause = clauseOf(text, number);
  const isStatus =
    /\bwhere\b|\bwhen\b|status|track|arriv|到哪|什麼時候|什么时候|何時|何时|進度|进度|狀態|状态|物流/i.test(clause);
  return !isStatus && (changeOf(clause) === change || changeOf(clause) === null);
}

/** The part of a text that a number stands in. */
function clauseOf(text: string, number: string): string {
  const clauses = text.split(/[,，;；。!！?？\n]|\band\b|還有|还有|另外|順便|顺便|以及|然後|然后/i);
  return clauses.find((clause) => numbersIn(clause).includes(number)) ?? '';
}
