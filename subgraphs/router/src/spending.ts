import { hasPrice, priceVersion, type Allow, type ModelUse } from '@supportgraph/agent';
import type { AgentKind, Intent } from '@supportgraph/conversation';
import { audit, type Database } from '@supportgraph/data';
import { newId, nobody, type Clock, type Logger, type Viewer } from '@supportgraph/kernel';
import { claimTelling, loadSpent, storeCall, type StoredCall } from './data/spending.js';
import { allowanceOf, type BudgetRecord, type ShareLimits } from './domain/budget.js';

/** What a model call was made for. A preview of the staff has no session. */
export interface CallPurpose {
  sessionId?: string;
  turnId?: string;
  /** @default 'ROUTER', who does the triage */
  agent?: AgentKind;
  intent?: Intent;
}

/** Keeps what models cost, now or as soon as the database takes it again, and says what may still be spent. One for each process that calls models. */
export interface Spending {
  /** Keeps a model call. */
  record(purpose: CallPurpose, use: ModelUse): Promise<void>;
  /** Keeps that our own cache answered, and what the model calls cost that had made the answer. */
  recordSaved(purpose: CallPurpose, savedNanoUsd: number): Promise<void>;
  /** Asked before each model call. */
  allow: Allow;
}

export interface SpendingDeps {
  db: Pick<Database, 'query' | 'transaction'>;
  clock: Clock;
  log: Logger;
  limits: ShareLimits;
  /** Pauses before a call that could not be kept is tried again, in ms. @default 1 s, 5 s, 30 s, 2 min */
  pausesMs?: readonly number[];
}

/** The platform itself, which sees every session. */
const platform: Viewer = { ...nobody, role: 'OPERATOR' };

/** Makes the {@link Spending} of a process. */
export function openSpending(deps: SpendingDeps): Spending {
  const { db, clock, log, limits, pausesMs = [1_000, 5_000, 30_000, 120_000] } = deps;
  const tellUnpriced = unpricedTeller(log);

  async function store(purpose: CallPurpose, call: CallFields): Promise<void> {
    const { sessionId = null, turnId = null, agent = 'ROUTER', intent = null } = purpose;
    const occurredAt = clock();
    const id = newId('use', occurredAt.getTime());
    await keep({ id, occurredAt, sessionId, turnId, agent, intent, ...call }, pausesMs);
  }

  /** Never rejects: that a call cannot be kept is no reason to keep its answer from the customer. */
  async function keep(call: StoredCall, [pauseMs, ...pauses]: readonly number[]): Promise<void> {
    try {
      await storeCall(db, call);
    } catch (error) {
      const facts = { ...call, err: error };
      if (pauseMs === undefined) return log.error(facts, 'model call not recorded');
      log.warn(facts, 'model call not recorded yet');
      setTimeout(() => void keep(call, pauses), pauseMs).unref();
    }
  }

  return {
    record(purpose, { model, costNanoUsd, priceVersion: version, ms, firstTokenMs, ...counts }) {
      tellUnpriced(model);
      return store(purpose, {
        ...{ model, counts, costNanoUsd, priceVersion: version, savedNanoUsd: null, ms, firstTokenMs },
      });
    },
    recordSaved: (purpose, savedNanoUsd) => store(purpose, { ...nothingUsed, savedNanoUsd }),
    async allow({ sessionId, customerId, agent }) {
      const now = clock();
      const spent = await loadSpent(db, { sessionId, customerId }, now);
      for (const budget of spent.budgets) if (budget.spent >= budget.limit) await tellOnce(deps, budget, now);
      return allowanceOf(agent, spent, limits);
    },
  };
}

type CallFields = Pick<
  StoredCall,
  'model' | 'counts' | 'costNanoUsd' | 'priceVersion' | 'savedNanoUsd' | 'ms' | 'firstTokenMs'
>;

const nothingUsed = {
  model: null,
  counts: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
  costNanoUsd: 0,
  priceVersion,
  ms: 0,
  firstTokenMs: null,
};

/** Tells of each model without a price once, as long as the process runs. */
function unpricedTeller(log: Logger): (model: string) => void {
  const told = new Set<string>();
  return (model) => {
    if (hasPrice(model) || told.has(model)) return;
    told.add(model);
    log.warn({ model, priceVersion }, 'model without a price: counted as the dearest one');
  };
}

/** Tells operators once in each period that a budget is spent: in the log and in the audit. */
async function tellOnce({ db, log }: SpendingDeps, budget: BudgetRecord, now: Date): Promise<void> {
  if (!(await claimTelling(db, budget, now))) return;
  const { id, action } = budget;
  log.warn({ budget: id, action }, 'budget spent');
  await db.transaction((tx) =>
    audit(
      tx,
      { viewer: platform, actorName: 'platform', action: 'budget.spent', outcome: 'SUCCEEDED', subjectId: id },
      now,
    ),
  );
}
