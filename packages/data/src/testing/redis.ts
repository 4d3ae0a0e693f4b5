import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Found } from '../../../../scripts/testServices.js';
import { freePort } from '../embedded/freePort.js';
import { makeProxy } from './proxy.js';
import { reap } from './reaper.js';

export interface TestRedis {
  url: string;
  /** Kills the server, so that all it held is lost; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again, empty and at the same URL. */
  start(): Promise<void>;
  /** Removes all keys. */
  flush(): Promise<void>;
  /** Ends it for good and removes its files. */
  stop(): Promise<void>;
}

const startTimeoutMs = 20_000;

/** A Redis of the test's own. */
export async function makeTestRedis(found: Found): Promise<TestRedis> {
  switch (found.kind) {
    case 'missing':
      throw new Error(found.problem);
    case 'url':
      return redisBehindProxy(found.url);
    case 'program':
    case 'docker':
      return redisProcess(found);
  }
}

async function redisProcess(found: Extract<Found, { kind: 'program' | 'docker' }>): Promise<TestRedis> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const container = path.basename(folder);
  let running: { child: ChildProcess; gone: Promise<void>; callOff: () => Promise<void> } | null = null;

  const redis: TestRedis = {
    url,
    async start() {
      const child =
        found.kind === 'program'
          ? spawnProgram(found.path, port, folder)
          : spawnContainer(found.image, port, container);
      const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
      running = { child, gone, callOff: reap(child.pid!, folder) };
      await answers(url, gone);
    },
    async kill() {
      if (!running) return;
      const { child, gone, callOff } = running;
      running = null;
      await callOff();
      if (found.kind === 'docker') spawnSync('docker', ['kill', container], { stdio: 'ignore' });
      else child.kill('SIGKILL');
      await gone;
    },
    flush: () => flush(url),
    async stop() {
      await redis.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}

function spawnProgram(program: string, port: number, folder: string): ChildProcess {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  return spawn(program, settings, { stdio: 'ignore' });
}

function spawnContainer(image: string, port: number, name: string): ChildProcess {
  const settings = ['run', '--rm', '--name', name, '-p', `127.0.0.1:${port}:6379`, image, 'redis-server', '--save', ''];
  return spawn('docker', settings, { stdio: 'ignore' });
}

/**
 * A server that somebody else runs cannot be killed: a proxy in front of it cuts all connections instead, and the keys
 * are removed. Each test worker has a database number of its own.
 */
async function redisBehindProxy(target: string): Promise<TestRedis> {
  const own = new URL(target);
  own.pathname = `/${Number(process.env['VITEST_POOL_ID'] ?? 1) % 16}`;
  const proxy = await makeProxy(own.hostname, Number(own.port || 6379));
  const near = new URL(own);
  near.host = `127.0.0.1:${proxy.port}`;

  const redis: TestRedis = {
    url: near.href,
    start: () => proxy.open(),
    async kill() {
      if (await proxy.cut()) await flush(own.href);
    },
    flush: () => flush(own.href),
    stop: () => redis.kill(),
  };
  await flush(own.href);
  await redis.start();
  return redis;
}

async function flush(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null });
  await client.connect();
  await client.flushdb();
  client.disconnect();
}

/** Waits until the server answers; fails at once if it ends instead. */
async function answers(url: string, gone: Promise<void>): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  let ended = false;
  void gone.then(() => (ended = true));
  while (!(await isUp(url))) {
    if (ended || Date.now() > deadline) throw new Error('The Redis of the tests did not start');
    await wait(10);
  }
}

async function isUp(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null, connectTimeout: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
