import type { Message, MessagePage, Order, SessionEvent, TextPart, Turn } from '../src/api/types.js';
import { applyEvent, type Conversation, emptyConversation, textOf } from '../src/conversation/state.js';

export const turn = (changes: Partial<Turn> = {}): Turn => ({
  id: 'trn_1',
  status: 'RUNNING',
  failure: null,
  ...changes,
});

export const text = (id: string, said: string, changes: Partial<TextPart> = {}): TextPart => ({
  ...{ __typename: 'TextPart', id, index: 0, agent: 'FAQ', text: said, citations: [] },
  ...changes,
});

export const order: Order = {
  ...{ id: 'ord_W1', number: '#W1', status: 'DELIVERED', total: { amount: '28.25', currency: 'USD' } },
  items: [
    {
      id: 'itm_1',
      name: 'Shirt',
      options: [{ name: 'color', value: 'blue' }],
      price: { amount: '20.00', currency: 'USD' },
    },
  ],
};

/** A reply being written, unless the changes say otherwise. */
export const reply = (changes: Partial<Message> = {}): Message => ({
  ...{ id: 'msg_2', clientKey: null, status: 'STREAMING', createdAt: '2026-11-01T08:00:00Z' },
  ...{ author: { kind: 'ASSISTANT', displayName: 'Assistant' }, turn: turn(), parts: [] },
  ...changes,
});

export const question = (changes: Partial<Message> = {}): Message =>
  reply({
    ...{ id: 'msg_1', clientKey: 'key-1', status: 'COMPLETE', author: { kind: 'CUSTOMER', displayName: 'Customer' } },
    parts: [text('prt_0', 'Hello?', { agent: null })],
    ...changes,
  });

export const page = (nodes: Message[], startCursor: string | null = null): MessagePage => ({
  nodes,
  pageInfo: { hasPreviousPage: startCursor !== null, startCursor },
});

/** An event without its place in the stream. */
export type Happening = SessionEvent extends infer Event
  ? Event extends SessionEvent
    ? Omit<Event, 'cursor' | 'seq' | 'firstSeq'>
    : never
  : never;

/** What a conversation is after these events, in this order. */
export function after(happenings: readonly Happening[], before: Conversation = emptyConversation): Conversation {
  return happenings.reduce<Conversation>((conversation, happening, index) => {
    // The parts that were left out are put back here, for every kind.
    const event = { ...happening, cursor: `c${index}`, seq: index, firstSeq: index } as SessionEvent;
    return applyEvent(conversation, event);
  }, before);
}

export const started = (partId: string, index = 0, agent: 'FAQ' | 'ORDERS' = 'FAQ'): Happening => ({
  ...{ __typename: 'PartStarted', turnId: 'trn_1', messageId: 'msg_2', partId, index, agent },
});
export const delta = (partId: string, offset: number, said: string): Happening => ({
  ...{ __typename: 'TextDelta', turnId: 'trn_1', partId, offset, text: said },
});

/** The texts of the parts of the reply. */
export const textsOf = ({ messages }: Conversation, id = 'msg_2'): string[] =>
  messages
    .filter((message) => message.id === id)
    .flatMap(({ parts }) => parts.map((part) => ('text' in part ? part.text : '')));

export const lastText = ({ messages }: Conversation) => textOf(messages.at(-1)!);
