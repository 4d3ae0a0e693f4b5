import type { Intent } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';

/** What the staff says the right intents of a turn were. */
export interface Correction {
  turnId: string;
  intents: Intent[];
  correctedBy: string;
  correctedAt: Date;
}

/** The table of corrections. */
export interface Corrections {
  /** By turn, in the order asked for; null where nobody corrected. */
  load(turnIds: readonly string[]): Promise<(Correction | null)[]>;
  /** Keeps a correction in the place of an earlier one. */
  put(correction: Correction): Promise<void>;
  /** The oldest first, those after `after`. */
  list(after: Pick<Correction, 'correctedAt' | 'turnId'> | null, count: number): Promise<Correction[]>;
}

export function correctionsOf({ prisma }: Pick<Database, 'prisma'>): Corrections {
  const table = prisma.routeCorrection;
  return {
    async load(turnIds) {
      const found = await table.findMany({ where: { turnId: { in: [...turnIds] } } });
      const byTurn = new Map(found.map((correction) => [correction.turnId, correction]));
      return turnIds.map((id) => byTurn.get(id) ?? null);
    },
    async put({ turnId, ...correction }) {
      await table.upsert({ where: { turnId }, create: { turnId, ...correction }, update: correction });
    },
    list: (after, count) =>
      table.findMany({
        where: after
          ? {
              OR: [
                { correctedAt: { gt: after.correctedAt } },
                { correctedAt: after.correctedAt, turnId: { gt: after.turnId } },
              ],
            }
          : {},
        orderBy: [{ correctedAt: 'asc' }, { turnId: 'asc' }],
        take: count,
      }),
  };
}
