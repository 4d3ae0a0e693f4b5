import type { Running, Viewer } from '@supportgraph/kernel';
import type { Deps } from '../deps.js';
import type { TurnRecord } from '../records.js';
import { loadTurns } from './loadTurns.js';

/** Waits for turns to end. One LISTEN serves all that wait in this process. */
export interface Settling extends Running {
  settled(viewer: Viewer, turnId: string, withinMs: number, signal: AbortSignal): Promise<TurnRecord | null>;
}

const maxWithinMs = 25_000;
/** A NOTIFY may be missed while the connection is away: so now and then the row is read in any case. */
const lookMs = 2_000;

export function settling(deps: Deps): Settling {
  const waiting = new Map<string, Set<() => void>>();
  let listening: Promise<Running> | null = null;

  function wake(turnId: string): void {
    const woken = turnId === '' ? [...waiting.values()] : [waiting.get(turnId) ?? []];
    for (const wakes of woken) for (const wakeUp of wakes) wakeUp();
  }

  /** Resolves when the turn may have ended, the time is up or the signal aborted. */
  function news(turnId: string, ms: number, signal: AbortSignal): { come: Promise<void>; forget(): void } {
    let forget = () => {};
    const come = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      const wakes = waiting.get(turnId) ?? new Set();
      waiting.set(turnId, wakes.add(resolve));
      signal.addEventListener('abort', () => resolve(), { once: true });
      forget = () => {
        clearTimeout(timer);
        wakes.delete(resolve);
        if (wakes.size === 0 && waiting.get(turnId) === wakes) waiting.delete(turnId);
      };
    });
    return { come, forget: () => forget() };
  }

  return {
    async settled(viewer, turnId, withinMs, signal) {
      const until = performance.now() + Math.min(Math.max(withinMs, 0), maxWithinMs);
      listening ??= deps.db.listen('conversation_settled', wake);
      await listening;
      for (;;) {
        const leftMs = until - performance.now();
        // Before the row is read, so that nothing is missed in between.
        const { come, forget } = news(turnId, Math.min(lookMs, Math.max(leftMs, 0)), signal);
        const [turn] = await loadTurns(deps, viewer, [turnId]).finally(() => leftMs <= 0 && forget());
        if (!turn || turn.finishedAt !== null || leftMs <= 0 || signal.aborted) {
          forget();
          return turn ?? null;
        }
        await come;
        forget();
      }
    },
    async stop() {
      await (await listening)?.stop();
    },
  };
}
