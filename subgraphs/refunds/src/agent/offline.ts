import {
  aboutProposal,
  answerToOffer,
  offeringIfRepeated,
  staysHere,
  type OfflinePlaybook,
  type OfflineStep,
  type OfflineTurn,
  type ToolResult,
} from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import {
  claimIn,
  isNo,
  isThanks,
  isWish,
  isYes,
  questionIn,
  questionOf,
  wantsPerson,
  type Question,
} from './reading.js';
import { codesOf, phrases, returnOffer, sentences } from './sentences.js';
import type { ExchangeOptions, OrderRefunds, ReturnableOrders, ReturnCheck } from './shown.js';
import { exchangeStep, itemsWanted, methodWanted, refundStep, returnStep, usedFor } from './wishes.js';

/** Orders of one message that are looked up. */
const mostOrders = 2;

/** What stands between two sentences. */
const between = { en: ' ', 'zh-Hant': '' };

type Calls = { name: string; input: object }[];

const identityQuestions = [
  sentences.WHO_IS_ASKING_EMAIL,
  sentences.WHO_IS_ASKING_EMAIL_AND_POSTCODE,
  sentences.notVerified,
];

/** How the refunds agent answers without a model: it finds out who asks, looks up what is asked for, and says what it found. */
export const refundsOffline: OfflinePlaybook = (given) => {
  const turn = { ...given, text: withNumber(given) };
  const { text } = turn;
  const offer = answerToOffer(turn);
  if (offer === 'NO') return say(turn, staysHere);
  if (offer === 'YES' || wantsPerson(text)) return handOver(turn);
  const about = aboutProposal(turn);
  if (about) return about;
  const isAgreed = isYes(text) && returnOffer.test(lastReply(turn));
  if (isThanks(text) && !isAgreed) return say(turn, sentences.welcome);
  if (isNo(text)) return say(turn, sentences.allRight);
  return offeringIfRepeated(turn, nextStep(turn));
};

/** Finds out who asks, looks up what is asked for, and says what was found. */
function nextStep(turn: OfflineTurn): OfflineStep {
  const { results } = turn;
  const tries = results.findLastIndex(({ tool }) => tool === 'verify_customer');
  const tried = results[tries];
  if (tried?.failed) return notRecognised(turn, codesOf(tried));
  // What was refused before the customer was recognised is asked again.
  const lookups = results.slice(tries + 1);
  const question = questionOf(turn);
  const wasAsked = identityQuestions.some((asked) => lastSaid(turn, asked));
  const claim = tried ? null : claimIn(turn, wasAsked);
  const unknown = lookups.flatMap(codesOf).find((code) => code.startsWith('WHO_IS_ASKING'));
  const calls = callsFor(question);
  if (claim && (unknown || wasAsked || calls.length === 0))
    return { call: [{ name: 'verify_customer', input: claim }] };
  if (unknown) return askWho(turn, unknown);
  if (lookups.length > 0) return answer(turn, question, lookups);
  if (calls.length > 0) return { call: calls };
  return tried ? say(turn, sentences.recognised) : twice(turn, sentences.unsure, sentences.unsureAgain);
}

/** An excerpt with the one order number that the whole message has, if it has none itself. */
function withNumber({ text, entities }: OfflineTurn): string {
  const [number, ...others] = entities.filter(({ name }) => name === 'order_number').map(({ value }) => value);
  return number && others.length === 0 && questionIn(text).orderNumbers.length === 0 ? `${text}\n${number}` : text;
}

