import type {
  AgentKind,
  Handoff,
  Message,
  MessagePage,
  Part,
  Proposal,
  Session,
  SessionEvent,
  SessionStatus,
  TextPart,
  ToolCall,
  Turn,
  TurnStatus,
} from '../api/types.js';

/** What the customer has said and the server has not yet confirmed. */
export interface PendingMessage {
  /** Idempotency key: sending again with it never says a thing twice. */
  clientKey: string;
  text: string;
  state: { kind: 'sending' } | { kind: 'failed'; reason: string | null };
}

/** A turn with what is known of the work on it. */
export interface TurnState extends Turn {
  agents: readonly AgentKind[];
  toolCalls: readonly ToolCall[];
}

/** A conversation as it is shown. Never changed, only replaced. */
export interface Conversation {
  status: SessionStatus;
  /** Oldest first. */
  messages: readonly Message[];
  /** Cursor for what was said before; null if all is here. */
  earlier: string | null;
  pending: readonly PendingMessage[];
  turns: ReadonlyMap<string, TurnState>;
  /** The one under way, if one is. */
  handoff: Handoff | null;
  /** What agents proposed, each as it stands now: the message that shows it may have been read before that. */
  proposals: ReadonlyMap<string, Proposal>;
}

/** A conversation in which nothing was said. */
export const emptyConversation: Conversation = {
  status: 'ACTIVE',
  messages: [],
  earlier: null,
  pending: [],
  turns: new Map(),
  handoff: null,
  proposals: new Map(),
};

/** A conversation as it was read; what is not yet confirmed stays. */
export function conversationOf(session: Session, pending: readonly PendingMessage[] = []): Conversation {
  const { status, messages, activeTurn, handoff } = session;
  const opened = { ...emptyConversation, status, pending, handoff, earlier: earlierOf(messages) };
  const said = messages.nodes.reduce(withMessage, opened);
  return activeTurn ? withTurn(said, activeTurn) : said;
}

/** Adds what was said before. */
export function withEarlier(conversation: Conversation, page: MessagePage): Conversation {
  const before = page.nodes.reduce(withMessage, emptyConversation);
  const known = new Set(conversation.messages.map(({ id }) => id));
  return {
    ...conversation,
    earlier: earlierOf(page),
    messages: [...before.messages.filter(({ id }) => !known.has(id)), ...conversation.messages],
    turns: new Map([...before.turns, ...conversation.turns]),
    proposals: new Map([...before.proposals, ...conversation.proposals]),
  };
}

function earlierOf({ pageInfo }: MessagePage): string | null {
  return pageInfo.hasPreviousPage ? pageInfo.startCursor : null;
}

/**
 * What an event changes. Events may come again, and may tell of what was read already: what has ended stays ended, and
 * an event that says nothing new gives back the same conversation.
 */
export function applyEvent(conversation: Conversation, event: SessionEvent): Conversation {
  switch (event.__typename) {
    case 'TurnStarted':
      return withTurn(conversation, { id: event.turnId, status: 'RUNNING', failure: null });
    case 'TurnRouted':
      return changeTurn(conversation, event.turnId, { agents: event.routes.map(({ agent }) => agent) });
    case 'PartStarted':
      return startPart(conversation, event);
    case 'TextDelta':
      return growPart(conversation, event);
    case 'ToolCallUpdated':
      return updateToolCall(conversation, event.turnId, event.toolCall);
    case 'PartCompleted':
      return completePart(conversation, event);
    case 'PartRemoved':
      return removePart(conversation, event.turnId, event.partId);
    case 'TurnFinished':
      return finishTurn(conversation, event.turn);
    case 'MessageAdded':
      return withMessage(conversation, event.message);
    case 'SessionUpdated':
      return { ...conversation, status: event.session.status };
    case 'ActionUpdated':
      return withProposal(conversation, event.proposal);
    case 'HandoffUpdated':
      return event.handoff ? withHandoff(conversation, event.handoff) : conversation;
    case 'TypingChanged':
    case 'StreamReset':
      return conversation;
    default:
      // A kind that a newer server sends.
      return conversation;
  }
}

