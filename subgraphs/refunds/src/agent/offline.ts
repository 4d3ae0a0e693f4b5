import {
  aboutProposal,
  answerToOffer,
  codesOf,
  confirmDetails,
  lastReply,
  offeringIfRepeated,
  staysHere,
  waitsForAnswer,
  wasJustSaid,
  type OfflinePlaybook,
  type OfflineStep,
  type OfflineTurn,
  type ToolResult,
} from '@supportgraph/agent';
import { asksWhy, dropsIt, isThanks, isYes, wantsPerson } from './offline/answers.js';
import { goodsUnderWay } from './offline/underWay.js';
import { itemsNamed } from './offline/items.js';
import { namesMethod } from './offline/methods.js';
import { askWho, claimOf, identityQuestions, notRecognised, saysWho } from './offline/identity.js';
import { otherOrderMeant, ordersMeant } from './offline/orderMeant.js';
import { notPossiblePhrase, phrases, refusalPhrase } from './offline/phrases.js';
import { say, twice } from './offline/say.js';
import { returnOffer, sentences } from './offline/sentences.js';
import { isEmpty, tell } from './offline/tell.js';
import { asksWho, isDone, isProposed, questionOf, type Question } from './offline/thread.js';
import { orderNumbersIn, topicIn } from './offline/topics.js';
import { usedFor } from './offline/wishes.js';
import { wishStep } from './offline/wishStep.js';
import type { OrderRefunds, ReturnableOrders, ReturnCheck } from './shown.js';

/** Orders of one message that are looked up. */
const mostOrders = 2;

type Calls = { name: string; input: object }[];

/** How the refunds agent answers without a model: it finds out who asks, looks up what is asked for, and says what it found. */
export const refundsOffline: OfflinePlaybook = (given) => {
  const turn = { ...given, text: withNumber(given) };
  const { text } = turn;
  const reply = lastReply(turn);
  const waits = waitsForAnswer(reply);
  const offer = answerToOffer(turn);
  if (offer === 'NO') return say(turn, staysHere);
  if (offer === 'YES' || wantsPerson(text)) return handOver(turn);
  const about = aboutProposal(turn);
  if (about) return about;
  if (
    isProposed(turn.history) &&
    (dropsIt(text) || (topicIn(text) === 'CALL_OFF' && orderNumbersIn(text).length === 0))
  )
    return say(turn, sentences.leftAlone);
  if (waits && isYes(text)) return say(turn, sentences.pleaseConfirm, confirmDetails);
  const isAgreed = isYes(text) && returnOffer.test(reply);
  if (isThanks(text) && !isAgreed) return say(turn, sentences.welcome);
  if (dropsIt(text) && topicIn(text) !== 'CALL_OFF' && !callsOff(turn)) return say(turn, sentences.allRight);
  if (asksWhy(text) && asksWho(reply)) return say(turn, sentences.whyIdentity, reply);
  const step = nextStep(turn);
  // What is shown once more is shown because something was changed or said again.
  return 'say' in step && step.say && waitsForAnswer(step.say) ? step : offeringIfRepeated(turn, step);
};

/** Finds out who asks, looks up what is asked for, and says what was found. */
function nextStep(turn: OfflineTurn): OfflineStep {
  const { results } = turn;
  const tries = results.findLastIndex(({ tool }) => tool === 'verify_customer');
  const tried = results[tries];
  if (tried?.failed) return notRecognised(turn, tried);
  // What was refused before the customer was recognised is asked again.
  const lookups = results.slice(tries + 1);
  const question = questionWith(turn, lookups);
  const wasAsked = identityQuestions.some((asked) => wasJustSaid(turn, asked));
  const unknown = lookups.flatMap(codesOf).find((code) => code.startsWith('WHO_IS_ASKING'));
  const calls = [...callsFor(question), ...callsForOther(turn, question, lookups)].filter(
    ({ name, input }) => !isUsed(lookups, name, input),
  );
  const claim = tried ? null : claimOf(turn, wasAsked);
  if (claim && (unknown || (saysWho(turn, wasAsked) && (wasAsked || (calls.length === 0 && lookups.length === 0)))))
    return { call: [{ name: 'verify_customer', input: claim }] };
  if (unknown) return askWho(turn, unknown);
  if (calls.length > 0) return { call: calls };
  if (lookups.length > 0) return answer(turn, question, lookups);
  return tried ? say(turn, sentences.recognised) : twice(turn, sentences.unsure, sentences.unsureAgain);
}

