import {
  aboutProposal,
  answerToOffer,
  staysHere,
  type OfflinePlaybook,
  type OfflineStep,
  type OfflineTurn,
} from '@supportgraph/agent';
import { describeProducts, goodsInEnglish } from '@supportgraph/commerce';
import { changeStep, defaultAddressStep, listMethods, methodsOf } from './offline/changes.js';
import { claimOf, numbersIn, saysWho } from './offline/identity.js';
import { describeOrder, listOrders, placedIn } from './offline/orderText.js';
import { questions, sentences } from './offline/sentences.js';
import { ask, call, codesOf, failedStep, say, used, type Scene } from './offline/steps.js';
import { threadOf } from './offline/thread.js';
import { understand, type Ask, type Facet } from './offline/understand.js';
import type { FoundProducts, ListedOrder, ListedOrders, ShownOrder } from './shown.js';

/** Orders that a list in a reply shows. */
const mostListed = 10;
const longestName = 100;

/** How the orders agent answers without a model: it finds out who asks and what, uses the tools, and writes from what they return. */
export const ordersOffline: OfflinePlaybook = (turn) => {
  const thread = threadOf({ ...turn, text: withEntities(turn) });
  const verified = turn.results.findLastIndex(({ tool }) => tool === 'verify_customer');
  // What was refused before the customer was recognised is asked again.
  const scene: Scene = { ...turn, thread, results: turn.results.slice(verified + 1) };
  const offer = answerToOffer(turn);
  if (offer === 'NO') return say(scene, staysHere);
  const about = aboutProposal(turn);
  if (about) return about;
  const wanted = understand(thread);
  if (offer === 'YES' || wanted.kind === 'person') return transfer(scene);
  const tried = turn.results[verified];
  const claim = claimOf(thread);
  if (tried?.failed) return refusedClaim(scene, codesOf(tried));
  if (!tried && claim && saysWho(thread.said.length > 1 ? thread.said.slice(1).join('\n') : thread.now))
    return call('verify_customer', claim);
  const unknown = scene.results.flatMap(codesOf).find((code) => code.startsWith('WHO_IS_ASKING'));
  if (!unknown) return stepFor(scene, wanted);
  return claim && !tried ? call('verify_customer', claim) : askWho(scene, unknown);
};

/** An excerpt with the e-mail addresses of the whole message, and its order numbers if it has none of its own. */
function withEntities({ text, entities }: OfflineTurn): string {
  const isMissing = (value: string) => !text.toLowerCase().includes(value.replace('#', '').toLowerCase());
  const wanted = numbersIn(text).length > 0 ? ['email'] : ['order_number', 'email'];
  const missing = entities.filter(({ name, value }) => wanted.includes(name) && isMissing(value));
  return [text, ...missing.map(({ value }) => value)].join('\n');
}

function askWho(scene: Scene, code: string): OfflineStep {
  if (code in questions) return ask(scene, questions[code as keyof typeof questions]);
  return say(scene, sentences.WHO_IS_ASKING_TOKEN_ONLY, questions.offerPerson);
}

function refusedClaim(scene: Scene, codes: readonly string[]): OfflineStep {
  const [code = ''] = codes;
  if (code.startsWith('WHO_IS_ASKING')) return askWho(scene, code);
  if (code === 'WRONG_STATE') return say(scene, sentences.boundToAnother);
  return code === 'CUSTOMER_NOT_VERIFIED' ? ask(scene, questions.notVerified) : failedStep(scene);
}

function stepFor(scene: Scene, wanted: Exclude<Ask, { kind: 'person' }>): OfflineStep {
  switch (wanted.kind) {
    case 'orders':
      return ordersStep(scene, wanted.numbers, wanted.facets);
    case 'lastOrder':
      return withList(scene, ({ orders: [last] }) =>
        last ? ordersStep(scene, [last.number], wanted.facets) : say(scene, sentences.noOrders),
      );
    case 'someOrder':
      return withList(scene, (listed) => someOrderStep(scene, listed, wanted.facets));
    case 'list':
      return withList(scene, (listed) => listStep(scene, listed, wanted));
    case 'change':
      return changeOrderStep(scene, wanted);
    case 'defaultAddress':
      return defaultAddressStep(scene);
    case 'product':
      return productStep(scene, wanted.text);
    case 'methods': {
      const methods = methodsOf(scene);
      return Array.isArray(methods) ? say(scene, listMethods(methods)) : methods;
    }
    case 'who':
      return say(scene, sentences.found);
    case 'unclear':
      return ask(scene, questions.unclear);
  }
}

