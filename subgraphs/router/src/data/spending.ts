import { sessionSql, type AgentKind } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import { startOf, type BudgetAction, type BudgetPeriod, type BudgetRecord, type Spent } from '../domain/budget.js';
import type { NewModelCall } from '../domain/modelCall.js';
import type { NanoUsd } from '../domain/usd.js';

/** Rows that a day's spending of one agent is spread over. */
const shards = 8;

const insertCall = `
  WITH session AS (${sessionSql('$3')}), call AS (
    INSERT INTO router.model_calls
      (id, occurred_at, session_id, turn_id, agent, intent, channel, customer_id, api_client_id, model, input_tokens,
       cache_read_tokens, cache_write_tokens, output_tokens, cost_nano_usd, price_version, saved_nano_usd, ms, first_token_ms)
    VALUES ($1, $2, $3, $4, $5::text::conversation.agent_kind, $6::text::conversation.intent,
      (SELECT channel FROM session), (SELECT customer_id FROM session), (SELECT api_client_id FROM session),
      $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
    ON CONFLICT DO NOTHING RETURNING id
  )
  INSERT INTO router.day_spending AS d (day, agent, shard, nano_usd)
  SELECT ($2::timestamptz AT TIME ZONE 'UTC')::date, $5::text::conversation.agent_kind, $17, $12::bigint
    FROM call WHERE $12::bigint > 0
  ON CONFLICT (day, agent, shard) DO UPDATE SET nano_usd = d.nano_usd + excluded.nano_usd`;

/** A call to be kept. What is kept of its session is read as it is stored. */
export type StoredCall = Omit<NewModelCall, 'channel' | 'customerId' | 'apiClientId'>;

/** Keeps a model call, or one that was saved, and adds it to the day's spending: one statement, which may be sent twice. */
export async function storeCall({ query }: Pick<Database, 'query'>, call: StoredCall): Promise<void> {
  const { counts } = call;
  await query(
    insertCall,
    [
      ...[call.id, call.occurredAt, call.sessionId, call.turnId, call.agent, call.intent],
      ...[call.model, counts.inputTokens, counts.cacheReadTokens],
      ...[counts.cacheWriteTokens, counts.outputTokens, call.costNanoUsd, call.priceVersion, call.savedNanoUsd],
      ...[call.ms, call.firstTokenMs, Math.floor(Math.random() * shards)],
    ],
    'router-store-call',
  );
}

interface BudgetRow {
  id: string;
  period: BudgetPeriod;
  agent: AgentKind | null;
  limit: string;
  spent: string;
  action: BudgetAction;
}

const budgetsWithSpent = `
  SELECT b.id, b.period, b.agent, b.limit_nano_usd::text AS limit, b.action, coalesce((
      SELECT sum(d.nano_usd) FROM router.day_spending d
        WHERE d.day >= CASE b.period WHEN 'DAY' THEN $1::date ELSE $2::date END AND d.day <= $1::date
          AND (b.agent IS NULL OR d.agent = b.agent)), 0)::text AS spent
    FROM router.budgets b`;

const daysOf = (now: Date) => [startOf('DAY', now), startOf('MONTH', now)].map((day) => day.toISOString().slice(0, 10));

/** All budgets, with what is spent of them. */
export async function loadBudgets({ query }: Pick<Database, 'query'>, now: Date): Promise<BudgetRecord[]> {
  const rows = await query<BudgetRow>(
    `${budgetsWithSpent} ORDER BY b.period, b.agent NULLS FIRST`,
    daysOf(now),
    'router-budgets',
  );
  return rows.map(budgetOf);
}

function budgetOf({ limit, spent, ...budget }: BudgetRow): BudgetRecord {
  return { ...budget, limit: BigInt(limit), spent: BigInt(spent) };
}

