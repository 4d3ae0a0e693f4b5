import type { Logger } from '@supportgraph/kernel';
import { Redis } from 'ioredis';
import type { Demand, Taken } from './bucket.js';
import type { EdgeStore } from './edgeStore.js';
import { memoryEdge } from './memoryEdge.js';

export interface RedisEdgeOptions {
  url: string;
  log: Logger;
  /** How long Redis may take before this process decides by itself, in ms. @default 250 */
  timeoutMs?: number;
  /** How long it is not asked again after that, in ms. @default 1_000 */
  awayMs?: number;
}

const prefix = 'supportgraph:edge:';
const documentSeconds = 7 * 24 * 3_600;

/**
 * The arithmetic of `bucket.ts`. Time is Redis's own, as the clocks of gateways differ. ARGV: amount and perMinute of
 * each key. Answers 1 or 0, the wait in ms, and what each bucket has left.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local filled, wait = {}, 0
for i, key in ipairs(KEYS) do
  local amount, per = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local known = redis.call('HMGET', key, 'left', 'at')
  local left, at = tonumber(known[1]) or per, tonumber(known[2]) or now
  filled[i] = math.min(per, left + math.max(0, now - at) * per / 60000)
  wait = math.max(wait, (math.min(amount, per) - filled[i]) * 60000 / per)
end
local answer = { wait > 0 and 0 or 1, math.ceil(wait) }
for i, key in ipairs(KEYS) do
  local amount, per = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local left = filled[i]
  if wait <= 0 then left = math.min(per, left - math.min(amount, per)) end
  redis.call('HSET', key, 'left', tostring(left), 'at', tostring(now))
  redis.call('PEXPIRE', key, 120000)
  answer[i + 2] = math.floor(left)
end
return answer`;

/**
 * Rates and documents that all gateways share. While Redis is away, each gateway keeps emergency buckets of its own with
 * half of every rate, and the documents that it has seen itself: so an outage neither opens the gate nor closes it.
 */
export function redisEdge({ url, log, timeoutMs = 250, awayMs = 1_000 }: RedisEdgeOptions): EdgeStore {
  const redis = new Redis(url, {
    // A command either runs now or not at all: what it was for does not wait.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: timeoutMs,
    connectTimeout: 3_000,
    retryStrategy: (attempt) => Math.min(1_000, 20 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2),
    scripts: { takeFromBuckets: { lua: takeScript } },
  });
  redis.on('error', (error: Error) => log.debug({ error: error.message }, 'redis connection of the edge failed'));
  const own = memoryEdge();
  let awayUntil = 0;

  /** Asks Redis, or answers without it; after a failure it is left alone for a while. */
  const withRedis = async <T>(ask: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> => {
    if (redis.status !== 'ready' || Date.now() < awayUntil) return otherwise();
    try {
      return await ask();
    } catch (error) {
      awayUntil = Date.now() + awayMs;
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'the edge goes on without redis');
      return otherwise();
    }
  };

  return {
    take: (demands) =>
      withRedis(
        async () => takenOf(await runTake(redis, demands)),
        () => own.take(demands.map(halved)),
      ),
    async findDocument(sha256) {
      const text = await own.findDocument(sha256);
      if (text !== null) return text;
      const found = await withRedis(
        () => redis.get(`${prefix}document:${sha256}`),
        () => Promise.resolve(null),
      );
      if (found !== null) own.keepDocument(sha256, found);
      return found;
    },
    keepDocument(sha256, text) {
      own.keepDocument(sha256, text);
      const keep = () => redis.set(`${prefix}document:${sha256}`, text, 'EX', documentSeconds);
      void withRedis<unknown>(keep, () => Promise.resolve(null));
    },
    close() {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

function runTake(redis: Redis, demands: readonly Demand[]): Promise<unknown> {
  const keys = demands.map(({ key }) => prefix + key);
  const values = demands.flatMap(({ amount, perMinute }) => [amount, perMinute]);
  // Defined by `scripts` above; ioredis sends its hash, and the text once.
  const { takeFromBuckets } = redis as unknown as { takeFromBuckets(...args: unknown[]): Promise<unknown> };
  return takeFromBuckets.call(redis, keys.length, ...keys, ...values);
}

function takenOf(answer: unknown): Taken {
  // Written by the script above.
  const [granted, waitMs, ...left] = answer as number[];
  return { ok: granted === 1, retryAfterMs: waitMs!, left };
}

function halved({ key, amount, perMinute }: Demand): Demand {
  return { key, amount, perMinute: Math.max(1, perMinute / 2) };
}
