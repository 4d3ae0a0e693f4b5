import type { AgentKind } from '@supportgraph/conversation';
import type { NanoUsd } from './usd.js';

/** Tokens and money spent. */
export interface UsageRecord {
  modelCalls: number;
  /** Without those read from the provider's cache. */
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  cost: NanoUsd;
  cacheHits: number;
  costSaved: NanoUsd;
}

export const noUsage: UsageRecord = {
  ...{ modelCalls: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, cost: 0n, cacheHits: 0, costSaved: 0n },
};

export type UsageDimension = 'AGENT' | 'MODEL' | 'INTENT' | 'CHANNEL' | 'API_CLIENT';
export type UsageInterval = 'HOUR' | 'DAY' | 'MONTH';

/** What a usage report is of. */
export interface UsageWish {
  from: Date;
  before: Date;
  groupBy: readonly UsageDimension[];
  interval: UsageInterval;
}

/** Steps that a series may have: a month of hours. */
export const mostSteps = 750;

const stepMs: Readonly<Record<UsageInterval, number>> = { HOUR: 3_600_000, DAY: 86_400_000, MONTH: 28 * 86_400_000 };

/** What is wrong with a wish, in words; null if nothing is. */
export function usageFault({ from, before, groupBy }: UsageWish): string | null {
  if (from >= before) return '`from` must lie before `before`.';
  if (groupBy.length > 2 || new Set(groupBy).size < groupBy.length) return 'Group by at most two different dimensions.';
  return null;
}

/** Whether a series of this wish would be longer than is answered. */
export function isTooFine({ from, before, interval }: UsageWish): boolean {
  return (before.getTime() - from.getTime()) / stepMs[interval] > mostSteps;
}

/** A cost shared among so many; null among none. */
export function share(cost: NanoUsd, among: number): NanoUsd | null {
  return among === 0 ? null : (cost + BigInt(among) / 2n) / BigInt(among);
}

/** Whom a budget may be set for: those that call models. */
export const spenders: readonly AgentKind[] = ['ROUTER', 'FAQ', 'ORDERS', 'REFUNDS', 'TECHSUPPORT'];
