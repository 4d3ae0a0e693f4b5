import {
  aboutProposal,
  answerToOffer,
  codesOf,
  staysHere,
  type OfflinePlaybook,
  type OfflineStep,
  type OfflineTurn,
} from '@supportgraph/agent';
import { describeProducts, goodsInEnglish, type FoundProducts } from '@supportgraph/commerce';
import type { Text } from '@supportgraph/kernel';
import { changeOrderStep } from './offline/changeOrder.js';
import { defaultAddressStep } from './offline/changes.js';
import { answersWho, claimOf, saysPart, saysWho } from './offline/identity.js';
import { listMethods, methodsOf } from './offline/methods.js';
import { numbersIn } from './offline/numbers.js';
import { listStep, ordersStep, otherOrdersStep, someOrderStep, withList } from './offline/orderSteps.js';
import { questions, sentences } from './offline/sentences.js';
import { ask, call, failedStep, say, used, type Scene } from './offline/steps.js';
import { threadOf } from './offline/thread.js';
import { understand, type Ask } from './offline/understand.js';

const longestName = 100;

/** How the orders agent answers without a model: it finds out who asks and what, uses the tools, and writes from what they return. */
export const ordersOffline: OfflinePlaybook = (turn) => {
  const said = { ...turn, text: withEntities(turn) };
  const thread = threadOf(said);
  const verified = turn.results.findLastIndex(({ tool }) => tool === 'verify_customer');
  // What was refused before the customer was recognised is asked again.
  const scene: Scene = { ...turn, thread, results: turn.results.slice(verified + 1) };
  const offer = answerToOffer(turn);
  if (offer === 'NO') return say(scene, staysHere);
  const wanted = understand(thread);
  // “No wait, to number 7” is more than a wish for time.
  const isDifferent = ['keep', 'change', 'defaultAddress'].includes(wanted.kind);
  const about = isDifferent ? null : aboutProposal(turn);
  if (about) return about;
  if (offer === 'YES' || wanted.kind === 'person') return transfer(scene);
  const tried = turn.results[verified];
  const claim = claimOf(said, thread);
  if (tried?.failed) return refusedClaim(scene, codesOf(tried));
  const told = thread.said.length > 1 ? thread.said.slice(1).join('\n') : thread.now;
  if (!tried && claim && (saysWho(told) || answersWho(thread))) return call('verify_customer', claim);
  const unknown = scene.results.flatMap(codesOf).find((code) => code.startsWith('WHO_IS_ASKING'));
  if (!unknown) return stepFor(scene, wanted);
  if (claim && !tried) return call('verify_customer', claim);
  const why = wanted.kind === 'whyIdentity' ? [sentences.whyIdentity] : [];
  const hasPart = wanted.kind === 'restOfIdentity' || thread.said.some(saysPart);
  return askWho(scene, unknown, hasPart, why);
};

/** An excerpt with the e-mail addresses of the whole message, and its order numbers if it has none of its own. */
function withEntities({ text, entities }: OfflineTurn): string {
  const isMissing = (value: string) => !text.toLowerCase().includes(value.replace('#', '').toLowerCase());
  const wanted = numbersIn(text).length > 0 ? ['email'] : ['order_number', 'email'];
  const missing = entities.filter(({ name, value }) => wanted.includes(name) && isMissing(value));
  return [text, ...missing.map(({ value }) => value)].join('\n');
}

function askWho(scene: Scene, code: string, hasPart = false, first: readonly Text[] = []): OfflineStep {
  if (first.length > 0 && code in questions) return say(scene, ...first, questions[code as keyof typeof questions]);
  if (hasPart && code === 'WHO_IS_ASKING_EMAIL') return ask(scene, questions.restOfIdentity);
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
    case 'keep':
      return say(scene, sentences.kept);
    case 'agree':
      return say(scene, sentences.byButton);
    case 'orders':
      return ordersStep(scene, wanted.numbers, wanted.facets);
    case 'lastOrder':
      return withList(scene, ({ orders: [last] }) =>
        last ? ordersStep(scene, [last.number], wanted.facets) : say(scene, sentences.noOrders),
      );
    case 'someOrder':
      return withList(scene, (listed) => someOrderStep(scene, listed, wanted));
    case 'otherOrders':
      return withList(scene, (listed) => otherOrdersStep(scene, listed, wanted.than));
    case 'list':
      return withList(scene, (listed) => listStep(scene, listed, wanted));
    case 'change':
      return changeOrderStep(scene, wanted);
    case 'twoChanges':
      return ask(scene, questions.cancelOrChange);
    case 'defaultAddress':
      return defaultAddressStep(scene);
    case 'product':
      return productStep(scene, wanted.text);
    case 'methods': {
      const methods = methodsOf(scene);
      return Array.isArray(methods) ? say(scene, listMethods(methods)) : methods;
    }
    case 'invoice':
      return say(scene, sentences.invoice, questions.offerPerson);
    case 'notReceived':
      return say(scene, sentences.toCheckDelivery, questions.offerPerson);
    case 'whyIdentity':
    case 'restOfIdentity':
      return identityStep(scene, wanted.kind);
    case 'who':
      return say(scene, sentences.found);
    case 'unclear':
      return ask(scene, questions.unclear);
  }
}

/** Asks on who is asking; whoever is known already only wants to know, or has said it once more. */
function identityStep(scene: Scene, kind: 'whyIdentity' | 'restOfIdentity'): OfflineStep {
  const listed = used(scene, 'list_my_orders');
  if (!listed) return call('list_my_orders');
  return kind === 'whyIdentity' ? say(scene, sentences.whyIdentity) : say(scene, sentences.found);
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
