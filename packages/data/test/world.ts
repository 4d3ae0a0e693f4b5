import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@supportgraph/kernel';

/** Waits for a fact. */
export async function until<T>(
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error('It never came to be.');
    await wait(10);
  }
}

/** A log that can be read. */
export function recordingLog(): { log: Logger; lines: { level: string; sentence: string; facts: object }[] } {
  const lines: { level: string; sentence: string; facts: object }[] = [];
  const at = (level: string) => (facts: object, sentence: string) => void lines.push({ level, sentence, facts });
  const log: Logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: () => log };
  return { log, lines };
}
