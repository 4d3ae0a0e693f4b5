import type { Language, Result, Text, Viewer } from '@supportgraph/kernel';

/** Why a person is needed; the names of the schema. */
export type HandoffReason =
  'CUSTOMER_ASKED' | 'OUT_OF_SCOPE' | 'LOW_CONFIDENCE' | 'UPSET' | 'APPROVAL_NEEDED' | 'SYSTEM';

/** Why there is no answer; the names of the schema. */
export type TurnFailureCode =
  'MODEL_TIMEOUT' | 'MODEL_UNAVAILABLE' | 'CONTENT_REFUSED' | 'BUDGET_EXHAUSTED' | 'INTERNAL';

/** How an agent's work on a route ended. */
export type RouteOutcome =
  | { kind: 'answered' }
  | { kind: 'handedOff'; reason: HandoffReason; summary: string }
  | { kind: 'failed'; code: TurnFailureCode; retryable: boolean };

/** Something that was found in the customer's message, for example `{ name: 'order_number', value: '#W1000001' }`. */
export interface Entity {
  name: string;
  value: string;
}

/** What was said earlier in the session. */
export interface Said {
  author: 'CUSTOMER' | 'ASSISTANT' | 'STAFF';
  text: string;
}

/** Where an agent writes its reply; every call is shown to the customer as it comes. */
export interface ReplyWriter {
  /** Grows the current text part; starts one if needed. */
  text(delta: string): void;
  /** Names a source of the text. */
  cite(citation: { number: number; title: string; faqId?: string; guideId?: string }): void;
  /** Shows an order as a card. */
  order(orderId: string): void;
  /** Shows that a tool runs; answers the id of the call. */
  toolStarted(call: { name: string; label: Text; arguments: unknown }): string;
  /** Shows how the call ended. */
  toolFinished(id: string, outcome: { status: 'SUCCEEDED' | 'FAILED'; result: unknown }): void;
  /** Resolves when all of the above is in the event log. */
  flush(): Promise<void>;
}

/** What can be proposed to a customer; the names of the schema. */
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

/** A side effect that an agent wants, as a service has drafted it: no word in it is a model's. */
export interface NewProposal {
  kind: ActionKind;
  customerId: string | null;
  orderId: string | null;
  title: Text;
  lines: readonly { label: Text; value: Text }[];
  /** What to do once the customer agrees, as JSON. */
  wish: unknown;
}

/** A proposal as the customer sees it. */
export interface ShownProposal {
  id: string;
  title: string;
  lines: readonly { label: string; value: string }[];
}

/** One agent's share of answering one message, as `packages/conversation` hands it out. */
export interface RouteJob {
  sessionId: string;
  turnId: string;
  routeId: string;
  /** The part of the message that is for this agent; null if it is the whole message. */
  excerpt: string | null;
  entities: readonly Entity[];
  /** The language to answer in. */
  language: Language;
  /** The customer's message. */
  text: string;
  /** What was said before it, oldest first. */
  history: readonly Said[];
  /** Whether the message was tried before and failed. */
  isRetry: boolean;
  /** The session's customer, for services. Never shown to the model. */
  viewer: Viewer;
  writer: ReplyWriter;
  /** Shows the customer an action to agree to; nothing is done until they do. Tools call it by {@link propose}. */
  propose(proposal: NewProposal): Promise<Result<ShownProposal>>;
  /** Aborted when the turn is cancelled, lost to another worker or past its deadline. */
  signal: AbortSignal;
}
