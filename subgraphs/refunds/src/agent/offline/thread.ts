import { claimIn, confirmDetails, holds, lastReply, waitsForAnswer, type OfflineTurn } from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import { dropsIt } from './answers.js';
import { identityQuestions } from './identity.js';
import { namesMethod } from './methods.js';
import { goesOnPhrases, notFoundPhrase } from './phrases.js';
import { returnOffer, sentences } from './sentences.js';
import { isWish, orderNumbersIn, topicIn, type Topic } from './topics.js';

/** What is to be answered, as far as it can be read from what was written. */
export interface Question {
  topic: Topic | null;
  /** Orders it is about, as `#W…`; none if it names none. */
  orderNumbers: readonly string[];
  /** Whether the order was not named for this question, but spoken of before. */
  isGuess: boolean;
  /** What the customer wrote for it, oldest first, without who they are; the last is the message itself. */
  said: readonly string[];
}

type Talk = Pick<OfflineTurn, 'text' | 'history'>;

const asked: readonly Text[] = [
  ...identityQuestions,
  ...[sentences.whichItems, sentences.whichVariant, sentences.refundHow, sentences.whyRefund, sentences.whichOrder],
  ...[sentences.recognised, sentences.unsure, sentences.missingItem, confirmDetails],
];
const wishes: readonly (Topic | null)[] = ['RETURN', 'EXCHANGE', 'REFUND', 'COMPLAINT'];

/**
 * The question to answer: that of the message, with what was said since it was first asked. So an e-mail address, an
 * order number, an item or a correction alone goes on with it, and the last word on each thing counts.
 */
export function questionOf({ text, history }: Talk): Question {
  const run = runOf(history);
  const start = run[0]?.index ?? history.length;
  const now = topicIn(text);
  const taken = takenFor(run);
  const wish = taken.findLast((topic) => wishes.includes(topic)) ?? taken.at(-1) ?? null;
  const earlier = run.length === 0 && now === null && !isOver(lastReply({ history })) ? lastAsked(history) : null;
  const topic = topicOf(now, wish ?? (earlier && topicIn(earlier.text)), text);
  const goesOn = run.filter((said, index) => fits(taken[index] ?? null, topic) || namesMethod(said.text));
  const told = [...(earlier ? [earlier] : []), ...goesOn];
  return {
    topic,
    ...numbersOf({ text, history }, topic, earlier?.index ?? start),
    said: [...told.map((said) => ofWish(said.text, said.wasAsked)), ofWish(text, asksWho(lastReply({ history })))],
  };
}

/** What each message was about, in the light of those before; a question on the way does not end a wish. */
function takenFor(run: readonly Said[]): (Topic | null)[] {
  let wish: Topic | null = null;
  return run.map(({ text }) => {
    const now = topicIn(text);
    const next = topicOf(now, wish, text);
    if (!wishes.includes(wish) || wishes.includes(next)) wish = next;
    return now === 'COMPLAINT' ? now : next;
  });
}

/** A way to pay, or that something is broken, goes on with the wish that there is; and so does what is picked from a list. */
function topicOf(now: Topic | null, wish: Topic | null, text: string): Topic | null {
  const going = wish === 'LIST' ? 'RETURN' : wish;
  if (now === null || going === null) return now ?? going;
  if (now === 'COMPLAINT' || (now === 'AMOUNT' && going === 'REFUND' && isWish(text))) return going;
  const isOnlyMethod = (now === 'REFUND' || now === 'RETURN') && namesMethod(text) && orderNumbersIn(text).length === 0;
  return isOnlyMethod && wishes.includes(going) && going !== 'COMPLAINT' ? going : now;
}

/** Whether what was said before belongs to it: “exchange it instead” is of the goods that were to be returned. */
function fits(said: Topic | null, topic: Topic | null): boolean {
  const isOfGoods = [said, topic].every((each) => each === 'RETURN' || each === 'EXCHANGE');
  return said === topic || said === 'COMPLAINT' || isOfGoods || !wishes.includes(said) || !wishes.includes(topic);
}

interface Said {
  text: string;
  index: number;
  wasAsked: boolean;
}

/** The customer's messages before this one that it goes on from, oldest first: each was answered with a question of ours. */
function runOf(history: Talk['history']): Said[] {
  const run: Said[] = [];
  for (let index = history.length - 1; index >= 0; index -= 1) {
    const { author, text } = history[index]!;
    if (author === 'ASSISTANT') {
      // What was shown to be confirmed is still wished for, whatever was asked meanwhile.
      if (!goesOnFrom(text) && !isProposed(history.slice(0, index + 1))) break;
      continue;
    }
    if (dropsIt(text)) break;
    run.unshift({ text, index, wasAsked: asksWho(lastReply({ history: history.slice(0, index) })) });
  }
  return run;
}

