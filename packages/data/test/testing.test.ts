import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testDatabase, testRedis } from '@supportgraph/data/testing';
import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';
import { findService } from '../../../scripts/testServices.js';
import { makeTestRedis } from '../src/testing/redis.js';

const reaper = fileURLToPath(new URL('../src/testing/reaper.mjs', import.meta.url));

test('two test databases know nothing of each other, and a dropped one is gone', async () => {
  const [a, b] = await Promise.all([testDatabase(), testDatabase()]);
  await a.db.query('CREATE TABLE only_here ()');
  expect(await b.db.query("SELECT to_regclass('only_here') AS found")).toEqual([{ found: null }]);
  const name = new URL(a.url).pathname.slice(1);
  await a.drop();
  expect(await b.db.query('SELECT FROM pg_database WHERE datname = $1', [name])).toEqual([]);
  await b.drop();
});

async function with1Key(url: string) {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null });
  client.on('error', () => undefined);
  await client.connect();
  await client.set('key', '1');
  return client;
}

test('a test Redis can be killed, comes back empty at the same URL, and is gone after stop', async () => {
  const redis = await testRedis();
  const client = await with1Key(redis.url);
  const lost = once(client, 'end');
  await redis.kill();
  await lost;
  await redis.start();
  const back = new Redis(redis.url);
  expect(await back.get('key')).toBeNull();
  await back.set('key', '2');
  await redis.flush();
  expect(await back.get('key')).toBeNull();
  back.disconnect();
  await redis.stop();
  await expect(with1Key(redis.url)).rejects.toThrow();
});

test('a Redis that somebody else runs looks the same to a test: it can be cut off and comes back empty', async () => {
  const server = await testRedis();
  const redis = await makeTestRedis({ kind: 'url', url: server.url });
  const client = await with1Key(redis.url);
  const lost = once(client, 'end');
  await redis.kill();
  await lost;
  await expect(with1Key(redis.url)).rejects.toThrow();
  await redis.start();
  const back = new Redis(redis.url);
  expect(await back.get('key')).toBeNull();
  back.disconnect();
  await redis.stop();
  await server.stop();
});

test('a missing Redis is one clear line', async () => {
  await expect(makeTestRedis({ kind: 'missing', problem: 'Tests need redis' })).rejects.toThrow('Tests need redis');
});

test('the environment names a service by URL or by path, and a wrong path is reported', () => {
  vi.stubEnv('TEST_REDIS_URL', 'redis://example.test');
  expect(findService('redis')).toEqual({ kind: 'url', url: 'redis://example.test' });
  vi.stubEnv('TEST_REDIS_URL', '');
  vi.stubEnv('REDIS_SERVER', process.execPath);
  expect(findService('redis')).toEqual({ kind: 'program', path: process.execPath });
  vi.stubEnv('REDIS_SERVER', '/nowhere');
  expect(findService('redis')).toEqual({
    kind: 'missing',
    problem: 'REDIS_SERVER names /nowhere, which cannot be run.',
  });
  vi.unstubAllEnvs();
});

test('a server whose tests were killed is stopped, and its folder removed', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-reaped-'));
  const server = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  // The reaper sees the end of the tests as the end of this pipe.
  const watching = spawn(process.execPath, [reaper, String(server.pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watching.stdin.end();
  await ended;
  await once(watching, 'exit');
  expect(existsSync(folder)).toBe(false);
});
