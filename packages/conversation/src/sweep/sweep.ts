import type { Running } from '@supportgraph/kernel';
import type { Deps } from '../deps.js';
import { announceLeftOver } from './announceLeftOver.js';
import { expireProposals } from '../proposals/expireProposals.js';
import { endOverdue } from './endOverdue.js';
import { makePartitions } from './makePartitions.js';

const partitionsEveryMs = 60 * 60 * 1_000;

/** Does now and then what nobody else does: ends what is past its time, tells what a crash left untold, makes coming months. */
export function startSweep(deps: Deps): Running {
  const runs = [
    every(deps, deps.limits.sweepMs, 'endOverdue', () => endOverdue(deps)),
    every(deps, deps.limits.sweepMs, 'expireProposals', () => expireProposals(deps)),
    every(deps, deps.limits.sweepMs, 'announceLeftOver', () => announceLeftOver(deps)),
    every(deps, partitionsEveryMs, 'makePartitions', () => makePartitions(deps)),
  ];
  return { stop: async () => void (await Promise.all(runs.map((run) => run.stop()))) };
}

/** Runs at once and then every `ms`, a little random so that processes do not run all at once; never twice at a time. */
function every({ logger }: Deps, ms: number, job: string, run: () => Promise<void>): Running {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = runNow();

  async function runNow(): Promise<void> {
    try {
      await run();
    } catch (error) {
      logger.warn({ job, error: (error as Error).message }, 'sweep failed');
    }
    if (!stopped) timer = setTimeout(() => (running = runNow()), ms * (0.75 + Math.random() / 2));
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
