import type { Database } from '@supportgraph/data';
import type { Logger, Running } from '@supportgraph/kernel';

/** Why a job must stop: another has it or it was cancelled; its time is up; this process goes away. */
export type StopReason = 'lost' | 'deadline' | 'draining';

/** A job that a worker holds. */
export interface Held {
  id: string;
  turnId: string;
  generation: number;
  /** Time left until its deadline, in ms. */
  leftMs: number;
}

/** A table of jobs with leases. */
export type JobTable = 'turns' | 'routes';

export interface WorkLoopOptions<Job extends Held> {
  db: Database;
  logger: Logger;
  table: JobTable;
  /** NOTIFY on this channel means that there may be work. */
  channel: string;
  concurrency: number;
  pollMs: number;
  leaseMs: number;
  /** How long jobs may go on when the worker is stopped, in ms; then they are given back. */
  drainMs: number;
  claim(limit: number): Promise<Job[]>;
  /** Does the job; stops when the signal is aborted, with a {@link StopReason}. */
  run(job: Job, signal: AbortSignal): Promise<void>;
}

/** NOTIFY with a turn's id: whoever works on it shall stop. */
export const cancelChannel = 'conversation_cancelled';

interface Active {
  held: Held;
  stop: AbortController;
  done: Promise<void>;
}

/**
 * Claims jobs up to `concurrency`, woken by NOTIFY and looking now and then in any case; keeps their leases; stops a job
 * that was lost, cancelled or is past its deadline. Stopping lets jobs end, then gives back those that do not.
 */
export function workLoop<Job extends Held>(options: WorkLoopOptions<Job>): Running {
  const { db, logger, concurrency, pollMs, leaseMs, drainMs } = options;
  const active = new Map<string, Active>();
  let stopped = false;
  let isWoken = true;
  let wakeUp = () => {};

  const wake = () => {
    isWoken = true;
    wakeUp();
  };
  const listening = Promise.all([
    db.listen(options.channel, wake),
    db.listen(cancelChannel, (turnId) => stopTurn(turnId)),
  ]);
  // What came before somebody listened was not heard.
  listening.then(wake, (error: Error) => logger.warn({ error: error.message }, 'not woken by the database'));
  const renewing = setInterval(() => void renew(), leaseMs / 3);
  const looping = loop();

  async function loop(): Promise<void> {
    while (!stopped) {
      isWoken = false;
      const free = concurrency - active.size;
      const jobs = free > 0 ? await claim(free) : [];
      for (const job of jobs) start(job);
      // Fewer than were asked for: there are no more, until somebody says so.
      if (jobs.length < free || free === 0) await rest();
    }
  }

  async function claim(limit: number): Promise<Job[]> {
    try {
      return await options.claim(limit);
    } catch (error) {
      logger.warn({ table: options.table, error: (error as Error).message }, 'no work claimed');
      return [];
    }
  }

  /** Until woken, or until it is time to look again; a little random, so that processes do not look all at once. */
  function rest(): Promise<void> {
    if (isWoken || stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMs * (0.75 + Math.random() / 2));
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function start(job: Job): void {
    const stop = new AbortController();
    const deadline = setTimeout(() => stop.abort('deadline' satisfies StopReason), job.leftMs);
    const done = options
      .run(job, stop.signal)
      // The lease ends and another worker takes over, at most a few times.
      .catch((error: Error) => logger.error({ table: options.table, id: job.id, error: error.message }, 'job failed'))
      .finally(() => {
        clearTimeout(deadline);
        // While all places were taken, work may have been left.
        if (active.size >= concurrency) wake();
        active.delete(keyOf(job));
      });
    active.set(keyOf(job), { held: job, stop, done });
  }

  function stopTurn(turnId: string): void {
    for (const { held, stop } of active.values()) if (held.turnId === turnId) stop.abort('lost' satisfies StopReason);
  }

  async function renew(): Promise<void> {
    const held = [...active.values()].map((each) => each.held);
    if (held.length === 0) return;
    try {
      const kept = new Set((await renewLeases(options, held)).map(keyOf));
      for (const key of held.map(keyOf)) {
        if (!kept.has(key)) active.get(key)?.stop.abort('lost' satisfies StopReason);
      }
    } catch (error) {
      // Whether they are lost shows at their next write.
      logger.warn({ table: options.table, error: (error as Error).message }, 'leases not renewed');
    }
  }

  async function drain(): Promise<void> {
    const late = setTimeout(() => {
      for (const { stop } of active.values()) stop.abort('draining' satisfies StopReason);
    }, drainMs);
    while (active.size) await Promise.all([...active.values()].map(({ done }) => done));
    clearTimeout(late);
  }

  return {
    async stop() {
      stopped = true;
      wakeUp();
      await looping;
      await drain();
      clearInterval(renewing);
      await Promise.all((await listening).map((listener) => listener.stop()));
    },
  };
}

type Claim = Pick<Held, 'id' | 'generation'>;

/** A job that was lost may come back to this very process, under another generation. */
const keyOf = ({ id, generation }: Claim) => `${id} ${generation}`;

/** The jobs whose leases were still ours. */
function renewLeases(
  { db, table, leaseMs }: Pick<WorkLoopOptions<Held>, 'db' | 'table' | 'leaseMs'>,
  jobs: readonly Held[],
): Promise<Claim[]> {
  return db.query<Claim>(
    `UPDATE conversation.${table} j SET lease_until = now() + $3 * interval '1 ms'
       FROM unnest($1::text[], $2::integer[]) AS held (id, generation)
       WHERE j.id = held.id AND j.generation = held.generation AND j.finished_at IS NULL
       RETURNING j.id, j.generation`,
    [jobs.map(({ id }) => id), jobs.map(({ generation }) => generation), leaseMs],
    `conversation-renew-${table}`,
  );
}

/** Gives a job back to be claimed again at once; not counted as a try. */
export async function giveBack({ db, table, channel }: { db: Database; table: JobTable; channel: string }, job: Held) {
  await db.query(
    `WITH given AS (
       UPDATE conversation.${table} SET status = 'QUEUED', lease_until = NULL, attempts = attempts - 1
         WHERE id = $1 AND generation = $2 AND finished_at IS NULL RETURNING id
     )
     SELECT pg_notify($3, '') FROM given`,
    [job.id, job.generation, channel],
    `conversation-give-back-${table}`,
  );
}
