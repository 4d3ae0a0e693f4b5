import type { Database } from '@supportgraph/data';
import type { Logger } from '@supportgraph/kernel';
import type { EventLog, Fence, NewEvent } from './stream/eventLog.js';

/** Rows that remember whether the event that tells of them is in their session's stream. */
export type AnnouncedTable = 'messages' | 'turns' | 'handoffs' | 'proposals';
export interface Announced {
  table: AnnouncedTable;
  id: string;
  /** The status that is told: a row that has another one by the time it is marked still has to be told. */
  status?: string;
}

/**
 * Tells a session's stream what was committed. Never throws: the stream is only a view of the database. What could not
 * be told stays marked unannounced, and the sweep tells it later.
 */
export interface Announcer {
  /** Appends events, and once they are in the stream marks the row as announced. Answers whether the writer still holds its fences. */
  tell(sessionId: string, events: readonly NewEvent[], about?: Announced, fences?: readonly Fence[]): Promise<boolean>;
  /** Resolves when all that was told so far is marked. */
  settle(): Promise<void>;
}

const markAfterMs = 100;

export function makeAnnouncer(deps: { db: Database; events: EventLog; logger: Logger }): Announcer {
  const { db, events, logger } = deps;
  const underWay = new Set<Promise<unknown>>();
  const toMark = new Map<AnnouncedTable, Map<string, string | null>>();
  let marking: NodeJS.Timeout | undefined;

  /** Marks are gathered, so that an announcement does not cost a statement of its own. */
  function mark({ table, id, status }: Announced): void {
    toMark.set(table, (toMark.get(table) ?? new Map<string, string | null>()).set(id, status ?? null));
    marking ??= setTimeout(() => track(markNow()), markAfterMs);
  }

  async function markNow(): Promise<void> {
    clearTimeout(marking);
    marking = undefined;
    const marks = [...toMark];
    toMark.clear();
    for (const [table, told] of marks) {
      await db
        .query(
          `UPDATE conversation.${table} t SET announced = true FROM unnest($1::text[], $2::text[]) AS told (id, status)
             WHERE t.id = ANY($1) AND t.id = told.id AND (told.status IS NULL OR t.status::text = told.status)`,
          [[...told.keys()], [...told.values()]],
          `announced-${table}`,
        )
        .catch((error: Error) => logger.warn({ table, error: error.message }, 'announcement not marked'));
    }
  }

  async function tell(
    sessionId: string,
    news: readonly NewEvent[],
    about?: Announced,
    fences?: readonly Fence[],
  ): Promise<boolean> {
    try {
      const outcome = await events.append(sessionId, news, { fences });
      if (outcome.kind === 'fenced') return false;
      if (about) mark(about);
    } catch (error) {
      logger.warn({ sessionId, error: (error as Error).message }, 'event not told');
    }
    return true;
  }

  function track<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
    return work;
  }

  return {
    tell: (...told) => track(tell(...told)),
    async settle() {
      while (underWay.size) await Promise.all(underWay);
      await markNow();
    },
  };
}
