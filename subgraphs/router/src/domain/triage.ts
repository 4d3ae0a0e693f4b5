import type { AgentKind, Intent } from '@supportgraph/conversation';

/** One intent found in a message. */
export interface FoundIntent {
  intent: Intent;
  /** From 0 to 1. */
  confidence: number;
  /** The part of the message it comes from; null if it is the whole message. */
  excerpt: string | null;
}

/** Something found in a message, for example `{ name: 'order_number', value: '#W1000001' }`. */
export interface Entity {
  name: string;
  value: string;
}

/** Intents that one message may have: more are cut off, the first ones are answered. */
export const maxRoutes = 3;

/** Who answers what. */
export const agentOf: Readonly<Record<Intent, AgentKind>> = {
  FAQ: 'FAQ',
  ORDER: 'ORDERS',
  REFUND: 'REFUNDS',
  TECHNICAL: 'TECHSUPPORT',
  HUMAN: 'HANDOFF',
  CHITCHAT: 'ROUTER',
  UNKNOWN: 'ROUTER',
};