/** What an agent (null: all) has spent in the period under way. */
export async function loadSpentIn(
  { query }: Pick<Database, 'query'>,
  period: BudgetPeriod,
  agent: AgentKind | null,
  now: Date,
): Promise<NanoUsd> {
  const [today, firstOfMonth] = daysOf(now);
  const [row] = await query<{ spent: string }>(
    `SELECT coalesce(sum(nano_usd), 0)::text AS spent FROM router.day_spending
       WHERE day BETWEEN $1::date AND $2::date AND ($3::text IS NULL OR agent = $3::text::conversation.agent_kind)`,
    [period === 'DAY' ? today : firstOfMonth, today, agent],
    'router-spent-in',
  );
  return BigInt(row!.spent);
}

// A bare date would become a time in the database's own time zone.
const spentBefore = `
  SELECT
    (SELECT coalesce(sum(cost_nano_usd), 0)::text FROM router.model_calls WHERE session_id = $3) AS session,
    (SELECT coalesce(sum(cost_nano_usd), 0)::text FROM router.model_calls WHERE occurred_at >= $1::date::timestamp AT TIME ZONE 'UTC'
        AND customer_id = coalesce($4, (SELECT customer_id FROM (${sessionSql('$3')}) s))) AS customer,
    (SELECT coalesce(json_agg(b), '[]') FROM (${budgetsWithSpent}) b) AS budgets`;

/** What was spent until now by a session, by a customer (who may be known by the session only) today, and of each budget. */
export async function loadSpent(
  { query }: Pick<Database, 'query'>,
  spender: { sessionId: string | null; customerId: string | null },
  now: Date,
): Promise<Spent & { budgets: BudgetRecord[] }> {
  const [row] = await query<{ session: string; customer: string; budgets: BudgetRow[] }>(
    spentBefore,
    [...daysOf(now), spender.sessionId, spender.customerId],
    'router-spent',
  );
  const { session, customer, budgets } = row!;
  return { session: BigInt(session), customer: BigInt(customer), budgets: budgets.map(budgetOf) };
}

/** True for the one caller that is the first to tell that a budget is spent in the period under way. */
export async function claimTelling(
  { query }: Pick<Database, 'query'>,
  { id, period }: Pick<BudgetRecord, 'id' | 'period'>,
  now: Date,
): Promise<boolean> {
  const rows = await query(
    'UPDATE router.budgets SET told_for = $2::date WHERE id = $1 AND (told_for IS NULL OR told_for < $2::date) RETURNING id',
    [id, startOf(period, now).toISOString().slice(0, 10)],
    'router-claim-telling',
  );
  return rows.length > 0;
}

// Only days with spending have rows, so the first is found at once, however long there was nothing but an offline model.
const dailyCosts = `
  WITH began AS (
    SELECT min(occurred_at) AS at FROM router.model_calls WHERE cost_nano_usd > 0
      AND occurred_at >= (SELECT min(day) FROM router.day_spending)::timestamp AT TIME ZONE 'UTC'
  ), days AS (
    SELECT ago, $2::timestamptz - (ago + 1) * interval '24 hours' AS after, $2::timestamptz - ago * interval '24 hours' AS until
      FROM generate_series($1::integer - 1, 0, -1) AS d (ago)
  )
  SELECT coalesce((SELECT sum(c.cost_nano_usd) FROM router.model_calls c
      WHERE c.occurred_at > days.after AND c.occurred_at <= days.until), 0)::text AS cost
    FROM days, began WHERE began.at <= CASE ago WHEN 0 THEN days.until ELSE days.after END ORDER BY ago DESC`;

/**
 * What each of the last days (of 24 hours, ending now) cost, the oldest first. Models were first paid for at some time in
 * a day: that day is not a whole one and is left out, unless there is no other.
 */
export async function loadDailyCosts({ query }: Pick<Database, 'query'>, days: number, now: Date): Promise<NanoUsd[]> {
  const rows = await query<{ cost: string }>(dailyCosts, [days, now], 'router-daily-costs');
  return rows.map(({ cost }) => BigInt(cost));
}
