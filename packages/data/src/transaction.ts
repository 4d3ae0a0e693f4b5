import { setTimeout as wait } from 'node:timers/promises';
import { Prisma, type PrismaClient } from './generated/prisma/client.js';

/** The client inside a transaction; `$queryRaw` and `$executeRaw` lock rows. */
export type Tx = Prisma.TransactionClient;

export interface TransactionOptions {
  /** @default 'ReadCommitted' */
  isolation?: 'ReadCommitted' | 'RepeatableRead' | 'Serializable';
  /** How long all of it may take, in ms. @default twice the time of one statement */
  timeoutMs?: number;
}

const tries = 6;
const firstPauseMs = 10;
const maxWaitMs = 5_000;

/**
 * Runs a transaction, again from the start when PostgreSQL chose it as the loser of a conflict or deadlock.
 * So `run` may be called several times and must do nothing that a rollback does not undo.
 */
export async function runTransaction<T>(
  prisma: PrismaClient,
  run: (tx: Tx) => Promise<T>,
  { isolation = 'ReadCommitted', timeoutMs }: TransactionOptions & { timeoutMs: number },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await prisma.$transaction(run, { isolationLevel: isolation, maxWait: maxWaitMs, timeout: timeoutMs });
    } catch (error) {
      if (attempt === tries || !isConflict(error)) throw error;
      await wait(Math.random() * firstPauseMs * 2 ** attempt);
    }
  }
}

/** Whether PostgreSQL rolled a transaction back for another's sake (40001 or 40P01), so that trying again is right. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return isConflictOfAdapter(error);
  // P2034 comes from Prisma's own statements; raw ones are P2010 with the adapter's error inside.
  return error.code === 'P2034' || isConflictOfAdapter(error.meta?.['driverAdapterError']);
}

/** COMMIT too may find the conflict, and then Prisma throws the adapter's error as it is. */
function isConflictOfAdapter(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== 'DriverAdapterError') return false;
  const code = (error.cause as { originalCode?: string } | undefined)?.originalCode;
  return code === '40001' || code === '40P01';
}
