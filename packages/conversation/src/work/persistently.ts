import { setTimeout as wait } from 'node:timers/promises';

const tries = 6;
const firstPauseMs = 100;

/** Runs what may be run again, again when it fails, for about six seconds. */
export async function persistently<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === tries) throw error;
      await wait(firstPauseMs * 2 ** attempt * (0.5 + Math.random() / 2));
    }
  }
}
