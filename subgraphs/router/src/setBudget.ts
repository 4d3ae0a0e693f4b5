import type { AgentKind } from '@supportgraph/conversation';
import { audit, type Database } from '@supportgraph/data';
import { fail, ok, userError, type Clock, type Result, type Viewer } from '@supportgraph/kernel';
import { loadSpentIn } from './data/spending.js';
import { budgetId, type BudgetAction, type BudgetPeriod, type BudgetRecord } from './domain/budget.js';
import { spenders } from './domain/usage.js';
import { formatUsd, parseUsd } from './domain/usd.js';

export interface SetBudget {
  period: BudgetPeriod;
  agent?: AgentKind | null;
  /** US dollars; null removes the budget. */
  limit?: string | null;
  action: BudgetAction;
}

export interface SetBudgetDeps {
  db: Pick<Database, 'query' | 'transaction'>;
  clock: Clock;
}

/** Sets, changes or removes a limit on spending; null once it is removed. */
export async function setBudget(
  deps: SetBudgetDeps,
  viewer: Viewer,
  { period, agent = null, limit = null, action }: SetBudget,
): Promise<Result<BudgetRecord | null>> {
  if (viewer.role !== 'OPERATOR') return fail(operatorsOnly);
  if (agent !== null && !spenders.includes(agent)) return fail(noSpender);
  const limitNanoUsd = limit === null ? null : parseUsd(limit);
  if (limit !== null && limitNanoUsd === null) return fail(wrongLimit);
  const id = budgetId(period, agent);
  const deed = { viewer, action: 'budget.set', subjectId: id };
  const now = deps.clock();
  const spent = await loadSpentIn(deps.db, period, agent, now);
  if (limitNanoUsd !== null && spent >= limitNanoUsd) {
    const refusal = { ...deed, outcome: 'DENIED', code: 'BUDGET_TOO_LOW' } as const;
    await deps.db.transaction((tx) => audit(tx, refusal, now));
    return fail(tooLow(spent));
  }
  await deps.db.transaction(async (tx) => {
    const before = await tx.budget.findUnique({ where: { id } });
    const values = { limitNanoUsd: limitNanoUsd ?? 0n, action };
    if (limitNanoUsd === null) await tx.budget.deleteMany({ where: { id } });
    else
      await tx.budget.upsert({
        where: { id },
        create: { id, period, agent, ...values },
        update: { ...values, toldFor: null },
      });
    const limits = {
      before: before && formatUsd(before.limitNanoUsd),
      after: limitNanoUsd === null ? null : formatUsd(limitNanoUsd),
    };
    await audit(tx, { ...deed, outcome: 'SUCCEEDED', changes: { limit: limits, action } }, now);
  });
  return ok(limitNanoUsd === null ? null : { id, period, agent, limit: limitNanoUsd, spent, action });
}

const operatorsOnly = userError('FORBIDDEN', 'Only operators may set budgets.', '只有營運人員可以設定預算。');
const noSpender = userError('INVALID', 'This agent calls no models.', '這個代理不會呼叫模型。', ['input', 'agent']);
const wrongLimit = userError(
  'INVALID',
  'A limit is an amount above zero with at most nine digits after the point.',
  '上限必須是大於零的金額，小數最多九位。',
  ['input', 'limit'],
);
const tooLow = (spent: bigint) =>
  userError(
    'BUDGET_TOO_LOW',
    `In this period ${formatUsd(spent)} US dollars are spent already.`,
    `本期已支出 ${formatUsd(spent)} 美元。`,
    ['input', 'limit'],
  );
