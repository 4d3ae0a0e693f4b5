import type { Database } from '@supportgraph/data';
import { noUsage, type UsageDimension, type UsageInterval, type UsageRecord, type UsageWish } from '../domain/usage.js';

type Queries = Pick<Database, 'query'>;

/** Columns of {@link UsageRow}, over calls `c`. */
const sums = `
  count(*) FILTER (WHERE c.saved_nano_usd IS NULL) AS calls,
  coalesce(sum(c.input_tokens::bigint + c.cache_write_tokens), 0)::bigint AS input,
  coalesce(sum(c.cache_read_tokens), 0)::bigint AS cached,
  coalesce(sum(c.output_tokens), 0)::bigint AS output,
  coalesce(sum(c.cost_nano_usd), 0)::text AS cost,
  count(c.saved_nano_usd) AS hits,
  coalesce(sum(c.saved_nano_usd), 0)::text AS saved`;

interface UsageRow {
  calls: number;
  input: number;
  cached: number;
  output: number;
  cost: string;
  hits: number;
  saved: string;
}

function usageOf({ calls, input, cached, output, cost, hits, saved }: UsageRow): UsageRecord {
  return {
    modelCalls: calls,
    inputTokens: input,
    cachedInputTokens: cached,
    outputTokens: output,
    cost: BigInt(cost),
    cacheHits: hits,
    costSaved: BigInt(saved),
  };
}

const within = 'c.occurred_at >= $1 AND c.occurred_at < $2';

/** All that was used, and by how many sessions and turns. */
export async function loadTotal({ query }: Queries, { from, before }: UsageWish) {
  const [row] = await query<UsageRow & { sessions: number; turns: number }>(
    `SELECT ${sums}, count(DISTINCT c.session_id) AS sessions, count(DISTINCT c.turn_id) AS turns
       FROM router.model_calls c WHERE ${within}`,
    [from, before],
    'router-usage-total',
  );
  return { usage: usageOf(row!), sessions: row!.sessions, turns: row!.turns };
}

const columns: Readonly<Record<UsageDimension, string>> = {
  AGENT: 'c.agent::text',
  MODEL: 'c.model',
  INTENT: 'c.intent::text',
  CHANNEL: 'c.channel::text',
  API_CLIENT: 'c.api_client_id',
};

/** What was used by group, the dearest first. The value of calls that have none is `NONE`. */
export async function loadGroups({ query }: Queries, { from, before, groupBy }: UsageWish, count: number) {
  const keys = groupBy.map((dimension, place) => `coalesce(${columns[dimension]}, 'NONE') AS key${place}`);
  const places = groupBy.map((_, place) => `key${place}`).join(', ');
  const rows = await query<UsageRow & Record<string, string>>(
    `SELECT ${keys.join(', ')}, ${sums} FROM router.model_calls c WHERE ${within}
       GROUP BY ${places} ORDER BY coalesce(sum(c.cost_nano_usd), 0) DESC, ${places} LIMIT $3`,
    [from, before, count],
  );
  return rows.map((row) => ({
    keys: groupBy.map((dimension, place) => ({ dimension, value: row[`key${place}`]! })),
    usage: usageOf(row),
  }));
}

const units: Readonly<Record<UsageInterval, string>> = { HOUR: 'hour', DAY: 'day', MONTH: 'month' };

/** What was used in each step, the oldest first; also in those in which nothing was. */
export async function loadSeries({ query }: Queries, { from, before, interval }: UsageWish) {
  const rows = await query<UsageRow & { at: Date }>(
    `WITH used AS (
       SELECT date_trunc($3, c.occurred_at, 'UTC') AS at, ${sums} FROM router.model_calls c WHERE ${within} GROUP BY 1
     )
     SELECT step AS at, coalesce(calls, 0) AS calls, coalesce(input, 0) AS input, coalesce(cached, 0) AS cached,
         coalesce(output, 0) AS output, coalesce(cost, '0') AS cost, coalesce(hits, 0) AS hits, coalesce(saved, '0') AS saved
       FROM generate_series(date_trunc($3, $1::timestamptz, 'UTC'), $2::timestamptz - interval '1 ms', ('1 ' || $3)::interval, 'UTC') AS step
       LEFT JOIN used ON used.at = step ORDER BY step`,
    [from, before, units[interval]],
    'router-usage-series',
  );
  return rows.map((row) => ({ at: row.at, usage: usageOf(row) }));
}

/** What was used for each of these turns, or sessions. */
export async function loadUsageOf(
  { query }: Queries,
  of: 'turn' | 'session',
  ids: readonly string[],
): Promise<UsageRecord[]> {
  const rows = await query<UsageRow & { id: string }>(
    `SELECT c.${of}_id AS id, ${sums} FROM router.model_calls c WHERE c.${of}_id = ANY($1) GROUP BY 1`,
    [ids],
    `router-usage-of-${of}s`,
  );
  const byId = new Map(rows.map((row) => [row.id, usageOf(row)]));
  return ids.map((id) => byId.get(id) ?? noUsage);
}
