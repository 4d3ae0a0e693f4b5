import { slice, type Database } from '@supportgraph/data';
import { isId, type Text } from '@supportgraph/kernel';
import type { GuideRecord } from '../domain/guide.js';

/** The guides' tables, for reading. */
export interface Guides {
  /** In the order of the ids; null for one that does not exist. */
  load(ids: readonly string[]): Promise<(GuideRecord | null)[]>;
}

const whole = {
  translations: { select: { language: true, title: true } },
  steps: {
    orderBy: { position: 'asc' },
    include: {
      translations: { select: { language: true, instruction: true } },
      choices: { orderBy: { position: 'asc' } },
    },
  },
} as const;

/** Reads guides. */
export function makeGuides(db: Database): Guides {
  const { guide } = slice(db.prisma, 'guide');
  return {
    async load(ids) {
      const wellFormed = ids.filter((id) => isId('gde', id));
      const rows = await guide.findMany({ where: { id: { in: wellFormed } }, include: whole });
      const byId = new Map(
        rows.map(({ translations, steps, originalLanguage, ...row }): [string, GuideRecord] => [
          row.id,
          {
            ...row,
            texts: originalFirst(translations, originalLanguage),
            steps: steps.map(({ key, ending, translations, choices }) => ({
              key,
              ending,
              texts: originalFirst(translations, originalLanguage),
              // Written by ourselves, with every language of ours.
              choices: choices.map(({ labels, ...choice }) => ({ ...choice, labels: labels as Text })),
            })),
          },
        ]),
      );
      return ids.map((id) => byId.get(id) ?? null);
    },
  };
}

function originalFirst<T extends { language: string }>(texts: readonly T[], original: string): readonly [T, ...T[]] {
  const [first, ...rest] = [...texts].sort((a, b) => Number(b.language === original) - Number(a.language === original));
  if (!first) throw new Error('A guide has no text in any language.');
  return [first, ...rest];
}
