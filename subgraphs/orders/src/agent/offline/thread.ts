import type { OfflineTurn } from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import { questions } from './sentences.js';

/** A message together with the earlier ones that it goes on from. */
export interface Thread {
  /** What the customer wrote now. */
  now: string;
  /** What they wrote since the question that all this is about, oldest first; the last is `now`. */
  said: readonly string[];
  /** The assistant's last message. */
  lastReply: string;
}

/** The messages that answer our questions, back to the one that we asked about. */
export function threadOf({ text, history }: Pick<OfflineTurn, 'text' | 'history'>): Thread {
  const said = [text];
  let end = history.length;
  for (;;) {
    const reply = history[end - 1];
    const before = history[end - 2];
    const isAnswer = reply?.author === 'ASSISTANT' && before?.author === 'CUSTOMER' && asksSomething(reply.text);
    if (!isAnswer) break;
    said.unshift(before.text);
    end -= 2;
  }
  return { now: text, said, lastReply: history.findLast(({ author }) => author === 'ASSISTANT')?.text ?? '' };
}

/** What is wanted, without the answer to how it is to be paid. */
export function wishOf({ said, lastReply }: Thread): string {
  return (said.length > 1 && holds(lastReply, questions.whichMethod) ? said.slice(0, -1) : said).join('\n');
}

/** Whether a reply holds this sentence, in either language. */
export function holds(reply: string, sentence: Text): boolean {
  return Object.values(sentence).some((each) => reply.includes(each));
}

function asksSomething(reply: string): boolean {
  // Whether to pass on to a person is answered by yes or no, whatever it was about.
  const { offerPerson: _, ...others } = questions;
  return Object.values(others).some((question) => holds(reply, question));
}
