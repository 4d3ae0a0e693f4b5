import type { Language, Result, Text, Viewer } from '@supportgraph/kernel';
import type {
  ActionKind, AgentKind, Citation, Entity, HandoffReason, Intent, ProposalRecord, RoutingMethod, SessionStatus, TurnFailureCode,
  TurnRoute,
} from './records.js'; // prettier-ignore

/** What was said earlier in the session. */
export interface Said {
  author: 'CUSTOMER' | 'ASSISTANT' | 'STAFF';
  text: string;
  /** Who wrote the end of it; null if no agent did. @default null */
  agent?: AgentKind | null;
}

/** An action that waits for the customer's yes or no. */
export interface PendingAction {
  proposalId: string;
  /** Who proposed it, and for which intent. */
  agent: AgentKind;
  intent: Intent;
  kind: ActionKind;
  title: string;
  /** Whether the customer had been asked for it when the message was sent, so that the message can be the answer. */
  isAsked: boolean;
  /** Whether no other message was answered since: a yes to what was asked earlier may mean something else. */
  isLastAsked: boolean;
}

/** A message to be routed. */
export interface TriageJob {
  sessionId: string;
  turnId: string;
  sessionStatus: SessionStatus;
  language: Language;
  /** The customer's message. */
  text: string;
  /** What was said before it, oldest first, at most 20. */
  history: readonly Said[];
  /** All that waits in the session for a yes or no, oldest first. */
  pending: readonly PendingAction[];
  /** Aborted when the turn is cancelled, lost to another worker or past its deadline. */
  signal: AbortSignal;
}

/** A message that does nothing but decide on a proposal. */
export interface ActionAnswer {
  proposalId: string;
  isConfirmed: boolean;
}

/** Who answers a message, and how that was decided. Without routes nobody does: a person has the session. */
export interface Decision {
  method: RoutingMethod;
  model: string | null;
  confidence: number;
  reason: string | null;
  entities: readonly Entity[];
  latencyMs: number;
  /** In the order answered. */
  routes: readonly TurnRoute[];
  /**
   * The message decides on this proposal, as `confirmAction` or `declineAction` would; then `routes` is not looked at. Where
   * that is no longer possible (it is not the only one that waits, or was not asked for), the message is triaged again without it.
   */
  answer?: ActionAnswer;
}

/** Decides who answers a message. */
export type Triage = (job: TriageJob) => Promise<Decision>;

/** Where an agent writes its reply; every call is shown to the customer as it comes. */
export interface ReplyWriter {
  /** Grows the current text part; starts one if needed. */
  text(delta: string): void;
  /** Names a source of the current text part. */
  cite(citation: Citation): void;
  /** Shows an order as a card. Text that follows is a new part. */
  order(orderId: string): void;
  /** Shows that a tool runs; answers the id of the call. */
  toolStarted(call: { name: string; label: Text | string; arguments: unknown }): string;
  /** Shows how the call ended. */
  toolFinished(id: string, outcome: { status: 'SUCCEEDED' | 'FAILED'; result: unknown }): void;
  /** Resolves when all of the above is in the event log. */
  flush(): Promise<void>;
}

/** A side effect that an agent wants, described from the shop's own data and bound to exact values. */
export interface NewProposal {
  kind: ActionKind;
  /** Whom it is for: only the session's own customer. Null if it is for whoever speaks in the session. */
  customerId: string | null;
  orderId: string | null;
  title: Text;
  lines: readonly { label: Text; value: Text }[];
  /** What to do, as JSON; given to {@link CarryOut} as it is. */
  wish: unknown;
}

/** One agent's share of answering one message. */
export interface RouteJob {
  sessionId: string;
  turnId: string;
  routeId: string;
  agent: AgentKind;
  intent: Intent;
  /** The part of the message that is for this agent; null if it is the whole message. */
  excerpt: string | null;
  entities: readonly Entity[];
  /** The language to answer in. */
  language: Language;
  /** The customer's message. */
  text: string;
  /** What was said before it, oldest first, at most 20. */
  history: readonly Said[];
  /** Whether the message was tried before and failed. */
  isRetry: boolean;
  /** The session's customer, for services: `CUSTOMER` once known, else the visitor of the session. Never shown to the model. */
  viewer: Viewer;
  writer: ReplyWriter;
  /**
   * Shows the customer an action to agree to. Nothing is done until they do. The same wish again is the same proposal.
   * Refused with `WRONG_STATE` if too many wait already; throws if the route is lost.
   */
  propose(proposal: NewProposal): Promise<Result<ProposalRecord>>;
  /** Aborted when the turn is cancelled, lost to another worker or past its deadline. */
  signal: AbortSignal;
}

/** How an agent's work on a route ended. */
export type RouteOutcome =
  | { kind: 'answered' }
  | { kind: 'handedOff'; reason: HandoffReason; summary: string }
  | { kind: 'failed'; code: TurnFailureCode; retryable: boolean };

/** Answers one route. A fault that it throws counts as `failed` with `INTERNAL`. */
export type RouteHandler = (job: RouteJob) => Promise<RouteOutcome>;

/** An action that was agreed to. */
export interface ActionJob {
  /** Also the idempotency key: it may be carried out again after a crash, and must have one effect. */
  proposalId: string;
  sessionId: string;
  turnId: string;
  kind: ActionKind;
  /** {@link NewProposal.wish}. */
  wish: unknown;
  language: Language;
  /** The session's customer. */
  viewer: Viewer;
  /** Aborted when the turn is lost to another worker or takes too long. */
  signal: AbortSignal;
}

/** What was done, for the customer. */
export interface ActionReport {
  report: Text;
  /** The order as it is now is shown as a card. */
  orderId?: string | null;
}

/**
 * Carries out an action, once for each proposal however often it is called, or says why it is refused (for good; the
 * same again). A fault that it throws leaves it open whether it was done: it is called again.
 */
export type CarryOut = (job: ActionJob) => Promise<Result<ActionReport>>;
