import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'amqplib';
import type { Found } from '../../../../scripts/testServices.js';
import { freePort } from '../embedded/freePort.js';
import { makeProxy } from './proxy.js';
import { reap } from './reaper.js';

export interface TestRabbitMq {
  url: string;
  /** Cuts all connections and takes no new ones: RabbitMQ is away. What it holds, it keeps. */
  cut(): Promise<void>;
  /** It is there again. */
  mend(): Promise<void>;
  stop(): Promise<void>;
}

interface Server {
  url: string;
  stop(): Promise<void>;
}

const startTimeoutMs = 90_000;
/** Debian's program on the PATH changes the user and its folders; this is the one that it calls. */
const debianProgram = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** A RabbitMQ of the test's own, behind a proxy. It takes about 13 s to start. */
export async function makeTestRabbitMq(found: Found): Promise<TestRabbitMq> {
  const server = await serverOf(found);
  const target = new URL(server.url);
  const proxy = await makeProxy(target.hostname, Number(target.port || 5672));
  await proxy.open();
  const near = new URL(target);
  near.host = `127.0.0.1:${proxy.port}`;
  return {
    url: near.href,
    cut: async () => void (await proxy.cut()),
    mend: () => proxy.open(),
    async stop() {
      await proxy.cut();
      await server.stop();
    },
  };
}

async function serverOf(found: Found): Promise<Server> {
  switch (found.kind) {
    case 'missing':
      throw new Error(found.problem);
    case 'url':
      return { url: found.url, stop: async () => {} };
    case 'program':
      return startProgram(existsSync(debianProgram) ? debianProgram : found.path);
    case 'docker':
      return startContainer(found.image);
  }
}

/** With ports, a node name, folders and a cookie of its own, and a port mapper (epmd) that does not outlive it. */
async function startProgram(program: string): Promise<Server> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'supportgraph-rabbitmq-'));
  const [port, distributionPort, mapperPort] = [await freePort(), await freePort(), await freePort()];
  const files = { pid: path.join(folder, 'pid'), plugins: path.join(folder, 'plugins') };
  await writeFile(files.plugins, '[].');
  await mkdir(path.join(folder, 'log'));
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    ERL_EPMD_PORT: String(mapperPort),
    RABBITMQ_NODENAME: `test${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_MNESIA_BASE: path.join(folder, 'mnesia'),
    RABBITMQ_SCHEMA_DIR: path.join(folder, 'schema'),
    RABBITMQ_GENERATED_CONFIG_DIR: path.join(folder, 'config'),
    RABBITMQ_LOG_BASE: path.join(folder, 'log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_PID_FILE: files.pid,
    RABBITMQ_ENABLED_PLUGINS_FILE: files.plugins,
    RABBITMQ_CONFIG_FILE: path.join(folder, 'none'),
    RABBITMQ_CONF_ENV_FILE: path.join(folder, 'none'),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +S 1:1',
  };
  const mapper = spawn('epmd', ['-port', String(mapperPort), '-address', '127.0.0.1'], { env, stdio: 'ignore' });
  const mapperFolder = path.join(folder, 'epmd');
  // Detached: a shell starts the server, so that only the group can be killed as one.
  const child = spawn(program, [], { env, stdio: 'ignore', detached: true });
  const calls = [reap(mapper.pid!, mapperFolder), reap(files.pid, folder)];
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  await answers(url, child);
  return {
    url,
    async stop() {
      for (const callOff of calls) await callOff();
      const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
      process.kill(-child.pid!, 'SIGKILL');
      mapper.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function startContainer(image: string): Promise<Server> {
  const port = await freePort();
  const name = `supportgraph-rabbitmq-${port}`;
  const child = spawn('docker', ['run', '--rm', '--name', name, '-p', `127.0.0.1:${port}:5672`, image], {
    stdio: 'ignore',
  });
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  await answers(url, child);
  return { url, stop: async () => void spawnSync('docker', ['kill', name], { stdio: 'ignore' }) };
}

/** Waits until the server answers; fails at once if it ends instead. */
async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  let ended = false;
  child.once('close', () => (ended = true));
  while (!(await isUp(url))) {
    if (ended || Date.now() > deadline) throw new Error('The RabbitMQ of the tests did not start');
    await wait(100);
  }
}

async function isUp(url: string): Promise<boolean> {
  try {
    const model = await connect(url, { timeout: 2_000 });
    await model.close();
    return true;
  } catch {
    return false;
  }
}
