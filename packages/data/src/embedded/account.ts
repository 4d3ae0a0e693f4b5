import type { SpawnSyncOptions } from 'node:child_process';
import fs from 'node:fs';

/** The account that the server runs as; null is our own. PostgreSQL refuses to run as root. */
export type Account = { uid: number; gid: number } | null;

/** Ours, or when we are root `postgres` or else `nobody`. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return null;
  const accounts = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody'].map((name) => accounts.find(([known]) => known === name)).find(Boolean);
  return found ? { uid: Number(found[2]), gid: Number(found[3]) } : { uid: 65534, gid: 65534 };
}

/**
 * How to run one of the server's programs: from a folder that every account may enter, and with an environment of its
 * own, so that messages are in English and no `PG…` variable of the shell counts.
 */
export function runsAs(account: Account) {
  if (process.platform === 'win32') return {};
  return { ...account, cwd: '/', env: { LC_ALL: 'C' } } satisfies SpawnSyncOptions;
}

/** A folder of root's that every account may read, for when the checkout or the data folder may not be. */
export function sharedFolder(): string {
  const folder = '/var/lib/supportgraph';
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}
