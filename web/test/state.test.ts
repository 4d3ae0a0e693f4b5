import { describe, expect, test } from 'vitest';
import {
  activeTurn,
  conversationOf,
  emptyConversation,
  withEarlier,
  withHandoff,
  withMessage,
  withPending,
} from '../src/conversation/state.js';
import { after, delta, order, page, question, reply, started, text, textsOf, turn } from './support.js';

const whole = (parts: ReturnType<typeof text>[], wholeText: string | null, changes = {}) =>
  ({ __typename: 'PartCompleted', turnId: 'trn_1', wholeText, message: reply({ parts, ...changes }) }) as const;
const finished = (
  status: 'COMPLETED' | 'CANCELLED',
  message = reply({ status: 'COMPLETE', parts: [text('a', 'Done.')] }),
) => ({ __typename: 'TurnFinished', turnId: 'trn_1', turn: { ...turn({ status }), reply: message } }) as const;

describe('a reply that grows', () => {
  test('is made of its deltas', () => {
    expect(textsOf(after([started('a'), delta('a', 0, 'Hel'), delta('a', 3, 'lo')]))).toEqual(['Hello']);
  });

  test('does not change by a delta that comes twice', () => {
    const once = after([started('a'), delta('a', 0, 'Hel'), delta('a', 3, 'lo')]);
    expect(after([delta('a', 3, 'lo')], once)).toBe(once);
  });

  test('does not lose its end to a late delta from its middle', () => {
    expect(textsOf(after([started('a'), delta('a', 0, 'Hello there'), delta('a', 2, 'll')]))).toEqual(['Hello there']);
  });

  test('takes deltas that were joined into one, also over what it has already', () => {
    expect(textsOf(after([started('a'), delta('a', 0, 'Hel'), delta('a', 0, 'Hello there')]))).toEqual(['Hello there']);
  });

  test('is cut at the offset of a delta that says something else', () => {
    expect(textsOf(after([started('a'), delta('a', 0, 'Hello there'), delta('a', 6, 'you')]))).toEqual(['Hello you']);
  });

  test('counts offsets in UTF-16 code units', () => {
    expect(textsOf(after([started('a'), delta('a', 0, '好😀'), delta('a', 3, '！')]))).toEqual(['好😀！']);
  });

  test('ignores a delta of a part that it does not have', () => {
    const begun = after([started('a')]);
    expect(after([delta('z', 0, 'Hello')], begun)).toBe(begun);
  });

  test('keeps the parts of two agents apart and in their places, whichever began first', () => {
    const both = after([
      started('b', 100, 'ORDERS'),
      started('a'),
      delta('b', 0, 'Your order'),
      delta('a', 0, 'Our policy'),
    ]);
    expect(textsOf(both)).toEqual(['Our policy', 'Your order']);
    expect(both.messages[0]!.parts.map(({ agent }) => agent)).toEqual(['FAQ', 'ORDERS']);
  });

  test('loses a part that is removed, and only that', () => {
    const both = after([started('a'), delta('a', 0, 'No.'), started('b', 1), delta('b', 0, 'Yes.')]);
    expect(textsOf(after([{ __typename: 'PartRemoved', turnId: 'trn_1', partId: 'a' }], both))).toEqual(['Yes.']);
  });

  test('begins a part only once, so that a replay does not empty it', () => {
    const begun = after([started('a'), delta('a', 0, 'Hello')]);
    expect(after([started('a')], begun)).toBe(begun);
  });
});

describe('a part that is whole', () => {
  test('replaces what the deltas made', () => {
    const wrong = after([started('a'), delta('a', 0, 'Helo')]);
    expect(textsOf(after([whole([text('a', 'Hello')], 'Hello')], wrong))).toEqual(['Hello']);
  });

  test('leaves another part alone that is further along here than it was in the database', () => {
    const both = after([started('a'), started('b', 1), delta('a', 0, 'Hello'), delta('b', 0, 'A long')]);
    const stored = [text('a', 'Hello'), text('b', 'A', { index: 1 })];
    expect(textsOf(after([whole(stored, 'Hello')], both))).toEqual(['Hello', 'A long']);
  });

  test('brings a card, which has no text', () => {
    const card = { __typename: 'OrderPart', id: 'o', index: 1, agent: 'ORDERS', order } as const;
    const message = reply({ parts: [text('a', 'He'), card] });
    const event = { __typename: 'PartCompleted', turnId: 'trn_1', wholeText: null, message } as const;
    const shown = after([started('a'), delta('a', 0, 'Hello'), event]).messages[0]!.parts;
    expect(shown.map(({ id }) => id)).toEqual(['a', 'o']);
    expect(shown[0]).toMatchObject({ text: 'Hello' });
  });

  test('of a kind that the page does not know is left out', () => {
    // Only a newer server sends such a part.
    const unknown = { __typename: 'HologramPart', id: 'h', index: 0, agent: 'FAQ' } as unknown as ReturnType<
      typeof text
    >;
    expect(after([whole([unknown, text('a', 'Hello', { index: 1 })], 'Hello')]).messages[0]!.parts).toHaveLength(1);
  });
});