function ordersStep(scene: Scene, numbers: readonly string[], facets: readonly Facet[]): OfflineStep {
  const asked = numbers.map((number) => spelt(scene, number));
  const missing = asked.filter((number) => !used(scene, 'get_order', { number }));
  if (missing.length > 0) return { call: missing.map((number) => ({ name: 'get_order', input: { number } })) };
  return say(scene, ...asked.map((number) => orderText(scene, number, facets)));
}

/** The number, with its letter if it was not found without. */
function spelt(scene: Scene, number: string): string {
  const looked = used(scene, 'get_order', { number });
  return looked && codesOf(looked).includes('NOT_FOUND') && /^\d+$/.test(number) ? `#W${number}` : number;
}

function orderText(scene: Scene, number: string, facets: readonly Facet[]) {
  const looked = used(scene, 'get_order', { number });
  // Our own tool's answer.
  if (looked && !looked.failed) return describeOrder(looked.output as ShownOrder, facets, scene.language);
  return looked && codesOf(looked).includes('NOT_FOUND') ? notThere(number) : sentences.failed;
}

function notThere(number: string) {
  return {
    en: `I find no order ${number} of yours. ${questions.whichOrder.en}`,
    'zh-Hant': `我找不到您的訂單 ${number}。${questions.whichOrder['zh-Hant']}`,
  };
}

/** Goes on once the customer's orders are known. */
function withList(scene: Scene, next: (listed: ListedOrders) => OfflineStep): OfflineStep {
  const listed = used(scene, 'list_my_orders');
  if (!listed) return call('list_my_orders');
  // Our own tool's answer.
  return listed.failed ? failedStep(scene) : next(listed.output as ListedOrders);
}

/** “My order”: the only one under way; otherwise the customer is asked, or told of the latest. */
function someOrderStep(scene: Scene, { orders }: ListedOrders, facets: readonly Facet[]): OfflineStep {
  const open = orders.filter(({ status }) => status === 'PENDING' || status === 'PROCESSED');
  const [first] = orders;
  if (!first) return say(scene, sentences.noOrders);
  if (open.length === 1) return ordersStep(scene, [open[0]!.number], facets);
  if (open.length > 1) return ask(scene, questions.whichOrder, shortList(scene, open));
  return say(scene, sentences.noneOpen, listOrders([first], scene.language));
}

function listStep(scene: Scene, listed: ListedOrders, { period, status }: Extract<Ask, { kind: 'list' }>): OfflineStep {
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

function shortList({ language }: Scene, orders: readonly ListedOrder[]): string {
  return listOrders(orders.slice(0, mostListed), language);
}

function changeOrderStep(scene: Scene, wanted: Extract<Ask, { kind: 'change' }>): OfflineStep {
  if (wanted.number === null) {
    return withList(scene, ({ orders }) => {
      const [first] = orders;
      const changeable = orders.filter(({ status }) => status === 'PENDING');
      if (!first) return say(scene, sentences.noOrders);
      const only = wanted.isLast ? first : changeable.length === 1 ? changeable[0] : null;
      if (only) return changeOrderStep(scene, { ...wanted, number: only.number });
      return ask(scene, questions.whichOrder, shortList(scene, changeable.length > 0 ? changeable : orders));
    });
  }
  const number = spelt(scene, wanted.number);
  const looked = used(scene, 'get_order', { number });
  if (!looked) return call('get_order', { number });
  if (looked.failed) return say(scene, orderText(scene, number, []));
  // Our own tool's answer.
  return changeStep(scene, wanted.change, looked.output as ShownOrder);
}

function productStep(scene: Scene, text: string): OfflineStep {
  const name = goodsInEnglish(text).replace(/\s+/g, ' ').trim().slice(0, longestName);
  const search = used(scene, 'find_product');
  if (!search) return call('find_product', { name });
  if (search.failed) return failedStep(scene);
  // Our own tool's answer.
  const { products } = search.output as FoundProducts;
  if (products.length === 0) {
    const none = { en: 'I find no such product in our shop.', 'zh-Hant': '我在商店中找不到這項商品。' };
    return say(scene, none, questions.whichProduct);
  }
  return say(scene, describeProducts(products, text, scene.language));
}

function transfer({ thread }: Scene): OfflineStep {
  const summary = `About orders: ${thread.said.join(' / ')}`.slice(0, 500);
  return call('transfer_to_person', { reason: 'CUSTOMER_ASKED', summary });
}
