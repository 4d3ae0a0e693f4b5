/** The answers to the documents in `documents.ts`. */

export type AgentKind = 'ROUTER' | 'FAQ' | 'ORDERS' | 'REFUNDS' | 'TECHSUPPORT' | 'HANDOFF';
export type AuthorKind = 'CUSTOMER' | 'ASSISTANT' | 'STAFF' | 'SYSTEM';
export type SessionStatus = 'ACTIVE' | 'WAITING_FOR_STAFF' | 'WITH_STAFF' | 'CLOSED';
export type MessageStatus = 'STREAMING' | 'COMPLETE' | 'INCOMPLETE';
export type ToolCallStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED';
export type TurnStatus =
  'QUEUED' | 'RUNNING' | 'AWAITING_CONFIRMATION' | 'COMPLETED' | 'HANDED_OFF' | 'CANCELLED' | 'FAILED';
export type OrderStatus =
  | 'PENDING'
  | 'PROCESSED'
  | 'DELIVERED'
  | 'CANCELLED'
  | 'RETURN_REQUESTED'
  | 'EXCHANGE_REQUESTED'
  | 'RETURNED'
  | 'EXCHANGED';

export interface Turn {
  id: string;
  status: TurnStatus;
  failure: { message: string; retryable: boolean } | null;
}

interface PartBase {
  id: string;
  index: number;
  /** Null if a person wrote it. */
  agent: AgentKind | null;
}

export interface Citation {
  number: number;
  title: string;
}

export interface TextPart extends PartBase {
  __typename: 'TextPart';
  text: string;
  citations: readonly Citation[];
}

export interface Order {
  id: string;
  number: string;
  status: OrderStatus;
  total: Money;
  items: readonly OrderItem[];
}

export interface OrderItem {
  id: string;
  name: string;
  options: readonly { name: string; value: string }[];
  price: Money;
}

export interface Money {
  amount: string;
  currency: string;
}

export interface OrderPart extends PartBase {
  __typename: 'OrderPart';
  /** Null if the viewer may not see it (any more), or orders cannot be read now. */
  order: Order | null;
}

export interface Proposal {
  id: string;
  title: string;
  /** The details to agree to. */
  lines: readonly { label: string; value: string }[];
  status: 'PENDING' | 'CONFIRMED' | 'EXECUTED' | 'FAILED' | 'DECLINED' | 'EXPIRED';
  expiresAt: string;
}

export interface ActionPart extends PartBase {
  __typename: 'ActionPart';
  proposal: Proposal;
}

/** The kinds of parts that the page knows; the graph may send others. */
export type Part = TextPart | OrderPart | ActionPart;

export interface Message {
  id: string;
  /** The key it was sent with, for its sender. */
  clientKey: string | null;
  status: MessageStatus;
  createdAt: string;
  author: { kind: AuthorKind; displayName: string };
  /** The turn it asked for, or answers. */
  turn: Turn | null;
  parts: readonly Part[];
}

export interface MessagePage {
  nodes: readonly Message[];
  pageInfo: { hasPreviousPage: boolean; startCursor: string | null };
}

export interface Handoff {
  id: string;
  status: 'QUEUED' | 'CLAIMED' | 'RESOLVED' | 'ABANDONED';
  /** Place in the queue from 1, while it waits. */
  queuePosition: number | null;
}

export interface Session {
  id: string;
  status: SessionStatus;
  streamCursor: string;
  activeTurn: Turn | null;
  handoff: Handoff | null;
  messages: MessagePage;
}

export interface ToolCall {
  id: string;
  label: string;
  agent: AgentKind;
  status: ToolCallStatus;
}

interface EventBase {
  cursor: string;
  seq: number;
}

interface TurnEventBase extends EventBase {
  turnId: string;
}

export type SessionEvent =
  | ({ __typename: 'TurnStarted' } & TurnEventBase)
  | ({ __typename: 'TurnRouted'; routes: readonly { agent: AgentKind }[] } & TurnEventBase)
  | ({
      __typename: 'PartStarted';
      messageId: string;
      partId: string;
      index: number;
      agent: AgentKind;
    } & TurnEventBase)
  | ({ __typename: 'TextDelta'; firstSeq: number; partId: string; offset: number; text: string } & TurnEventBase)
  | ({ __typename: 'ToolCallUpdated'; toolCall: ToolCall } & TurnEventBase)
  | ({ __typename: 'PartCompleted'; wholeText: string | null; message: Message } & TurnEventBase)
  | ({ __typename: 'PartRemoved'; partId: string } & TurnEventBase)
  | ({ __typename: 'TurnFinished'; turn: Turn & { reply: Message | null } } & TurnEventBase)
  | ({ __typename: 'MessageAdded'; message: Message } & EventBase)
  | ({ __typename: 'SessionUpdated'; session: { id: string; status: SessionStatus } } & EventBase)
  | ({ __typename: 'ActionUpdated'; proposal: Proposal } & EventBase)
  | ({ __typename: 'HandoffUpdated'; handoff: Handoff | null } & EventBase)
  | ({ __typename: 'TypingChanged' } & EventBase)
  | ({ __typename: 'StreamReset' } & EventBase);

export interface UserError {
  code: string;
  message: string;
}

export interface StartSessionAnswer {
  startSession: { accessToken: string | null; session: { id: string } | null; userErrors: readonly UserError[] };
}

export interface ReadSessionAnswer {
  session: Session | null;
}

export interface ReadEarlierMessagesAnswer {
  session: { messages: MessagePage } | null;
}

export interface SendMessageAnswer {
  sendMessage: { message: Message | null; userErrors: readonly UserError[] };
}

export interface DecisionAnswer {
  decision: { proposal: Proposal | null; turn: Turn | null; userErrors: readonly UserError[] };
}

export interface ReadHandoffAnswer {
  session: { handoff: Handoff | null } | null;
}

export interface ReadShopAnswer {
  shop: Shop;
}

export interface Shop {
  name: string;
  /** Hosts that replies may link to. */
  linkHosts: readonly string[];
}