describe('a turn', () => {
  test('is active until it has ended, and the reply is then as it is stored', () => {
    const running = after([{ __typename: 'TurnStarted', turnId: 'trn_1' }, started('a'), delta('a', 0, 'Do')]);
    expect(activeTurn(running)).toMatchObject({ id: 'trn_1', status: 'RUNNING' });
    const ended = after([finished('COMPLETED')], running);
    expect(activeTurn(ended)).toBeNull();
    expect(ended.messages[0]).toMatchObject({ status: 'COMPLETE', parts: [{ text: 'Done.' }] });
  });

  test('that has ended stays so when its start is replayed, and its reply stays whole', () => {
    const ended = after([finished('CANCELLED')]);
    const again = after([{ __typename: 'TurnStarted', turnId: 'trn_1' }, started('a'), delta('a', 0, 'Do')], ended);
    expect(again.turns.get('trn_1')!.status).toBe('CANCELLED');
    expect(textsOf(again)).toEqual(['Done.']);
  });

  test('shows each tool call once, as it is now', () => {
    const call = { id: 'tlc_1', label: 'Looking up order #W1', agent: 'ORDERS' as const };
    const told = (status: 'RUNNING' | 'SUCCEEDED') =>
      ({ __typename: 'ToolCallUpdated', turnId: 'trn_1', toolCall: { ...call, status } }) as const;
    const { turns } = after([told('RUNNING'), told('SUCCEEDED')]);
    expect(turns.get('trn_1')!.toolCalls).toEqual([{ ...call, status: 'SUCCEEDED' }]);
  });
});

describe('a message of one’s own', () => {
  const pending = { clientKey: 'key-1', text: 'Hello?', state: { kind: 'sending' } } as const;

  test('is shown before the server has it, and once when it does', () => {
    const waiting = withPending(emptyConversation, pending);
    const stored = withMessage(waiting, question());
    expect([waiting.pending.length, stored.pending.length, stored.messages.length]).toEqual([1, 0, 1]);
    expect(withMessage(stored, question()).messages).toHaveLength(1);
  });

  test('that is sent again is still one', () => {
    const failed = withPending(emptyConversation, { ...pending, state: { kind: 'failed', reason: null } });
    expect(withPending(failed, pending).pending).toEqual([pending]);
  });

  test('that is not confirmed stays when the session is read anew', () => {
    const session = {
      ...{ id: 'ses_1', status: 'ACTIVE' as const, streamCursor: 'c', activeTurn: null, handoff: null },
      messages: page([question({ id: 'msg_0', clientKey: 'key-0' })]),
    };
    expect(conversationOf(session, [pending])).toMatchObject({ pending: [pending], messages: [{ id: 'msg_0' }] });
  });
});

describe('a conversation', () => {
  test('that is read in mid-reply goes on growing from there', () => {
    const session = {
      ...{ id: 'ses_1', status: 'ACTIVE' as const, streamCursor: 'c', activeTurn: turn(), handoff: null },
      messages: page([question({ turn: turn() }), reply({ parts: [text('a', 'Hello th')] })]),
    };
    const replayed = after([started('a'), delta('a', 0, 'Hel'), delta('a', 3, 'lo there')], conversationOf(session));
    expect(textsOf(replayed)).toEqual(['Hello there']);
    expect(activeTurn(replayed)).toMatchObject({ id: 'trn_1' });
  });

  test('takes earlier messages in front, each once', () => {
    const now = { ...emptyConversation, messages: [question()], earlier: 'before' };
    const with2 = withEarlier(now, page([question({ id: 'msg_0', clientKey: 'key-0' }), question()]));
    expect(with2.messages.map(({ id }) => id)).toEqual(['msg_0', 'msg_1']);
    expect(with2.earlier).toBeNull();
  });

  test('shows the handoff under way, and none that has ended', () => {
    const queued = { id: 'hof_1', status: 'QUEUED' as const, queuePosition: 2 };
    const waiting = after([
      { __typename: 'HandoffUpdated', handoff: queued },
      { __typename: 'SessionUpdated', session: { id: 'ses_1', status: 'WAITING_FOR_STAFF' } },
    ]);
    expect(waiting).toMatchObject({ status: 'WAITING_FOR_STAFF', handoff: queued });
    expect(withHandoff(waiting, { ...queued, status: 'RESOLVED' }).handoff).toBeNull();
  });

  test('is unchanged by typing, by a reset and by a kind that the page does not know', () => {
    const held = after([started('a')]);
    // Only a newer server sends such an event.
    const unknown = { __typename: 'HologramShown' } as unknown as Parameters<typeof after>[0][number];
    expect(after([{ __typename: 'TypingChanged' }, { __typename: 'StreamReset' }, unknown], held)).toBe(held);
  });
});