/** An excerpt with the one order number that the whole message has, if it has none itself. */
function withNumber({ text, entities }: OfflineTurn): string {
  const [number, ...others] = entities.filter(({ name }) => name === 'order_number').map(({ value }) => value);
  return number && others.length === 0 && orderNumbersIn(text).length === 0 ? `${text}\n${number}` : text;
}

/** “I do not return it” once it is registered: then it is to be called off. */
function callsOff({ text, history }: OfflineTurn): boolean {
  const wasDone = history.some((said) => said.author === 'ASSISTANT' && isDone(said.text));
  return wasDone && !isProposed(history) && dropsIt(text) && /退|[換换]|return|exchang/i.test(text);
}

/** The question, with the order that is meant once the list of those that can be sent back is known. */
function questionWith(turn: OfflineTurn, lookups: readonly ToolResult[]): Question {
  const asked = questionOf(turn);
  const isWhy = asksWhy(turn.text) && [refusalPhrase, notPossiblePhrase].some((each) => each.test(lastReply(turn)));
  if (callsOff(turn)) return { ...asked, topic: 'CALL_OFF' };
  const question = isWhy ? { ...asked, topic: 'RETURN' as const } : asked;
  const listed = lookups.find(({ tool, failed }) => tool === 'list_returnable_orders' && !failed);
  if (!listed || question.topic === 'LIST') return question;
  // Our own tool's answer.
  const returnable = (listed.output as ReturnableOrders).orders;
  const [number] = question.orderNumbers;
  const other = number ? otherOrderMeant(returnable, turn.text, number) : null;
  if (number) return other ? { ...question, orderNumbers: [other], isGuess: false } : question;
  const { orders, isGuess, isThere } = ordersMeant(returnable, question);
  const [only, ...others] = orders;
  return only && isThere && others.length === 0 ? { ...question, orderNumbers: [only.number], isGuess } : question;
}

/** Goods that are not in the order that was spoken of may be in another one. */
function callsForOther(
  { text }: OfflineTurn,
  { topic, orderNumbers, said }: Question,
  lookups: readonly ToolResult[],
): Calls {
  const [number] = orderNumbers;
  const checked = number ? usedFor(lookups, 'check_return', number) : undefined;
  if (!checked || checked.failed || said.length < 2 || topic === 'STATUS' || orderNumbersIn(text).length > 0) return [];
  const { items } = checked.output as ReturnCheck;
  const isThere = itemsNamed(items.map(({ name }) => ({ name, options: [] })), text).length > 0; // prettier-ignore
  return isThere || isYes(text) || namesMethod(text) ? [] : [{ name: 'list_returnable_orders', input: {} }];
}

function isUsed(lookups: readonly ToolResult[], name: string, input: object): boolean {
  return lookups.some((each) => each.tool === name && JSON.stringify(each.input) === JSON.stringify(input));
}

/** What must be looked up for a question. */
function callsFor({ topic, orderNumbers }: Question): Calls {
  const each = (name: string): Calls =>
    orderNumbers.slice(0, mostOrders).map((number) => ({ name, input: { number } }));
  const list = (name: string): Calls => [{ name, input: {} }];
  const isNamed = orderNumbers.length > 0;
  switch (topic) {
    case 'STATUS':
    case 'CALL_OFF':
    case 'SENDING':
      return isNamed ? each('get_order_refunds') : list('list_refunds');
    case 'LIST':
      return list('list_returnable_orders');
    case 'AMOUNT':
    case 'RETURN':
    case 'COMPLAINT':
      return isNamed ? each('check_return') : list('list_returnable_orders');
    case 'EXCHANGE':
      return isNamed ? [...each('check_return'), ...each('get_exchange_options')] : list('list_returnable_orders');
    case 'REFUND':
      return isNamed
        ? [...each('get_order_refunds'), ...each('check_return')]
        : [...list('list_refunds'), ...list('list_returnable_orders')];
    case null:
      return each('get_order_refunds');
  }
}

