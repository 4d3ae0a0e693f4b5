import { slice, type Database } from '@supportgraph/data';
import type { Text } from '@supportgraph/kernel';
import type { FaqCategoryRecord } from '../domain/faq.js';

/** The categories' table, for reading. */
export interface Categories {
  /** In the order of the slugs. */
  load(slugs: readonly string[]): Promise<FaqCategoryRecord[]>;
  /** Those with published entries, in the shop's order. */
  used(): Promise<FaqCategoryRecord[]>;
}

const published = { _count: { select: { entries: { where: { status: 'PUBLISHED' } } } } } as const;

/** Reads categories. */
export function makeCategories(db: Database): Categories {
  const { faqCategory } = slice(db.prisma, 'faqCategory');
  return {
    async load(slugs) {
      const rows = await faqCategory.findMany({ where: { slug: { in: [...slugs] } }, include: published });
      const bySlug = new Map(rows.map((row) => [row.slug, recordOf(row)]));
      return slugs.map((slug) => {
        const category = bySlug.get(slug);
        if (!category) throw new Error(`There is no category ${slug}, though an entry is in it.`);
        return category;
      });
    },
    async used() {
      const rows = await faqCategory.findMany({ orderBy: { position: 'asc' }, include: published });
      return rows.map(recordOf).filter(({ faqCount }) => faqCount > 0);
    },
  };
}

function recordOf({
  slug,
  names,
  _count,
}: {
  slug: string;
  names: unknown;
  _count: { entries: number };
}): FaqCategoryRecord {
  // Written by ourselves, with every language of ours.
  return { slug, names: names as Text, faqCount: _count.entries };
}
