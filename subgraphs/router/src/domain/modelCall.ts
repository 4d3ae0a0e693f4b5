import type { TokenCounts } from '@supportgraph/agent';
import type { AgentKind, Channel, Intent } from '@supportgraph/conversation';

/** A call of a model, or one that our own cache saved. */
export interface NewModelCall {
  id: string;
  occurredAt: Date;
  sessionId: string | null;
  turnId: string | null;
  agent: AgentKind;
  /** Null for triage. */
  intent: Intent | null;
  channel: Channel | null;
  customerId: string | null;
  apiClientId: string | null;
  /** Null if the cache answered. */
  model: string | null;
  counts: TokenCounts;
  costNanoUsd: number;
  /** The month whose prices were taken; `-dearest` follows if the model has none. */
  priceVersion: string;
  /** What the call would have cost, if the cache answered. */
  savedNanoUsd: number | null;
  ms: number;
  firstTokenMs: number | null;
}
