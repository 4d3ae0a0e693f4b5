import type { Conversation } from '@supportgraph/conversation';
import type { Database } from '@supportgraph/data';
import { fail, isStaff, notFound, ok, userError, type Clock, type Result, type Viewer } from '@supportgraph/kernel';
import { bestPassage, passagesOf, textSearch } from '@supportgraph/search';
import { makeCategories, type Categories } from './data/categories.js';
import { makeEntries, type Entries, type EntryPage, type EntryPlace } from './data/entries.js';
import { makeRatings, type RatingCounts } from './data/ratings.js';
import { textIn, type FaqHit, type FaqRecord, type FaqStatus } from './domain/faq.js';
import { raterOf } from './domain/rater.js';

/** Which entries a list has. */
export interface FaqFilter {
  category?: string | null;
  language?: string | null;
  status?: readonly FaqStatus[] | null;
}

export interface RateFaq {
  faqId: string;
  isHelpful: boolean;
  sessionId?: string | null;
}

/** What is known. Entries that are not published are there for the staff only. */
export interface FaqService {
  /** In the order of the ids; null for one that the viewer may not see. */
  load(viewer: Viewer, ids: readonly string[]): Promise<(FaqRecord | null)[]>;
  /** The entry's id, whether or not the viewer may see it; `load` decides that. */
  idOf: Entries['idOf'];
  /** The most useful first; one entry more than the page has, if there are more. */
  page(viewer: Viewer, filter: FaqFilter, page: EntryPage): Promise<EntryPlace[]>;
  /** Published entries that answer a question, the best first, with a passage in the language; none if none does. */
  search(question: string, language: string, limit: number): Promise<FaqHit[]>;
  categories: Categories;
  countRatings(ids: readonly string[]): Promise<RatingCounts[]>;
  /** Keeps whether an entry helped the viewer. */
  rate(viewer: Viewer, input: RateFaq): Promise<Result<FaqRecord>>;
}

export interface FaqServiceDeps {
  db: Database;
  conversation: Pick<Conversation, 'sessions'>;
  clock: Clock;
}

/** Makes the service. */
export function faqService({ db, conversation, clock }: FaqServiceDeps): FaqService {
  const entries = makeEntries(db);
  const ratings = makeRatings(db);
  const texts = textSearch(db, 'faq.searchable');

  const load = async (viewer: Viewer, ids: readonly string[]) => {
    const found = await entries.load(ids);
    return found.map((faq) => (faq && (faq.status === 'PUBLISHED' || isStaff(viewer)) ? faq : null));
  };

  const withExcerpts = async (hits: readonly (FaqHit & { lexemes: readonly string[] })[], language: string) => {
    const passages = hits.map(({ faq }) => passagesOf(textIn(faq, language).answer));
    const read = await texts.read(passages.flat());
    let next = 0;
    return hits.map(({ faq, score, lexemes }, index): FaqHit => {
      const own = passages[index]!;
      const shared = own.map(() => read[next++]!.filter((lexeme) => lexemes.includes(lexeme)).length);
      return { faq, score, excerpt: bestPassage(own, shared) };
    });
  };

  return {
    load,
    idOf: async (slug) => (isStorable(slug) ? entries.idOf(slug) : null),
    async page(viewer, { category = null, language = null, status }, page) {
      if (!isStorable(category ?? '')) return [];
      const statuses = isStaff(viewer) && status?.length ? status : (['PUBLISHED'] as const);
      return entries.page({ statuses, category, language }, page);
    },
    async search(question, language, limit) {
      const hits = await texts.find(question, limit);
      const faqs = await entries.load(hits.map(({ id }) => id));
      const found = hits.flatMap(({ score, lexemes }, index) => {
        const faq = faqs[index];
        return faq ? [{ faq: { ...faq, wantedLanguage: language }, score, lexemes, excerpt: '' }] : [];
      });
      return withExcerpts(found, language);
    },
    categories: makeCategories(db),
    countRatings: ratings.count,
    async rate(viewer, { faqId, isHelpful, sessionId = null }) {
      const [faq] = await load(viewer, [faqId]);
      if (!faq) return fail(notFound('input', 'faqId'));
      const [session] = sessionId ? await conversation.sessions.load(viewer, [sessionId]) : [];
      if (sessionId && !session) return fail(notFound('input', 'sessionId'));
      const rater = raterOf(viewer, await conversation.sessions.customerOf(viewer), sessionId);
      if (!rater) return fail(raterUnknown);
      await ratings.put({ faqId, rater, isHelpful, sessionId, ratedAt: clock() });
      return ok(faq);
    },
  };
}

/** PostgreSQL takes any character but this one: a text with it is in no column. */
const isStorable = (text: string) => !text.includes('\0');

const raterUnknown = userError(
  'FORBIDDEN',
  'Start a session first: each viewer has one rating.',
  '請先開始對話：每位使用者只能評分一次。',
);
