import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { silent } from '@supportgraph/kernel';
import { findEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from '@supportgraph/data';
import { reap } from '@supportgraph/data/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

const fixture = fileURLToPath(new URL('embeddedServer.fixture.ts', import.meta.url));
let parent: string;
/** One folder for all tests, since making a new one takes seconds. */
let dataDir: string;
let callOffReaper: () => Promise<void>;
const open: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-embedded-'));
  await chmod(parent, 0o755);
  dataDir = path.join(parent, 'postgres');
  callOffReaper = reap(path.join(dataDir, 'postmaster.pid'), parent);
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.stop();
});
afterAll(async () => {
  // Takes over what a failed test may have left.
  await (await startEmbeddedPostgres({ dataDir, log: silent })).stop();
  await callOffReaper();
  await rm(parent, { recursive: true });
});

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: folder, log: silent });
  open.push(server);
  return server;
}

/** A process of its own that holds a server. */
async function startElsewhere(): Promise<{ url: string; pid: number; child: ChildProcess }> {
  const child = fork(fixture, [dataDir], { execArgv: ['--import', 'tsx'] });
  const [{ url, pid }] = (await once(child, 'message')) as [{ url: string; pid: number }];
  open.push({ stop: async () => void child.kill('SIGKILL') });
  return { url, pid, child };
}

async function ask(url: string, text: string) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a second start keeps the data, and a stop leaves no process', async () => {
  const first = await start();
  await ask(first.url, 'CREATE TABLE after_stop AS SELECT 42 AS n');
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const second = await start();
  expect(await ask(second.url, 'SELECT n FROM after_stop')).toEqual([{ n: 42 }]);
});

test('trigrams of Chinese are not empty', async () => {
  const { url } = await start();
  await ask(url, 'CREATE EXTENSION pg_trgm');
  const [row] = await ask(url, "SELECT show_trgm('退貨') AS t");
  expect(row.t.length).toBeGreaterThan(2);
});

test('nobody comes in without the password, and its file is readable by its owner only', async () => {
  const { url } = await start();
  const guess = new URL(url);
  guess.password = 'postgres';
  await expect(ask(guess.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  const { mode } = await stat(path.join(dataDir, 'supportgraph.password'));
  expect(mode & 0o777).toBe(0o600);
});

test('a server left by a killed process is taken over with its data, and can be stopped', async () => {
  const orphan = await startElsewhere();
  await ask(orphan.url, 'CREATE TABLE after_orphan AS SELECT 42 AS n');
  orphan.child.kill('SIGKILL');
  await once(orphan.child, 'exit');
  const heir = await start();
  expect(heir).toMatchObject({ pid: orphan.pid, url: orphan.url });
  expect(await ask(heir.url, 'SELECT n FROM after_orphan')).toEqual([{ n: 42 }]);
  await heir.stop();
  await vi.waitFor(() => expect(existsSync(path.join(dataDir, 'postmaster.pid'))).toBe(false));
});

test('a server that was killed itself starts again with what was committed', async () => {
  const first = await start();
  await ask(first.url, 'CREATE TABLE after_crash AS SELECT 42 AS n');
  process.kill(first.pid, 'SIGKILL');
  await vi.waitFor(() => expect(isAlive(first.pid)).toBe(false));
  const second = await start();
  expect(await ask(second.url, 'SELECT n FROM after_crash')).toEqual([{ n: 42 }]);
});

test('a process that ends without stopping its server takes it along', async () => {
  const { pid, child } = await startElsewhere();
  child.send('exit');
  await once(child, 'exit');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 });
});

test('a data folder that another living process uses is refused, and that process goes on', async () => {
  const other = await startElsewhere();
  await expect(start()).rejects.toThrow(`in use by process ${other.child.pid}`);
  expect(await ask(other.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  other.child.send('stop');
  await once(other.child, 'exit');
});

test('the server of another living process can be found and used beside it; without such a process none is found', async () => {
  expect(await findEmbeddedPostgres({ dataDir: path.join(parent, 'never started') })).toBeNull();
  const other = await startElsewhere();
  expect(await findEmbeddedPostgres({ dataDir })).toBe(other.url);
  expect(await ask(other.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  other.child.send('stop');
  await once(other.child, 'exit');
  expect(await findEmbeddedPostgres({ dataDir })).toBeNull();
});

test('the number of a single-user server in postmaster.pid, which is negative, is signalled by nobody', async () => {
  await (await start()).stop();
  await writeFile(path.join(dataDir, 'postmaster.pid'), '-1\n\n\n1\n\n\n');
  const { url } = await start();
  expect(await ask(url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

test('a first start that was cut off is begun anew', async () => {
  await (await start()).stop();
  await rm(path.join(dataDir, 'supportgraph.password'));
  const { url } = await start();
  expect(await ask(url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

test('below a folder that only its owner may enter the data are kept too', async () => {
  const closed = path.join(parent, 'closed');
  await mkdir(closed, { mode: 0o700 });
  const first = await start(path.join(closed, 'postgres'));
  const [row] = await ask(first.url, 'SHOW data_directory');
  open.unshift({ stop: () => rm(row.data_directory, { recursive: true }) });
  await ask(first.url, 'CREATE TABLE after_closed AS SELECT 42 AS n');
  await first.stop();
  const second = await start(path.join(closed, 'postgres'));
  expect(await ask(second.url, 'SELECT n FROM after_closed')).toEqual([{ n: 42 }]);
});
