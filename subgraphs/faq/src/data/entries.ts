import { slice, type Database } from '@supportgraph/data';
import { isId } from '@supportgraph/kernel';
import type { Page } from '@supportgraph/subgraph';
import type { FaqRecord, FaqStatus, FaqText } from '../domain/faq.js';

/** A list of entries to fetch: the most useful first. */
export interface EntryFilter {
  statuses: readonly FaqStatus[];
  category: string | null;
  language: string | null;
}

/** Sort key of a list of entries: how useful, then the id. */
export const entryKey = ['number', 'string'] as const;
export type EntryPage = Page<typeof entryKey>;

/** An entry's place in the list. */
export interface EntryPlace {
  id: string;
  usefulness: number;
}

/** The entries' tables, for reading. */
export interface Entries {
  /** In the order of the ids, whatever their status; null for one that does not exist. */
  load(ids: readonly string[]): Promise<(FaqRecord | null)[]>;
  idOf(slug: string): Promise<string | null>;
  page(filter: EntryFilter, page: EntryPage): Promise<EntryPlace[]>;
}

const pageSql = `
  SELECT entry.id, coalesce(popular.usefulness, 0) AS usefulness
  FROM faq.entries AS entry LEFT JOIN faq.popular AS popular ON popular.faq_id = entry.id
  WHERE entry.status = ANY ($1::text[]::faq.faq_status[])
    AND ($2::text IS NULL OR entry.category_slug = $2)
    AND ($3::text IS NULL OR EXISTS (SELECT FROM faq.translations WHERE faq_id = entry.id AND language = $3))
    AND ($4::double precision IS NULL OR (-coalesce(popular.usefulness, 0), entry.id) > (-$4, $5::text))
  ORDER BY coalesce(popular.usefulness, 0) DESC, entry.id LIMIT $6`;

/** Reads entries. */
export function makeEntries(db: Database): Entries {
  const { faqEntry } = slice(db.prisma, 'faqEntry');
  const translations = { select: { language: true, question: true, answer: true, keywords: true } } as const;

  return {
    async load(ids) {
      const wellFormed = ids.filter((id) => isId('faq', id));
      const rows = await faqEntry.findMany({ where: { id: { in: wellFormed } }, include: { translations } });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => {
        const row = byId.get(id);
        return row ? { ...row, texts: originalFirst(row.translations, row.originalLanguage) } : null;
      });
    },
    async idOf(slug) {
      const row = await faqEntry.findUnique({ where: { slug }, select: { id: true } });
      return row?.id ?? null;
    },
    page({ statuses, category, language }, { key, take }) {
      const [usefulness, id] = key ?? [null, null];
      return db.query<EntryPlace>(pageSql, [statuses, category, language, usefulness, id, take], 'faq-page');
    },
  };
}

function originalFirst(texts: readonly FaqText[], original: string): readonly [FaqText, ...FaqText[]] {
  const [first, ...rest] = [...texts].sort(
    (a, b) => Number(b.language === original) - Number(a.language === original) || a.language.localeCompare(b.language),
  );
  if (!first) throw new Error('An entry has no text in any language.');
  return [first, ...rest];
}
