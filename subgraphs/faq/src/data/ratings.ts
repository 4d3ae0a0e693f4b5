import { slice, type Database } from '@supportgraph/data';

/** How often an entry was said to help, and not to. */
export interface RatingCounts {
  helpful: number;
  unhelpful: number;
}

export interface Rating {
  faqId: string;
  rater: string;
  isHelpful: boolean;
  sessionId: string | null;
  ratedAt: Date;
}

/** The ratings' table. */
export interface Ratings {
  /** In the order of the ids. */
  count(faqIds: readonly string[]): Promise<RatingCounts[]>;
  /** Keeps a rating; one of the same rater is replaced. */
  put(rating: Rating): Promise<void>;
}

/** Reads and writes ratings. */
export function makeRatings(db: Database): Ratings {
  const { faqRating } = slice(db.prisma, 'faqRating');
  return {
    async count(faqIds) {
      const where = { faqId: { in: [...faqIds] } };
      const rows = await faqRating.groupBy({ by: ['faqId', 'isHelpful'], where, _count: true });
      const countOf = (faqId: string, isHelpful: boolean) =>
        rows.find((row) => row.faqId === faqId && row.isHelpful === isHelpful)?._count ?? 0;
      return faqIds.map((id) => ({ helpful: countOf(id, true), unhelpful: countOf(id, false) }));
    },
    async put({ faqId, rater, ...rating }) {
      const where = { faqId_rater: { faqId, rater } };
      await faqRating.upsert({ where, create: { faqId, rater, ...rating }, update: rating });
    },
  };
}
