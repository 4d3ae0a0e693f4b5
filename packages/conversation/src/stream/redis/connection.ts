import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from '@supportgraph/kernel';
import { Redis, type RedisOptions, ReplyError } from 'ioredis';
import { EventLogUnavailable } from '../eventLog.js';
import type { Script } from './scripts.js';

/** A connection for scripts: each is answered, or fails as unavailable, within a time. */
export interface ScriptConnection {
  /**
   * Runs a script. If the connection breaks before the answer it runs again, with `again` true, within the same time.
   * @throws {EventLogUnavailable}
   */
  run(
    script: Script,
    keys: readonly string[],
    args: (again: boolean) => readonly (string | number)[],
  ): Promise<unknown>;
  close(): Promise<void>;
}

/** Options of every connection: it reconnects for ever, and soon. */
export const redisOptions = {
  maxRetriesPerRequest: null,
  connectTimeout: 3_000,
  keepAlive: 10_000,
  retryStrategy: (attempt) => Math.min(1_000, 20 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2),
} as const satisfies RedisOptions;

export interface ScriptConnectionOptions {
  /** How long a script may take, in ms. */
  timeoutMs: number;
  /** How long the connection may be silent after a command before it is given up for another, in ms. */
  silenceMs: number;
  log: Logger;
}

/** Opens a {@link ScriptConnection}; returns at once. */
export function scriptConnection(url: string, options: ScriptConnectionOptions): ScriptConnection {
  const { timeoutMs, silenceMs, log } = options;
  // Nothing waits inside ioredis: a command that was given up must not run later, after newer ones.
  const redis = new Redis(url, {
    ...redisOptions,
    socketTimeout: silenceMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
  });
  const unanswered = new Set<(error: Error) => void>();
  let awaySince: number | null = performance.now();
  redis.setMaxListeners(0);
  redis.on('error', (error: Error) => log.debug({ error: error.message }, 'redis connection failed'));
  redis.on('ready', () => {
    awaySince = null;
  });
  redis.on('close', () => {
    awaySince ??= performance.now();
    for (const reject of [...unanswered]) reject(new Error('The connection was closed before the answer.'));
  });

  return {
    async run(script, keys, args) {
      const deadline = performance.now() + timeoutMs;
      for (let again = false; ; again = true) {
        await ready(deadline);
        const words = [keys.length, ...keys, ...args(again)];
        try {
          return await inTime(deadline, evaluate(script, words));
        } catch (error) {
          if (error instanceof EventLogUnavailable) throw error;
          if (error instanceof ReplyError) throw new EventLogUnavailable('Redis refused.', { cause: error });
          // The connection broke; its `close` may still be to come.
          await nextTurn();
        }
      }
    },
    async close() {
      if (redis.status === 'ready') await inTime(performance.now() + timeoutMs, redis.quit()).catch(() => {});
      redis.disconnect();
    },
  };

  /** Waits for the connection, but not again and again while it is away for long. */
  async function ready(deadline: number) {
    while (redis.status !== 'ready') {
      const leftMs = Math.min(deadline, (awaySince ?? deadline) + timeoutMs) - performance.now();
      if (leftMs <= 0 || redis.status === 'end') throw new EventLogUnavailable('Redis is away.');
      // An attempt that failed rejects too: the next one may succeed.
      await once(redis, 'ready', { signal: AbortSignal.timeout(Math.ceil(leftMs)) }).catch(() => {});
    }
  }

  async function evaluate({ text, sha }: Script, words: readonly (string | number)[]): Promise<unknown> {
    try {
      return await redis.call('EVALSHA', sha, ...words);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return redis.call('EVAL', text, ...words);
    }
  }

  /** The answer of a command; fails at the deadline, or as soon as the connection is closed. */
  function inTime<T>(deadline: number, answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        unanswered.delete(fail);
      };
      const fail = (error: unknown) => {
        settle();
        reject(error);
      };
      const leftMs = Math.max(0, deadline - performance.now());
      const timer = setTimeout(fail, leftMs, new EventLogUnavailable('Redis does not answer.'));
      unanswered.add(fail);
      answer.then((value) => {
        settle();
        resolve(value);
      }, fail);
    });
  }
}

/** Whether Redis does not have the script yet, or no longer; the first word of its errors is their code. */
function isUnknownScript(error: unknown): boolean {
  return error instanceof ReplyError && error instanceof Error && error.message.startsWith('NOSCRIPT ');
}
