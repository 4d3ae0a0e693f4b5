import type { Allowance } from '@supportgraph/agent';
import type { AgentKind } from '@supportgraph/conversation';
import type { NanoUsd } from './usd.js';

export type BudgetPeriod = 'DAY' | 'MONTH';
export type BudgetAction = 'WARN' | 'DOWNGRADE' | 'HANDOFF';

/** A limit on spending, with what is spent in the period under way. */
export interface BudgetRecord {
  id: string;
  period: BudgetPeriod;
  /** Null: all agents. */
  agent: AgentKind | null;
  limit: NanoUsd;
  spent: NanoUsd;
  action: BudgetAction;
}

export function budgetId(period: BudgetPeriod, agent: AgentKind | null): string {
  return `bdg_${period.toLowerCase()}.${agent?.toLowerCase() ?? 'all'}`;
}

/** Start of the period under way, UTC. */
export function startOf(period: BudgetPeriod, now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), period === 'DAY' ? now.getUTCDate() : 1));
}

/** When the period under way ends. */
export function endOf(period: BudgetPeriod, now: Date): Date {
  const start = startOf(period, now);
  if (period === 'DAY') start.setUTCDate(start.getUTCDate() + 1);
  else start.setUTCMonth(start.getUTCMonth() + 1);
  return start;
}

/** Limits of one session and of one customer; null: none. */
export interface ShareLimits {
  sessionNanoUsd: NanoUsd | null;
  /** A day, UTC. */
  customerNanoUsd: NanoUsd | null;
}

/** What was spent that a model call must be measured by. */
export interface Spent {
  session: NanoUsd;
  customer: NanoUsd;
  budgets: readonly Pick<BudgetRecord, 'agent' | 'limit' | 'spent' | 'action'>[];
}

/** What an agent may still spend. The strictest limit counts. */
export function allowanceOf(agent: AgentKind, spent: Spent, limits: ShareLimits): Allowance {
  if (isReached(spent.session, limits.sessionNanoUsd) || isReached(spent.customer, limits.customerNanoUsd))
    return 'exhausted';
  const reached = spent.budgets.filter((budget) => isReached(budget.spent, budget.limit) && concerns(budget, agent));
  if (reached.some(({ action }) => action === 'HANDOFF')) return 'handOff';
  return reached.some(({ action }) => action === 'DOWNGRADE') ? 'downgrade' : 'ok';
}

const isReached = (spent: NanoUsd, limit: NanoUsd | null) => limit !== null && spent >= limit;
const concerns = (budget: { agent: AgentKind | null }, agent: AgentKind) =>
  budget.agent === null || budget.agent === agent;
