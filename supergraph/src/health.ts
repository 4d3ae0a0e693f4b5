import type { Resources } from './resources.js';

/** What a process needs to be of use, and how it is doing. */
export interface Health {
  status: 'starting' | 'ready' | 'degraded' | 'unavailable' | 'draining';
  checks: Record<string, 'ok' | 'away'>;
}

export interface HealthCheck {
  name: string;
  /** Without it nothing works; without the others the process is degraded, but ready. */
  isNeeded: boolean;
  /** Rejects if it is away. */
  check(): Promise<unknown>;
}

const checkTimeoutMs = 1_000;
const cachedMs = 1_500;

/** PostgreSQL is needed; without the event log messages are still taken, and streams catch up later. */
export function healthChecks({ db, events }: Pick<Resources, 'db' | 'events'>): HealthCheck[] {
  return [
    { name: 'database', isNeeded: true, check: () => db.query('SELECT 1') },
    { name: 'eventLog', isNeeded: false, check: () => events.head('health') },
  ];
}

/** Answers from the last look for 1.5 s, so that asking often costs nothing. */
export function watchHealth(checks: readonly HealthCheck[]): () => Promise<Health> {
  let last: { at: number; health: Promise<Health> } | undefined;
  return () => {
    if (!last || performance.now() - last.at > cachedMs) last = { at: performance.now(), health: look(checks) };
    return last.health;
  };
}

async function look(checks: readonly HealthCheck[]): Promise<Health> {
  const answers = await Promise.all(checks.map(async (each) => ({ ...each, isOk: await isThere(each) })));
  const isUnavailable = answers.some(({ isNeeded, isOk }) => isNeeded && !isOk);
  const isWhole = answers.every(({ isOk }) => isOk);
  return {
    status: isUnavailable ? 'unavailable' : isWhole ? 'ready' : 'degraded',
    checks: Object.fromEntries(answers.map(({ name, isOk }) => [name, isOk ? 'ok' : 'away'])),
  };
}

function isThere({ check }: HealthCheck): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), checkTimeoutMs);
    check()
      .then(
        () => resolve(true),
        () => resolve(false),
      )
      .finally(() => clearTimeout(timer));
  });
}