/** What must be looked up for a question. */
function callsFor({ topic, orderNumbers }: Question): Calls {
  const each = (name: string): Calls =>
    orderNumbers.slice(0, mostOrders).map((number) => ({ name, input: { number } }));
  const list = (name: string): Calls => [{ name, input: {} }];
  const isNamed = orderNumbers.length > 0;
  switch (topic) {
    case 'STATUS':
      return isNamed ? each('get_order_refunds') : list('list_refunds');
    case 'LIST':
      return list('list_returnable_orders');
    case 'AMOUNT':
    case 'RETURN':
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
  return wishStep(turn, question, lookups) ?? { say: looked.map((lookup) => tell(turn, question, lookup)).filter(Boolean).join('\n\n') }; // prettier-ignore
}

/** Shows what is wanted to be confirmed, if it is one order and all that is needed is said; null if not. */
function wishStep(
  turn: OfflineTurn,
  { topic, orderNumbers, words }: Question,
  results: readonly ToolResult[],
): OfflineStep | null {
  const [number, ...others] = orderNumbers;
  const checked = number && others.length === 0 ? usedFor(results, 'check_return', number) : undefined;
  if (!checked) return null;
  // Our own tools' answers.
  const check = checked.output as ReturnCheck;
  if (topic === 'REFUND')
    return check.possible.includes('REFUND') ? refundStep(results, turn.language, words, check) : null;
  if (!check.canBeSentBack) return null;
  if (topic === 'EXCHANGE') {
    const options =
      usedFor(results, 'get_exchange_options', check.number) ?? usedFor(results, 'get_exchange_options', number!);
    return exchangeStep(results, turn.language, words, options!.output as ExchangeOptions);
  }
  // A yes is to what was offered, in the words of the offer.
  const offered = isYes(turn.text) ? (lastReply(turn).split(returnOffer)[1] ?? null) : null;
  const isAnswer = topic === 'RETURN' && lastSaid(turn, sentences.whichItems);
  if (offered === null && !isAnswer && (topic !== 'RETURN' || !isWish(words))) return null;
  const items = itemsWanted(check, offered ?? (isAnswer ? turn.text : words));
  const method = methodWanted(check.paidBackTo, offered === null ? words : `${words} ${offered}`);
  return items.length > 0 && method ? returnStep(results, turn.language, check, items, method) : null;
}

/** One tool's answer in words. Our own tools' outputs have the types that they declare. */
function tell(turn: OfflineTurn, question: Question, { tool, output }: ToolResult): string {
  switch (tool) {
    case 'get_order_refunds':
      return tellRefunds(turn, question, output as OrderRefunds);
    case 'list_refunds':
      return tellAllRefunds(turn, question, (output as { orders: OrderRefunds[] }).orders);
    case 'check_return':
      return tellCheck(turn, question, output as ReturnCheck);
    case 'list_returnable_orders':
      return tellReturnable(turn, output as ReturnableOrders);
    default:
      return '';
  }
}

function tellRefunds({ language }: OfflineTurn, { topic }: Question, found: OrderRefunds): string {
  const words = phrases[language];
  const lines = linesOf(found, words);
  if (lines.length > 0) return [words.ofOrder(found.number), ...lines].join('\n');
  // If money back is wanted, the other tool says what can be done.
  return topic === 'REFUND' ? '' : words.noneOf(found.number);
}

function tellAllRefunds({ language }: OfflineTurn, { topic }: Question, orders: readonly OrderRefunds[]): string {
  const words = phrases[language];
  const told = orders.map((order) => [words.ofOrder(order.number), ...linesOf(order, words)].join('\n'));
  if (told.length > 0) return told.join('\n\n');
  return topic === 'REFUND' ? '' : `${sentences.noRefunds[language]} ${sentences.askNumber[language]}`;
}

function linesOf({ refunds, return: goods, exchange }: OrderRefunds, words: (typeof phrases)['en']): string[] {
  return [
    ...refunds.map((refund) => words.refund(refund)),
    ...(goods ? [words.goingBack(goods)] : []),
    ...(exchange ? [words.exchange(exchange)] : []),
  ];
}

function tellCheck({ language }: OfflineTurn, { topic, words: asked }: Question, check: ReturnCheck): string {
  const words = phrases[language];
  const refundHow = topic === 'REFUND' && check.possible.includes('REFUND') ? sentences.refundHow[language] : '';
  if (!check.canBeSentBack) {
    const instead = words.instead(check.possible);
    return [words.cannotReturn(check.number, check.reason), instead, refundHow || (instead && sentences.offer[language])].filter(Boolean).join(between[language]); // prettier-ignore
  }
  const named = itemsWanted(check, asked);
  const isPart = named.length > 0 && named.length < check.items.length;
  const method = methodWanted(check.paidBackTo, asked);
  const next =
    named.length > 0 && method
      ? words.prepareReturn(named.map(({ name }) => name), method.label)
      : sentences.whichItems[language]; // prettier-ignore
  return [
    words.canReturn(check.number, check.until),
    ...(isPart ? named.map(({ name, price }) => words.gives([name], price)) : [words.mostBack(check)]),
    words.backTo(check.paidBackTo.map(({ label }) => label)),
    sentences.once[language],
    refundHow || next,
  ].join(between[language]);
}

function tellReturnable({ language }: OfflineTurn, { orders }: ReturnableOrders): string {
  if (orders.length === 0) return sentences.nothingReturnable[language];
  const list = orders.map((order) => phrases[language].returnableOrder(order)).join('\n');
  return `${sentences.returnable[language]}\n${list}\n\n${sentences.whichOrder[language]}`;
}

function askWho(turn: OfflineTurn, code: string): OfflineStep {
  if (code === 'WHO_IS_ASKING_TOKEN_ONLY') return say(turn, sentences.WHO_IS_ASKING_TOKEN_ONLY, sentences.offer);
  return say(
    turn,
    code === 'WHO_IS_ASKING_EMAIL' ? sentences.WHO_IS_ASKING_EMAIL : sentences.WHO_IS_ASKING_EMAIL_AND_POSTCODE,
  );
}

function notRecognised(turn: OfflineTurn, codes: readonly string[]): OfflineStep {
  const unknown = codes.find((code) => code.startsWith('WHO_IS_ASKING'));
  if (unknown) return askWho(turn, unknown);
  if (codes.includes('WRONG_STATE')) return say(turn, sentences.boundToAnother);
  return codes.includes('CUSTOMER_NOT_VERIFIED')
    ? twice(turn, sentences.notVerified)
    : say(turn, sentences.failed, sentences.offer);
}

function notFound(turn: OfflineTurn, number: string): OfflineStep {
  const words = phrases[turn.language].notFound(number);
  const again = turn.history.some(({ author, text }) => author === 'ASSISTANT' && text.includes(words));
  return { say: again ? `${words} ${sentences.offer[turn.language]}` : words };
}

/** Says it; if it was said before, offers a person. */
function twice(turn: OfflineTurn, first: Text, again: Text = first): OfflineStep {
  const before = turn.history.some(({ author, text }) => author === 'ASSISTANT' && holds(text, first));
  return before ? say(turn, again, sentences.offer) : say(turn, first);
}

function say({ language }: OfflineTurn, ...texts: readonly Text[]): OfflineStep {
  return { say: texts.map((text) => text[language]).join(between[language]) };
}

function handOver(turn: OfflineTurn): OfflineStep {
  const { topic, orderNumbers, words } = questionOf(turn);
  const about = [topic, ...orderNumbers].filter(Boolean).join(' ');
  const summary = `The customer asks for a person${about && ` (${about})`}. They wrote: ${words}`.slice(0, 500);
  return { call: [{ name: 'transfer_to_person', input: { reason: 'CUSTOMER_ASKED', summary } }] };
}

const holds = (text: string, sentence: Text) => Object.values(sentence).some((each) => text.includes(each));

function lastReply({ history }: OfflineTurn): string {
  return history.findLast(({ author }) => author === 'ASSISTANT')?.text ?? '';
}

/** Whether the last thing said has this sentence, in whatever language. */
function lastSaid(turn: OfflineTurn, sentence: Text): boolean {
  return holds(lastReply(turn), sentence);
}
