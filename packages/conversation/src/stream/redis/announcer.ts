import type { Logger } from '@supportgraph/kernel';
import { RedisPubSub } from 'graphql-redis-subscriptions';
import { Redis } from 'ioredis';
import type { Announcement } from '../entry.js';
import type { Listener, Listening } from '../follow.js';
import { redisOptions } from './connection.js';

/** Hears what is published about streams, over one connection and one subscription for each stream listened to. */
export interface Announcer {
  listen(channel: string, listener: Listener): Listening;
  close(): Promise<void>;
}

export interface AnnouncerOptions {
  /** Reads a published message; null if it is none of ours. */
  parse: (message: unknown) => Announcement | null;
  /** How often the connection is tried, in ms: one that is cut without a word would be silent for ever. */
  heartbeatMs: number;
  /** How long it may be silent then before it is given up for another, in ms. */
  silenceMs: number;
  log: Logger;
}

interface Feed {
  listeners: Set<Listener>;
  /** Resolves with RedisPubSub's number of the subscription, once Redis has confirmed it. */
  subscription: Promise<number>;
}

/** Opens an {@link Announcer}; returns at once. */
export function announcer(url: string, { parse, heartbeatMs, silenceMs, log }: AnnouncerOptions): Announcer {
  const redis = new Redis(url, { ...redisOptions, socketTimeout: silenceMs, autoResubscribe: false });
  const pubsub = new RedisPubSub({ subscriber: uncomplaining(redis), publisher: redis });
  const feeds = new Map<string, Feed>();
  let isHearing = false;
  const heartbeat = setInterval(ping, heartbeatMs);
  heartbeat.unref();
  redis.on('error', (error: Error) => log.debug({ error: error.message }, 'redis connection failed'));
  redis.on('close', () => {
    if (isHearing) log.warn({ streams: feeds.size }, 'event log away');
    isHearing = false;
  });
  redis.on('ready', () => void resume());

  return {
    listen(channel, listener) {
      const feed = feeds.get(channel) ?? open(channel);
      feed.listeners.add(listener);
      return { heard: feed.subscription.then(() => {}), stop: () => leave(channel, feed, listener) };
    },
    async close() {
      clearInterval(heartbeat);
      for (const { listeners } of feeds.values()) for (const listener of [...listeners]) listener.closed();
      feeds.clear();
      isHearing = false;
      const isConnected = redis.status === 'ready';
      const ended = new Promise<void>((resolve) => redis.once('end', resolve));
      redis.disconnect();
      if (isConnected) await ended;
    },
  };

  function open(channel: string): Feed {
    const listeners = new Set<Listener>();
    const publish = (message: unknown) => {
      const announcement = parse(message);
      for (const listener of [...listeners]) {
        if (announcement) listener.announced(announcement);
        else listener.lapsed();
      }
    };
    const feed = { listeners, subscription: pubsub.subscribe(channel, publish) };
    feeds.set(channel, feed);
    return feed;
  }

  function leave(channel: string, feed: Feed, listener: Listener) {
    if (!feed.listeners.delete(listener) || feed.listeners.size) return;
    if (feeds.get(channel) === feed) feeds.delete(channel);
    void feed.subscription.then((id) => pubsub.unsubscribe(id));
  }

  /** What was published while the connection was away is lost: all listeners read the log again, once they hear. */
  async function resume() {
    // Not left to ioredis, which does not tell when it is done and lets its failure go unhandled.
    const isDone = feeds.size ? await succeeds(redis.subscribe(...feeds.keys())) : true;
    if (!isDone) return;
    isHearing = true;
    log.info({ streams: feeds.size }, 'event log connected');
    for (const { listeners } of feeds.values()) for (const listener of [...listeners]) listener.lapsed();
  }

  /** If Redis stays silent, `socketTimeout` ends the connection and ioredis opens another. */
  function ping() {
    if (redis.status === 'ready') void succeeds(redis.ping());
  }
}

function succeeds(answer: Promise<unknown>): Promise<boolean> {
  return answer.then(
    () => true,
    () => false,
  );
}

/**
 * The part of a client that RedisPubSub uses to subscribe. Closing makes waiting commands fail, and RedisPubSub leaves
 * such failures unhandled, which would end the process; so they stay without an answer. Patterns are never used.
 */
function uncomplaining(redis: Redis): Redis {
  const subscriber = {
    on: redis.on.bind(redis),
    subscribe: (channel: string, done: () => void) =>
      void succeeds(redis.subscribe(channel)).then((isDone) => isDone && done()),
    unsubscribe: (channel: string) => void succeeds(redis.unsubscribe(channel)),
    punsubscribe: () => {},
  };
  // RedisPubSub asks for a whole client but calls only these.
  return subscriber as unknown as Redis;
}
