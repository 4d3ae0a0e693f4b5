import type { OfflinePlaybook, OfflineStep, OfflineTurn, ToolResult } from '@supportgraph/agent';
import { verificationMethods } from '@supportgraph/commerce';
import type { Text } from '@supportgraph/kernel';
import { claimIn, isNo, isThanks, isYes, names, questionOf, wantsPerson, type Question } from './reading.js';
import { phrases, sentences } from './sentences.js';
import type { OrderRefunds, ReturnableOrders, ReturnCheck } from './shown.js';
import { verificationAsks } from './verification.js';

/** Orders of one message that are looked up. */
const mostOrders = 2;

type Calls = { name: string; input: object }[];

/** How the refunds agent answers without a model: it finds out who asks, looks up what is asked for, and says what it found. */
export const refundsOffline: OfflinePlaybook = (turn) => {
  const { text, results } = turn;
  if (wantsPerson(text) || (isYes(text) && wasOffered(turn))) return handOver(turn);
  if (isThanks(text)) return say(turn, sentences.welcome);
  if (isNo(text)) return say(turn, sentences.allRight);

  const claim =
    results.length === 0
      ? claimIn(
          turn,
          verificationMethods.some((method) => lastSaid(turn, verificationAsks[method])) ||
            lastSaid(turn, sentences.notVerified),
        )
      : null;
  if (claim) return { call: [{ name: 'verify_customer', input: claim }] };
  const verified = results.find(({ tool }) => tool === 'verify_customer');
  if (verified?.failed) return twice(turn, sentences.notVerified);

  const question = questionOf(turn);
  const lookups = results.filter(({ tool }) => tool !== 'verify_customer');
  if (lookups.length > 0) return answer(turn, question, lookups);
  const calls = callsFor(question);
  if (calls.length > 0) return { call: calls };
  return verified ? say(turn, sentences.recognised) : twice(turn, sentences.unsure, sentences.unsureAgain);
};

/** What must be looked up for a question. */
function callsFor({ topic, orderNumbers }: Question): Calls {
  const each = (name: string): Calls =>
    orderNumbers.slice(0, mostOrders).map((orderNumber) => ({ name, input: { orderNumber } }));
  const isNamed = orderNumbers.length > 0;
  switch (topic) {
    case 'STATUS':
      return isNamed ? each('get_order_refunds') : [{ name: 'list_refunds', input: {} }];
    case 'LIST':
      return [{ name: 'list_returnable_orders', input: {} }];
    case 'AMOUNT':
    case 'RETURN':
    case 'EXCHANGE':
      return isNamed ? each('check_return') : [{ name: 'list_returnable_orders', input: {} }];
    case 'REFUND':
      return isNamed
        ? [...each('get_order_refunds'), ...each('check_return')]
        : [
            { name: 'list_refunds', input: {} },
            { name: 'list_returnable_orders', input: {} },
          ];
    case null:
      return each('get_order_refunds');
  }
}

function answer(turn: OfflineTurn, question: Question, lookups: readonly ToolResult[]): OfflineStep {
  const ask = verificationMethods
    .map((method) => verificationAsks[method])
    .find(({ en }) =>
      lookups.some((lookup) => lookup.failed && errorsOf(lookup).some(({ message }) => message === en)),
    );
  if (ask) return say(turn, ask);
  const missing = lookups.find((lookup) => lookup.failed && errorsOf(lookup).some(({ code }) => code === 'NOT_FOUND'));
  if (missing) return notFound(turn, (missing.input as { orderNumber: string }).orderNumber);
  if (lookups.some(({ failed }) => failed)) return say(turn, sentences.failed, sentences.offer);
  const said = lookups.map((lookup) => tell(turn, question, lookup)).filter(Boolean);
  return { say: said.join('\n\n') };
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
    default:
      return tellReturnable(turn, question, output as ReturnableOrders);
  }
}

function tellRefunds({ language }: OfflineTurn, { topic }: Question, found: OrderRefunds): string {
  const words = phrases[language];
  const lines = linesOf(found, words);
  if (lines.length > 0) return [words.ofOrder(found.number), ...lines].join('\n');
  // What can be done instead follows from the other tool if money back is wanted.
  return topic === 'REFUND' ? '' : words.noneOf(found.number);
}

function tellAllRefunds(turn: OfflineTurn, { topic }: Question, orders: readonly OrderRefunds[]): string {
  const { language } = turn;
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
  if (!check.canBeSentBack) {
    const instead = words.instead(check.possible);
    return [words.cannotReturn(check.number, check.reason), instead, instead && sentences.offer[language]]
      .filter(Boolean)
      .join(' ');
  }
  const named = check.items.filter(({ name }) => names(asked, name));
  const isOne = named.length === 1 && check.items.length > 1;
  const amounts = isOne ? words.gives([named[0]!.name], named[0]!.price) : words.mostBack(check);
  return [
    words.canReturn(check.number, check.until),
    topic === 'EXCHANGE' ? sentences.exchangeHow[language] : amounts,
    topic === 'EXCHANGE' ? '' : words.backTo(check.paidBackTo.map(({ label }) => label)),
    sentences.once[language],
    sentences.arrange[language],
  ]
    .filter(Boolean)
    .join(' ');
}

function tellReturnable({ language }: OfflineTurn, _: Question, { orders }: ReturnableOrders): string {
  if (orders.length === 0) return sentences.nothingReturnable[language];
  const list = orders.map((order) => phrases[language].returnableOrder(order)).join('\n');
  return `${sentences.returnable[language]}\n${list}\n\n${sentences.whichOrder[language]}`;
}

function notFound(turn: OfflineTurn, number: string): OfflineStep {
  const words = phrases[turn.language].notFound(number);
  const again = turn.history.some(({ author, text }) => author === 'ASSISTANT' && text.includes(words));
  return { say: again ? `${words} ${sentences.offer[turn.language]}` : words };
}

/** Says it; if it was said before, offers a person. */
function twice(turn: OfflineTurn, first: Text, again: Text = first): OfflineStep {
  const before = turn.history.some(({ author, text }) => author === 'ASSISTANT' && includes(text, first));
  return before ? say(turn, again, sentences.offer) : say(turn, first);
}

function say({ language }: OfflineTurn, ...texts: readonly Text[]): OfflineStep {
  return { say: texts.map((text) => text[language]).join(' ') };
}

function handOver(turn: OfflineTurn): OfflineStep {
  const { topic, orderNumbers, words } = questionOf(turn);
  const about = [topic, ...orderNumbers].filter(Boolean).join(' ');
  const summary = `The customer asks for a person${about && ` (${about})`}. They wrote: ${words}`.slice(0, 500);
  return { call: [{ name: 'transfer_to_person', input: { reason: 'CUSTOMER_ASKED', summary } }] };
}

const includes = (text: string, sentence: Text) => Object.values(sentence).some((each) => text.includes(each));

/** Whether the last thing said has this sentence, in whatever language. */
function lastSaid({ history }: OfflineTurn, sentence: Text): boolean {
  return includes(history.findLast(({ author }) => author === 'ASSISTANT')?.text ?? '', sentence);
}

function wasOffered(turn: OfflineTurn): boolean {
  return lastSaid(turn, sentences.offer) || lastSaid(turn, sentences.arrange);
}

/** The errors that a refused tool answers with; none if it failed otherwise. */
function errorsOf({ output }: ToolResult): readonly { code: string; message: string }[] {
  return Array.isArray(output) ? (output as { code: string; message: string }[]) : [];
}
