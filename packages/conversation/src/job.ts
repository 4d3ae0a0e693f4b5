import type { Language, Text, Viewer } from '@supportgraph/kernel';
import type {
  AgentKind, Citation, Entity, HandoffReason, Intent, RoutingMethod, SessionStatus, TurnFailureCode, TurnRoute,
} from './records.js'; // prettier-ignore

/** What was said earlier in the session. */
export interface Said {
  author: 'CUSTOMER' | 'ASSISTANT' | 'STAFF';
  text: string;
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
  /** Aborted when the turn is cancelled, lost to another worker or past its deadline. */
  signal: AbortSignal;
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
  /** The session's customer, for services: `CUSTOMER` once known, else the visitor of the session. Never shown to the model. */
  viewer: Viewer;
  writer: ReplyWriter;
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
