/**
 * Finds or installs the programs that tests need and npm does not have:
 * `npx tsx scripts/testServices.ts redis rabbitmq chromium` prints how each was found, and fails if one is missing.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

interface Service {
  /** Variable with the URL of a running server to be used instead. */
  urlVariable?: string;
  /** Variable with the path of the program. */
  pathVariable: string;
  /** Names that the program goes by. */
  programs: readonly string[];
  /** Image with the program, for machines that have only Docker. */
  image?: string;
  debianPackage: string;
}

const services = {
  redis: {
    urlVariable: 'TEST_REDIS_URL',
    pathVariable: 'REDIS_SERVER',
    programs: ['redis-server', 'valkey-server'],
    image: 'redis:7.2-alpine',
    debianPackage: 'redis-server',
  },
  rabbitmq: {
    urlVariable: 'TEST_RABBITMQ_URL',
    pathVariable: 'RABBITMQ_SERVER',
    programs: ['rabbitmq-server'],
    image: 'rabbitmq:3.13-alpine',
    debianPackage: 'rabbitmq-server',
  },
  chromium: {
    pathVariable: 'CHROMIUM_PATH',
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    debianPackage: 'chromium',
  },
} as const satisfies Record<string, Service>;

export type ServiceName = keyof typeof services;

/** How a test can have the service. */
export type Found =
  | { kind: 'url'; url: string }
  | { kind: 'program'; path: string }
  | { kind: 'docker'; image: string }
  | { kind: 'missing'; problem: string };

/** A URL or path from the environment, else a program on the PATH, else a running Docker, else apt-get as root on Debian. */
export function findService(name: ServiceName): Found {
  const service: Service = services[name];
  const url = service.urlVariable && process.env[service.urlVariable];
  if (url) return { kind: 'url', url };
  const named = process.env[service.pathVariable];
  if (named) {
    if (isExecutable(named)) return { kind: 'program', path: named };
    return { kind: 'missing', problem: `${service.pathVariable} names ${named}, which cannot be run.` };
  }
  return onPath(service) ?? inDocker(service) ?? installed(service) ?? { kind: 'missing', problem: problem(name) };
}

function onPath({ programs }: Service): Found | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = programs.flatMap((program) => folders.map((folder) => path.join(folder, program)));
  const found = candidates.find(isExecutable);
  return found ? { kind: 'program', path: found } : null;
}

function inDocker({ image }: Service): Found | null {
  if (!image) return null;
  return spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 5_000 }).status === 0
    ? { kind: 'docker', image }
    : null;
}

function installed(service: Service): Found | null {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null;
  // Run level 1: the package must not start a server of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const install = `apt-get -q -y install --no-install-recommends ${service.debianPackage}`;
  const script = `${install} || { apt-get -q update && ${install}; }`;
  // Test files that run at the same time may want the same program: the second waits, and finds it installed.
  spawnSync('flock', [path.join(tmpdir(), 'supportgraph-apt.lock'), 'sh', '-c', script], { env, stdio: 'ignore' });
  return onPath(service);
}

function problem(name: ServiceName): string {
  const { urlVariable, pathVariable, programs, image, debianPackage }: Service = services[name];
  const ways = [
    urlVariable && `set ${urlVariable} to the URL of a server`,
    `set ${pathVariable} to the path of ${programs[0]}`,
    `install it (Debian and Ubuntu: apt-get install ${debianPackage})`,
    image && 'start Docker',
  ].filter(Boolean);
  return `Tests need ${name}, which is not on this machine: ${ways.join(', or ')}.`;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function main(names: string[]): number {
  const known = Object.keys(services);
  const unknown = names.filter((name) => !known.includes(name));
  if (!names.length || unknown.length) {
    console.error(`Name services out of: ${known.join(', ')}`);
    return 2;
  }
  const found = names.map((name) => ({ name, ...findService(name as ServiceName) }));
  for (const each of found) console.log(JSON.stringify(each));
  return found.some(({ kind }) => kind === 'missing') ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
