import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Logger } from '@supportgraph/kernel';
import { runsAs, sharedFolder, type Account } from './account.js';
import type { Binaries } from './binaries.js';

/** PostgreSQL's own file: it is there when the folder holds a database. */
const versionFile = 'PG_VERSION';
const passwordFile = 'supportgraph.password';
const movedFile = 'moved-to';

/** The server's files, initialised on the first start. */
export interface DataFolder {
  folder: string;
  password: string;
}

export function prepareDataFolder(wanted: string, binaries: Binaries, account: Account, log: Logger): DataFolder {
  const folder = account ? folderFor(account, path.resolve(wanted), log) : path.resolve(wanted);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!fs.existsSync(path.join(folder, passwordFile))) initialise(folder, binaries, account);
  return { folder, password: fs.readFileSync(path.join(folder, passwordFile), 'utf8') };
}

/** The server's files, if a server was ever started on them. */
export function findDataFolder(wanted: string): DataFolder | null {
  const note = path.join(wanted, movedFile);
  const folder = fs.existsSync(note) ? fs.readFileSync(note, 'utf8').trim() : path.resolve(wanted);
  const file = path.join(folder, passwordFile);
  return fs.existsSync(file) ? { folder, password: fs.readFileSync(file, 'utf8') } : null;
}

/**
 * The folder itself if the account can reach it. Below a 0700 folder it cannot: then a folder elsewhere, whose place is
 * noted in the wanted one, so that removing that one makes a fresh database.
 */
function folderFor(account: NonNullable<Account>, wanted: string, log: Logger): string {
  fs.mkdirSync(wanted, { recursive: true, mode: 0o700 });
  const note = path.join(wanted, movedFile);
  if (fs.existsSync(note)) return fs.readFileSync(note, 'utf8').trim();
  fs.chownSync(wanted, account.uid, account.gid);
  if (canEnter(wanted, account)) return wanted;
  const folder = fs.mkdtempSync(path.join(sharedFolder(), 'data-'));
  fs.chownSync(folder, account.uid, account.gid);
  fs.writeFileSync(note, `${folder}\n`);
  log.info({ folder }, 'the database server cannot enter its data folder and keeps its files elsewhere');
  return folder;
}

function canEnter(folder: string, account: Account): boolean {
  return spawnSync('/bin/ls', [folder], runsAs(account)).status === 0;
}

/** Without a password, every account of this machine could open the database. */
function initialise(folder: string, { initdb }: Binaries, account: Account): void {
  // Left by a start that was cut off: without the password nothing in it was ever used.
  if (fs.existsSync(path.join(folder, versionFile))) empty(folder);
  const password = randomBytes(18).toString('base64url');
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'supportgraph-initdb-'));
  const secret = path.join(scratch, 'password');
  try {
    fs.writeFileSync(secret, password, { mode: 0o600 });
    if (account) for (const each of [secret, scratch]) fs.chownSync(each, account.uid, account.gid);
    const args = ['-D', folder, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8'];
    const { status, stderr, error } = spawnSync(initdb, [...args, ...locale, '--no-sync'], runsAs(account));
    if (status !== 0) throw new Error(`The embedded PostgreSQL cannot make its files: ${error?.message ?? stderr}`);
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
  fs.writeFileSync(path.join(folder, passwordFile), password, { mode: 0o600 });
}

// With plain C, trigrams of Chinese text are empty. macOS has no C.UTF-8.
const locale =
  process.platform === 'darwin'
    ? ['--lc-collate=C', '--lc-ctype=en_US.UTF-8', '--lc-messages=C']
    : ['--locale=C.UTF-8'];

function empty(folder: string): void {
  for (const entry of fs.readdirSync(folder)) fs.rmSync(path.join(folder, entry), { recursive: true });
}
