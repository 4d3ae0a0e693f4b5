import { expect, test } from 'vitest';
import type { ChatState } from '../src/conversation/chat.js';
import { emptyConversation, withMessage, withPending } from '../src/conversation/state.js';
import { speechOf } from '../src/text/speech.js';
import { announcementsOf, plain } from '../src/view/announce.js';
import { after, delta, order, question, reply, started, text } from './support.js';

const speech = speechOf('en');
const nothing: ChatState = {
  ...{ isOpening: false, isCut: false, stopping: null, decisions: new Map(), hasLostSession: false },
  conversation: emptyConversation,
};
const showing = (conversation: ChatState['conversation']): ChatState => ({ ...nothing, conversation });

test('a reply is said once: that it is being written, nothing while it grows, and all of it when it is whole', () => {
  const begun = showing(after([started('a')]));
  const grown = showing(after([delta('a', 0, 'Hello')], begun.conversation));
  const done = showing(
    withMessage(grown.conversation, reply({ status: 'COMPLETE', parts: [text('a', 'Hello **there** [1].')] })),
  );
  expect(announcementsOf(nothing, begun, speech)).toEqual(['The assistant is writing.']);
  expect(announcementsOf(begun, grown, speech)).toEqual([]);
  expect(announcementsOf(grown, done, speech)).toEqual(['Assistant says: Hello there .']);
  expect(announcementsOf(done, done, speech)).toEqual([]);
});

test('a card is said by the number of its order', () => {
  const card = { __typename: 'OrderPart', id: 'o', index: 1, agent: 'ORDERS', order } as const;
  const done = showing(
    withMessage(emptyConversation, reply({ status: 'COMPLETE', parts: [text('a', 'Here:'), card] })),
  );
  expect(announcementsOf(nothing, done, speech)).toEqual(['Assistant says: Here: Order #W1']);
});

test('what was said before the page was opened, and what the customer says, is not said', () => {
  const held = showing(withMessage(emptyConversation, reply({ status: 'COMPLETE', parts: [text('a', 'Hello')] })));
  expect(announcementsOf({ ...nothing, isOpening: true }, held, speech)).toEqual([]);
  expect(announcementsOf(nothing, showing(withMessage(emptyConversation, question())), speech)).toEqual([]);
});

test('a message that was not sent and a connection that was lost are said', () => {
  const message = { clientKey: 'key-1', text: 'Hello?', state: { kind: 'failed', reason: null } } as const;
  const failed = showing(withPending(emptyConversation, message));
  expect(announcementsOf(nothing, failed, speech)).toEqual(['A message was not sent: Hello?']);
  expect(announcementsOf(failed, failed, speech)).toEqual([]);
  expect(announcementsOf(nothing, { ...nothing, isCut: true }, speech)).toEqual(['Connection lost. Trying again…']);
  expect(announcementsOf({ ...nothing, isCut: true }, nothing, speech)).toEqual(['Connected again.']);
});

test('the marks of Markdown are not said', () => {
  expect(plain('## Title\n\n- **one** `two`\n1. [three](https://shop.example)\n> four [2]')).toBe(
    'Title one two three four',
  );
});