/** The last message that asked something, if nothing was settled since. */
function lastAsked(history: Talk['history']): Said | null {
  const index = history.findLastIndex(({ author, text }) => author === 'CUSTOMER' && topicIn(text) !== null);
  return index < 0 ? null : { text: history[index]!.text, index, wasAsked: false };
}

function goesOnFrom(reply: string): boolean {
  return (
    asked.some((question) => holds(reply, question)) ||
    returnOffer.test(reply) ||
    goesOnPhrases.test(reply) ||
    waitsForAnswer(reply)
  );
}

/** The order that is meant: the last one that was named, by the customer or alone in a reply; none that was not found. */
function numbersOf(
  { text, history }: Talk,
  topic: Topic | null,
  start: number,
): Pick<Question, 'orderNumbers' | 'isGuess'> {
  const named = orderNumbersIn(text);
  const picked = named.length > 0 ? named : ordinalIn(text, lastReply({ history }));
  if (picked.length > 0) return { orderNumbers: picked, isGuess: false };
  if (topic === 'LIST' || /\b(?:all|any|every) (?:my |of my )?(?:orders?|refunds?|returns?)\b|所有|任何/i.test(text))
    return { orderNumbers: [], isGuess: false };
  const unknown = new Set<string>();
  for (let index = history.length - 1; index >= 0; index -= 1) {
    const { author, text: written } = history[index]!;
    const numbers = author === 'CUSTOMER' ? orderNumbersIn(written) : spokenOf(written);
    if (author === 'ASSISTANT' && notFoundPhrase.test(written)) numbers.forEach((number) => unknown.add(number));
    const known = numbers.filter((number) => !unknown.has(number));
    if (known.length > 0 && (author === 'CUSTOMER' || known.length === 1))
      return { orderNumbers: known, isGuess: index < start };
  }
  return { orderNumbers: [], isGuess: false };
}

/** Orders that a reply speaks of; one that is only an example of how numbers look is none. */
function spokenOf(reply: string): string[] {
  return orderNumbersIn(reply.replace(/(?:such as|for example|例如|像是)\s*[:：]?\s*#?W\d+/gi, ' ').replace(/\b(?:no|not|actually|sorry)\b|不/gi, ' ')); // prettier-ignore
}

const places = [/\b(?:first|1st)\b|第[一1][筆笔個个]/i, /\b(?:second|2nd)\b|第[二2][筆笔個个]/i, /\b(?:third|3rd)\b|第[三3][筆笔個个]/i, /\b(?:fourth|4th)\b|第[四4][筆笔個个]/i]; // prettier-ignore

/** “The second one” of the orders that were listed, the newest first. */
function ordinalIn(text: string, reply: string): string[] {
  const listed = [...reply.matchAll(/^- \*\*(#W\d+)\*\*/gm)].map(([, number]) => number!);
  const place = /\b(?:newest|latest|most recent)\b|最新|最近/i.test(text)
    ? 0
    : places.findIndex((each) => each.test(text));
  const last = /\b(?:the last|oldest)\b|最後|最后|最舊|最旧/i.test(text) ? listed.at(-1) : undefined;
  const number = last ?? (place < 0 ? undefined : listed[place]);
  return number ? [number] : [];
}

/** The text without what it says of who writes. */
function ofWish(text: string, wasAsked: boolean): string {
  const parts = Object.values(claimIn(text, wasAsked)).filter((part) => typeof part === 'string');
  return parts.reduce((rest: string, part) => rest.replaceAll(part, ' '), text);
}

/** Whether a reply asks who writes. */
export const asksWho = (reply: string) => identityQuestions.some((question) => holds(reply, question));

/** Whether a reply says that something is done, or leaves it. */
function isOver(reply: string): boolean {
  return isDone(reply) || holds(reply, sentences.leftAlone) || holds(reply, sentences.allRight);
}

/** Whether a reply reports that a return, an exchange or a refund was asked for. */
export function isDone(reply: string): boolean {
  return /\b(?:return|exchange|refund) (?:of|for) (?:order )?#W\d+ is (?:requested|approved)|#W\d+ 的(?:退貨申請已送出|換貨申請已送出|退款已核准|退款申請已送出)/.test(reply); // prettier-ignore
}

/** Whether something that was shown to be confirmed was neither settled nor left since. */
export function isProposed(history: Talk['history']): boolean {
  const replies = history.filter(({ author }) => author === 'ASSISTANT').map(({ text }) => text);
  return replies.findLastIndex(waitsForAnswer) > replies.findLastIndex(isOver);
}
