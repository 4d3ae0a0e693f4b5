import { holds, type OfflineTurn } from '@supportgraph/agent';
import { asksForProduct } from '@supportgraph/commerce';
import { decidedBy, decides } from './changeOf.js';
import { listedIn, pickedFrom } from './goods.js';
import { numbersIn, numbersOf, unknownNumbers, withoutNumbers } from './numbers.js';
import { questions } from './sentences.js';
import { waitingIn, type Waiting } from './waiting.js';

/** A message together with the earlier ones that it goes on from. */
export interface Thread {
  /** What the customer wrote now. */
  now: string;
  /** What they wrote since the question that all this is about, oldest first; the last is `now`. */
  said: readonly string[];
  /** The same as they were written, without what we have found out. */
  written: readonly string[];
  /** What they wrote before, as far as nobody was looked for by it in vain. */
  earlier: readonly string[];
  /** The assistant's last message. */
  lastReply: string;
  /** The order that was spoken of last, if it was just one. */
  near: string | null;
  waiting: Waiting | null;
  /** Whether this message picks one of the orders that were listed. */
  isPick: boolean;
}

/** Replies in which the order spoken of last is looked for. */
const mostLookedBack = 3;

/** The messages that answer our questions, back to the one that we asked about. */
export function threadOf({ text, history }: Pick<OfflineTurn, 'text' | 'history'>): Thread {
  const now = withPick(text, history.at(-1));
  const said = [now];
  const written = [text];
  let end = history.length;
  let decision: string | undefined;
  for (;;) {
    const reply = history[end - 1];
    const before = history[end - 2];
    const isAnswer = reply?.author === 'ASSISTANT' && before?.author === 'CUSTOMER' && (asksSomething(reply.text) || isItemsProposal(reply.text)); // prettier-ignore
    if (!isAnswer) break;
    // A number that we did not find is not meant again.
    const earlier = withoutNumbers(withPick(before.text, history[end - 3]), unknownNumbers(reply.text));
    written.unshift(before.text);
    if (holds(reply.text, questions.cancelOrChange)) decision ??= said.find(decides);
    said.unshift(decision === undefined ? earlier : decidedBy(decision, earlier));
    end -= 2;
  }
  const inVain = history.findLastIndex(({ author, text }) => author === 'ASSISTANT' && holds(text, questions.notVerified)); // prettier-ignore
  const earlier = history.slice(inVain + 1).flatMap(({ author, text }) => (author === 'CUSTOMER' ? [text] : []));
  const replies = history.flatMap(({ author, text }) => (author === 'ASSISTANT' ? [text] : [])).reverse();
  const lastReply = replies[0] ?? '';
  const waiting = waitingIn(replies);
  const spokenOf = replies.slice(0, mostLookedBack).map(numbersOf).find(({ length }) => length > 0) ?? []; // prettier-ignore
  const near = waiting?.number ?? said.slice(0, -1).flatMap(numbersIn).at(-1) ?? (spokenOf.length === 1 ? spokenOf[0]! : null); // prettier-ignore
  return { now, said, written, earlier, lastReply, near, waiting, isPick: now !== text };
}

/** A message with the number of the order that it picks from the list in the reply before it. */
function withPick(text: string, reply: OfflineTurn['history'][number] | undefined): string {
  if (reply?.author !== 'ASSISTANT' || numbersIn(text).length > 0 || asksForProduct(text)) return text;
  const picked = pickedFrom(listedIn(reply.text), text);
  return picked ? `${text}\n${picked.number}` : text;
}

/** What is wanted, without the answer to how it is to be paid. */
export function wishOf({ said, lastReply }: Thread): string {
  const wish = said.length > 1 && holds(lastReply, questions.whichMethod) ? said.slice(0, -1) : said;
  // A later number takes the place of those before it.
  return wish
    .map((text, index) =>
      wish.slice(index + 1).some((later) => numbersIn(later).length > 0) ? withoutNumbers(text, numbersIn(text)) : text,
    ) // prettier-ignore
    .join('\n');
}

/** What follows a proposal for items is added to it: they are changed all at once. */
function isItemsProposal(reply: string): boolean {
  return waitingIn([reply])?.change === 'UPDATE_ITEMS';
}

function asksSomething(reply: string): boolean {
  // Whether to pass on to a person is answered by yes or no, whatever it was about.
  const { offerPerson: _, ...others } = questions;
  return Object.values(others).some((question) => holds(reply, question));
}
