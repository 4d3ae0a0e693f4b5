import type { Language, Text } from '@supportgraph/kernel';

/** The names of these unions are those of the schema's enums. */
export type SessionStatus = 'ACTIVE' | 'WAITING_FOR_STAFF' | 'WITH_STAFF' | 'CLOSED';
export type Channel = 'WEB' | 'MOBILE' | 'API' | 'EMAIL';
export type AuthorKind = 'CUSTOMER' | 'ASSISTANT' | 'STAFF' | 'SYSTEM';
export type MessageStatus = 'STREAMING' | 'COMPLETE' | 'INCOMPLETE';
export type AgentKind = 'ROUTER' | 'FAQ' | 'ORDERS' | 'REFUNDS' | 'TECHSUPPORT' | 'HANDOFF';
export type Intent = 'FAQ' | 'ORDER' | 'REFUND' | 'TECHNICAL' | 'HUMAN' | 'CHITCHAT' | 'UNKNOWN';
export type RoutingMethod = 'RULES' | 'CLASSIFIER' | 'CACHE' | 'MODEL' | 'FALLBACK';
export type TurnStatus =
  'QUEUED' | 'RUNNING' | 'AWAITING_CONFIRMATION' | 'COMPLETED' | 'HANDED_OFF' | 'CANCELLED' | 'FAILED';
export type TurnFailureCode =
  'MODEL_TIMEOUT' | 'MODEL_UNAVAILABLE' | 'CONTENT_REFUSED' | 'BUDGET_EXHAUSTED' | 'INTERNAL';
export type ActionKind =
  | 'CANCEL_ORDER'
  | 'UPDATE_ORDER_ADDRESS'
  | 'UPDATE_ORDER_ITEMS'
  | 'UPDATE_ORDER_PAYMENT'
  | 'UPDATE_CUSTOMER_ADDRESS'
  | 'REQUEST_RETURN'
  | 'REQUEST_EXCHANGE'
  | 'REQUEST_REFUND'
  | 'OPEN_TICKET';
export type ActionStatus = 'PENDING' | 'CONFIRMED' | 'EXECUTED' | 'FAILED' | 'DECLINED' | 'EXPIRED';
export type ToolCallStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED';
export type HandoffStatus = 'QUEUED' | 'CLAIMED' | 'RESOLVED' | 'ABANDONED';
export type HandoffReason =
  'CUSTOMER_ASKED' | 'OUT_OF_SCOPE' | 'LOW_CONFIDENCE' | 'UPSET' | 'APPROVAL_NEEDED' | 'SYSTEM';
export type Priority = 'LOW' | 'NORMAL' | 'HIGH' | 'URGENT';

/** One conversation with one customer. */
export interface SessionRecord {
  id: string;
  status: SessionStatus;
  channel: Channel;
  /** Language of replies; English until the first message shows another. */
  language: Language;
  title: string | null;
  /** Null until verified. */
  customerId: string | null;
  /** The API client that opened it, if one did. */
  apiClientId: string | null;
  createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
}

/** Who said a message, as shown at the time. */
export interface Author {
  kind: AuthorKind;
  displayName: string;
  avatarUrl: string | null;
}

/** A source that a text rests on. */
export interface Citation {
  number: number;
  title: string;
  faqId?: string;
  guideId?: string;
}

interface PartBase {
  id: string;
  /** Where it is shown: from 0 without a gap once the message is finished; while it is written the parts of the second route start at 100, and so on. */
  index: number;
  agent: AgentKind | null;
}
export interface TextPart extends PartBase {
  kind: 'TEXT';
  text: string;
  citations: Citation[];
}
export interface OrderPart extends PartBase {
  kind: 'ORDER';
  orderId: string;
}
export interface ActionPart extends PartBase {
  kind: 'ACTION';
  proposalId: string;
}
/** A piece of a message; stored as JSON on the message. */
export type Part = TextPart | OrderPart | ActionPart;

/** One thing said. */
export interface MessageRecord {
  id: string;
  sessionId: string;
  /** The turn it asked for, or answers. */
  turnId: string | null;
  author: Author;
  status: MessageStatus;
  parts: Part[];
  /** The idempotency key of the `sendMessage` that made it. */
  clientKey: string | null;
  createdAt: Date;
}

/** Why a turn has no answer. */
export interface TurnFailure {
  code: TurnFailureCode;
  message: Text;
  retryable: boolean;
}

/** Something found in a message, for example `{ name: 'order_number', value: '#W1000001' }`. */
export interface Entity {
  name: string;
  value: string;
}

/** How a turn was routed. */
export interface RoutingRecord {
  id: string;
  method: RoutingMethod;
  model: string | null;
  confidence: number;
  entities: Entity[];
  reason: string | null;
  latencyMs: number;
}

/** One intent found in a message and who answers it. */
export interface TurnRoute {
  intent: Intent;
  agent: AgentKind;
  confidence: number;
  excerpt: string | null;
}

/** The work of answering one message. */
export interface TurnRecord {
  id: string;
  sessionId: string;
  status: TurnStatus;
  /** The customer's message; null if the turn carries out a decision made with a button. */
  requestId: string | null;
  /** The reply; null until an agent starts to write, and if nothing was written. */
  replyId: string | null;
  /** In the order answered; empty until routed. */
  routes: TurnRoute[];
  routing: RoutingRecord | null;
  failure: TurnFailure | null;
  createdAt: Date;
  firstTextAt: Date | null;
  finishedAt: Date | null;
  /** The position just before the turn's first event. */
  streamCursor: string;
}

/** One use of a tool by an agent. */
export interface ToolCallRecord {
  id: string;
  sessionId: string;
  turnId: string;
  name: string;
  /** In the language of the session. */
  label: string;
  agent: AgentKind;
  status: ToolCallStatus;
  startedAt: Date;
  finishedAt: Date | null;
  arguments: unknown;
  result: unknown;
}

/** A detail of a proposed action, in the language of the session. */
export interface ActionLine {
  label: string;
  value: string;
}

/** A side effect that an agent wants; only the customer can agree to it, once. */
export interface ProposalRecord {
  id: string;
  sessionId: string;
  /** The turn it was proposed in. */
  turnId: string;
  /** Who proposed it, and who carries it out. */
  agent: AgentKind;
  kind: ActionKind;
  /** In the language of the session. */
  title: string;
  lines: ActionLine[];
  orderId: string | null;
  /** The only customer whom it can be done for; null if it is for whoever speaks in the session. */
  customerId: string | null;
  status: ActionStatus;
  expiresAt: Date;
  /** When it was agreed to or declined. */
  decidedAt: Date | null;
}

/** A session given to a person of the staff. */
export interface HandoffRecord {
  id: string;
  sessionId: string;
  status: HandoffStatus;
  reason: HandoffReason;
  priority: Priority;
  /** Key of the team it waits for. */
  team: string;
  /** For the person who takes over. */
  summary: string | null;
  /** In the customer's words. */
  message: string | null;
  /** Place in the queue from 1, while it waits. */
  queuePosition: number | null;
  createdAt: Date;
  claimedAt: Date | null;
  resolvedAt: Date | null;
}
