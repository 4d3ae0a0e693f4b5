import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger, Running } from '@supportgraph/kernel';
import pg from 'pg';
import { runsAs, serverAccount, type Account } from './account.js';
import { findBinaries, type Binaries } from './binaries.js';
import { findDataFolder, prepareDataFolder, type DataFolder } from './dataFolder.js';
import { freePort } from './freePort.js';

export interface EmbeddedPostgresOptions {
  /** Folder of the server's files; made on the first start. */
  dataDir: string;
  /** Made if it is not there. @default 'supportgraph' */
  database?: string;
  /** Settings of the server, as in `postgresql.conf`. */
  settings?: Readonly<Record<string, string>>;
  log: Logger;
}

export interface EmbeddedPostgres extends Running {
  url: string;
  /** The server's process. */
  pid: number;
}

/** A server process and where it listens. */
interface Server {
  pid: number;
  port: number;
  /** PostgreSQL's own file, there while it runs. */
  pidFile: string;
  /** Null for a server that an earlier process of ours left behind. */
  child: ChildProcess | null;
}

const ownerFile = 'supportgraph.owner';
const starts = 5;
const startPauseMs = 300;
const stopTimeoutMs = 15_000;

/** Starts the PostgreSQL that comes from npm; one that a killed process left running on this folder is taken over. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, database = 'supportgraph', settings = {}, log } = options;
  const account = serverAccount();
  const binaries = findBinaries(account);
  const data = prepareDataFolder(dataDir, binaries, account, log);
  const server = (await adopt(data, log)) ?? (await start({ binaries, account, data, settings, log }));
  fs.writeFileSync(path.join(data.folder, ownerFile), String(process.pid));

  // Should this process end without stop(), the server does not outlive it.
  const onExit = () => signal(server, 'SIGINT');
  process.once('exit', onExit);
  const stop = async () => {
    await stopServer(server);
    process.off('exit', onExit);
    fs.rmSync(path.join(data.folder, ownerFile), { force: true });
  };
  try {
    await createDatabase(database, data, server.port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(database, data, server.port), pid: server.pid, stop };
}

/** The URL of the server that another process runs on this folder now, to use it beside that process; null if none does. */
export async function findEmbeddedPostgres({
  dataDir,
  database = 'supportgraph',
}: Pick<EmbeddedPostgresOptions, 'dataDir' | 'database'>): Promise<string | null> {
  const data = findDataFolder(dataDir);
  if (!data || !ownerOf(data)) return null;
  const server = await findServer(data);
  return server && urlOf(database, data, server.port);
}

function urlOf(database: string, { password }: DataFolder, port: number): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}

/** Takes over the server that runs on this folder already, if it answers and nobody owns it. */
async function adopt(data: DataFolder, log: Logger): Promise<Server | null> {
  const server = await findServer(data);
  if (!server) return null;
  const owner = ownerOf(data);
  if (owner) {
    throw new Error(`The data folder ${data.folder} is in use by process ${owner}; stop it or choose another DATA_DIR`);
  }
  log.info({ pid: server.pid }, 'took over the database server of an earlier process');
  return server;
}

/** The server that runs on this folder already, if it answers. */
async function findServer(data: DataFolder): Promise<Server | null> {
  const pidFile = pidFileOf(data);
  const [pidLine, , , portLine] = readIfThere(pidFile).split('\n');
  const pid = Number(pidLine);
  const port = Number(portLine);
  // A single-user server writes its number as a negative one, and a signal to that would hit a process group.
  if (!(pid > 0) || !(port > 0) || !(await serves(data, port))) return null;
  return { pid, port, pidFile, child: null };
}

/** The other process that owns the server of this folder, if it lives. */
function ownerOf({ folder }: DataFolder): number | null {
  const owner = Number(readIfThere(path.join(folder, ownerFile)));
  return owner && owner !== process.pid && isAlive(owner) ? owner : null;
}

/** Whether the server on this port is the one of this folder: after a reboot the port may be another's. */
async function serves(data: DataFolder, port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf('postgres', data, port), connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query('SHOW data_directory');
    return fs.realpathSync(rows[0].data_directory) === fs.realpathSync(data.folder);
  } catch {
    // Not there, not ours, or not ready: starting our own says which.
    return false;
  } finally {
    await client.end();
  }
}

interface StartOptions {
  binaries: Binaries;
  account: Account;
  data: DataFolder;
  settings: Readonly<Record<string, string>>;
  log: Logger;
}

/** Tries a few times: a free port may be taken meanwhile, and an orphan may still be shutting down. */
async function start(options: StartOptions): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const outcome = await launch(options, port);
    if ('child' in outcome) {
      return { pid: outcome.child.pid!, port, pidFile: pidFileOf(options.data), child: outcome.child };
    }
    if (attempt === starts) throw new Error(`The embedded PostgreSQL did not start: ${outcome.said}`);
    await wait(startPauseMs * attempt);
    const adopted = await adopt(options.data, options.log);
    if (adopted) return adopted;
  }
}

function launch(options: StartOptions, port: number): Promise<{ child: ChildProcess } | { said: string }> {
  const { binaries, account, data, settings, log } = options;
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    lc_messages: 'C',
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached: Ctrl-C in a terminal must reach us first, who still need the database to finish.
  const child = spawn(binaries.postgres, ['-D', data.folder, '-p', String(port), ...args], {
    ...runsAs(account),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  return new Promise((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log.debug({ text: text.trimEnd() }, 'database server');
      said = (said + text).slice(-2_000);
      if (said.includes('ready to accept connections')) resolve({ child });
    });
    child.once('error', (error) => resolve({ said: error.message }));
    child.once('exit', () => resolve({ said }));
  });
}

async function createDatabase(name: string, data: DataFolder, port: number): Promise<void> {
  const client = new pg.Client(urlOf('postgres', data, port));
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** A fast shutdown: transactions are rolled back, files are written. If that hangs, the next start recovers. */
async function stopServer(server: Server): Promise<void> {
  const deadline = Date.now() + stopTimeoutMs;
  signal(server, 'SIGINT');
  while (isRunning(server)) {
    if (Date.now() > deadline) signal(server, 'SIGQUIT');
    await wait(10);
  }
}

function isRunning({ child, pid, pidFile }: Server): boolean {
  return child ? child.exitCode === null && child.signalCode === null : fs.existsSync(pidFile) && isAlive(pid);
}

function signal(server: Server, name: NodeJS.Signals): void {
  if (isRunning(server)) process.kill(server.pid, name);
}

function isAlive(pid: number): boolean {
  // A zombie still takes signals: in a container nobody may fetch what it ended with.
  if (/^\d+ \(.*\) Z/.test(readIfThere(`/proc/${pid}/stat`))) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function pidFileOf({ folder }: DataFolder): string {
  return path.join(folder, 'postmaster.pid');
}

/** The text of a file, empty if there is none. */
function readIfThere(file: string): string {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}