function answer(turn: OfflineTurn, question: Question, lookups: readonly ToolResult[]): OfflineStep {
  const missing = lookups.find((lookup) => codesOf(lookup).includes('NOT_FOUND'));
  if (missing) return notFound(turn, (missing.input as { number: string }).number);
  const looked = lookups.filter(({ tool }) => !tool.startsWith('propose_'));
  if (looked.some(({ failed }) => failed)) return say(turn, sentences.failed, sentences.offer);
  const [number] = question.orderNumbers;
  const checked = number ? usedFor(lookups, 'check_return', number) : undefined;
  const why = checked && asksWhy(turn.text) ? whyNot(turn, checked.output as ReturnCheck) : null;
  if (why) return say(turn, why, sentences.noException, sentences.offer);
  return (
    goodsUnderWay(turn, question, lookups) ??
    othersIfNone(turn, question, lookups) ??
    wishStep(turn, question, lookups) ?? { say: toldOf(turn, question, looked) }
  );
}

/** Why something was refused, once more; null if it was not. */
function whyNot({ language, history }: OfflineTurn, check: ReturnCheck): string | null {
  if (!check.canBeSentBack) return phrases[language].why(check);
  if (notPossiblePhrase.test(lastReply({ history }))) return sentences.whyMethod[language];
  return refusalPhrase.exec(lastReply({ history }))?.[0] ?? null;
}

/** What was found; once the order is known, without the lists in which it was found. */
function toldOf(turn: OfflineTurn, question: Question, looked: readonly ToolResult[]): string {
  const isKnown = question.orderNumbers.length > 0 && question.topic !== 'STATUS';
  const lookups = looked
    .filter(({ tool }) => !isKnown || !tool.startsWith('list_'))
    .map((lookup) => fitting(lookup, question));
  return lookups.map((lookup) => tell(turn, question, lookup)).filter(Boolean).join('\n\n'); // prettier-ignore
}

/** Of the orders that can be sent back those with the goods that were named. */
function fitting(lookup: ToolResult, question: Question): ToolResult {
  if (lookup.tool !== 'list_returnable_orders' || question.topic === 'LIST') return lookup;
  // Our own tool's answer.
  const { orders } = lookup.output as ReturnableOrders;
  return { ...lookup, output: { orders: ordersMeant(orders, question).orders } };
}

/** Nothing is known of an order that was only spoken of before: then it is about the others. */
function othersIfNone(turn: OfflineTurn, question: Question, lookups: readonly ToolResult[]): OfflineStep | null {
  if (question.topic !== 'STATUS' || !question.isGuess) return null;
  const found = lookups.filter(({ tool }) => tool === 'get_order_refunds');
  if (!found.every(({ output }) => isEmpty(output as OrderRefunds))) return null;
  const listed = lookups.find(({ tool }) => tool === 'list_refunds');
  return listed ? { say: tell(turn, question, listed) } : { call: [{ name: 'list_refunds', input: {} }] };
}

function notFound(turn: OfflineTurn, number: string): OfflineStep {
  const words = phrases[turn.language].notFound(number);
  const again = turn.history.some(({ author, text }) => author === 'ASSISTANT' && text.includes(words));
  return { say: again ? `${words} ${sentences.offer[turn.language]}` : words };
}

function handOver(turn: OfflineTurn): OfflineStep {
  const { topic, orderNumbers, said } = questionOf(turn);
  const about = [topic, ...orderNumbers].filter(Boolean).join(' ');
  const summary = `The customer asks for a person${about && ` (${about})`}. They wrote: ${said.join('\n')}`.slice(
    0,
    500,
  );
  return { call: [{ name: 'transfer_to_person', input: { reason: 'CUSTOMER_ASKED', summary } }] };
}