/** The handoff as it is now; one that has ended is none. */
export function withHandoff(conversation: Conversation, handoff: Handoff | null): Conversation {
  const isUnderWay = handoff?.status === 'QUEUED' || handoff?.status === 'CLAIMED';
  return { ...conversation, handoff: isUnderWay ? handoff : null };
}

const proposalRanks: Partial<Record<Proposal['status'], number>> = { PENDING: 0, CONFIRMED: 1 };
const rankOfProposal = ({ status }: Proposal) => proposalRanks[status] ?? 2;

/** A proposal as it is now: what was decided stays decided. */
export function withProposal(conversation: Conversation, proposal: Proposal): Conversation {
  const held = conversation.proposals.get(proposal.id);
  if (held && rankOfProposal(proposal) <= rankOfProposal(held)) return conversation;
  return { ...conversation, proposals: new Map(conversation.proposals).set(proposal.id, proposal) };
}

/** The turn that is being answered, or waits to be. */
export function activeTurn({ turns }: Conversation): TurnState | null {
  return [...turns.values()].find(({ status }) => !hasEnded(status)) ?? null;
}

/** Shows a message before the server has it; sending it again does the same. */
export function withPending(conversation: Conversation, pending: PendingMessage): Conversation {
  const others = conversation.pending.filter(({ clientKey }) => clientKey !== pending.clientKey);
  return { ...conversation, pending: [...others, pending] };
}

/** A message as the server has it: replaces what was shown of it, or comes last. */
export function withMessage(conversation: Conversation, message: Message): Conversation {
  const shown = { ...message, parts: inOrder(message.parts.filter(isKnown)) };
  const { messages } = conversation;
  const index = messages.findIndex(({ id }) => id === message.id);
  const held = messages[index];
  // What was read a moment ago may be older than what the events told.
  if (held && held.status !== 'STREAMING' && message.status === 'STREAMING') return conversation;
  const next = {
    ...conversation,
    messages: held ? messages.with(index, shown) : [...messages, shown],
    pending: conversation.pending.filter(({ clientKey }) => clientKey !== message.clientKey),
  };
  return message.turn ? withTurn(withProposalsOf(next, shown), message.turn) : withProposalsOf(next, shown);
}

function withProposalsOf(conversation: Conversation, { parts }: Message): Conversation {
  const proposals = parts.flatMap((part) => (part.__typename === 'ActionPart' ? [part.proposal] : []));
  return proposals.reduce(withProposal, conversation);
}

const ranks: Partial<Record<TurnStatus, number>> = { QUEUED: 0, RUNNING: 1 };
const rankOf = (status: TurnStatus) => ranks[status] ?? 2;
const hasEnded = (status: TurnStatus) => rankOf(status) === 2;

/** A turn's status never goes back. */
export function withTurn(conversation: Conversation, turn: Turn): Conversation {
  const held = conversation.turns.get(turn.id);
  if (held && rankOf(turn.status) <= rankOf(held.status)) return conversation;
  const { id, status, failure } = turn;
  return changeTurn(conversation, id, { status, failure });
}

function changeTurn(conversation: Conversation, id: string, change: Partial<TurnState>): Conversation {
  const held = conversation.turns.get(id) ?? { id, status: 'RUNNING', failure: null, agents: [], toolCalls: [] };
  return { ...conversation, turns: new Map(conversation.turns).set(id, { ...held, ...change }) };
}

function updateToolCall(conversation: Conversation, turnId: string, toolCall: ToolCall): Conversation {
  const others = (conversation.turns.get(turnId)?.toolCalls ?? []).filter(({ id }) => id !== toolCall.id);
  return changeTurn(conversation, turnId, { toolCalls: [...others, toolCall] });
}

