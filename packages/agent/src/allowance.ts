import type { AgentKind } from './defineAgent.js';

/**
 * What may still be spent. `downgrade`: small models only; `handOff`: the platform's budget is spent and people answer;
 * `exhausted`: the session or the customer has had its share.
 */
export type Allowance = 'ok' | 'downgrade' | 'handOff' | 'exhausted';

/** For whom a model is about to be called. */
export interface Spender {
  /** Null for a preview of the staff. */
  sessionId: string | null;
  customerId: string | null;
  agent: AgentKind;
}

/** Asked before each model call, so that a budget is overrun by the calls under way at most. */
export type Allow = (spender: Spender) => Promise<Allowance>;