function startPart(
  conversation: Conversation,
  { turnId, messageId, partId, index, agent }: Extract<SessionEvent, { __typename: 'PartStarted' }>,
): Conversation {
  const turn = conversation.turns.get(turnId) ?? null;
  const reply = conversation.messages.find(({ id }) => id === messageId) ?? newReply(messageId, turnId, turn);
  if (reply.status !== 'STREAMING' || reply.parts.some(({ id }) => id === partId)) return conversation;
  const part: Part = { __typename: 'TextPart', id: partId, index, agent, text: '', citations: [] };
  return withMessage(conversation, { ...reply, parts: [...reply.parts, part] });
}

function newReply(id: string, turnId: string, turn: Turn | null): Message {
  return {
    id,
    clientKey: null,
    status: 'STREAMING',
    createdAt: '',
    author: { kind: 'ASSISTANT', displayName: '' },
    turn: turn ?? { id: turnId, status: 'RUNNING', failure: null },
    parts: [],
  };
}

function growPart(
  conversation: Conversation,
  { turnId, partId, offset, text }: Extract<SessionEvent, { __typename: 'TextDelta' }>,
): Conversation {
  return changeReply(conversation, turnId, (reply) => {
    const part = reply.parts.find(({ id }) => id === partId);
    // A replay tells again what was read already: the text that goes on behind it must not vanish for a moment.
    if (part?.__typename !== 'TextPart' || part.text.startsWith(text, offset)) return reply;
    return withPart(reply, { ...part, text: part.text.slice(0, offset) + text });
  });
}

/** Takes over what is final. Other parts of the message may be further along here than they were in the database. */
function completePart(
  conversation: Conversation,
  { turnId, message, wholeText }: Extract<SessionEvent, { __typename: 'PartCompleted' }>,
): Conversation {
  const isFinal = (part: Part) => part.__typename !== 'TextPart' || part.text === wholeText;
  if (message.status !== 'STREAMING') return withMessage(conversation, message);
  if (!conversation.messages.some(({ id }) => id === message.id)) return withMessage(conversation, message);
  return changeReply(withProposalsOf(conversation, message), turnId, (reply) =>
    message.parts.filter(isKnown).filter(isFinal).reduce(withPart, reply),
  );
}

function removePart(conversation: Conversation, turnId: string, partId: string): Conversation {
  return changeReply(conversation, turnId, (reply) => ({
    ...reply,
    parts: reply.parts.filter(({ id }) => id !== partId),
  }));
}

function finishTurn(
  conversation: Conversation,
  { reply, ...turn }: Extract<SessionEvent, { __typename: 'TurnFinished' }>['turn'],
): Conversation {
  const ended = withTurn(conversation, turn);
  return reply ? withMessage(ended, reply) : ended;
}

/** Changes the reply that a turn is writing, if it is. */
function changeReply(conversation: Conversation, turnId: string, change: (reply: Message) => Message): Conversation {
  const { messages } = conversation;
  const index = messages.findLastIndex(
    ({ turn, author, status }) => turn?.id === turnId && author.kind === 'ASSISTANT' && status === 'STREAMING',
  );
  const reply = messages[index];
  const changed = reply && change(reply);
  return changed === reply || !changed ? conversation : { ...conversation, messages: messages.with(index, changed) };
}

function withPart(message: Message, part: Part): Message {
  return { ...message, parts: inOrder([...message.parts.filter(({ id }) => id !== part.id), part]) };
}

function inOrder(parts: readonly Part[]): Part[] {
  return parts.toSorted((a, b) => a.index - b.index);
}

function isKnown(part: { __typename: string }): part is Part {
  return ['TextPart', 'OrderPart', 'ActionPart'].includes(part.__typename);
}

/** All text of a message, as Markdown. */
export function textOf({ parts }: Message): string {
  return parts
    .filter((part): part is TextPart => part.__typename === 'TextPart')
    .map(({ text }) => text)
    .join('\n\n');
}
