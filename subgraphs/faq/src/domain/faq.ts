import type { Text } from '@supportgraph/kernel';

export type FaqStatus = 'DRAFT' | 'PUBLISHED' | 'ARCHIVED';

/** An entry in one language. */
export interface FaqText {
  language: string;
  question: string;
  answer: string;
  keywords: readonly string[];
}

/** A question and its answer, in all its languages, the original first. */
export interface FaqRecord {
  id: string;
  slug: string;
  status: FaqStatus;
  categorySlug: string;
  texts: readonly [FaqText, ...FaqText[]];
  updatedAt: Date;
  /** The language that it was searched for in, which is then the usual one of its fields. */
  wantedLanguage?: string;
}

/** A group of entries. */
export interface FaqCategoryRecord {
  slug: string;
  names: Text;
  /** Published entries in it. */
  faqCount: number;
}

/** An entry that fits a question. */
export interface FaqHit {
  faq: FaqRecord;
  score: number;
  excerpt: string;
}

/** The entry in a language, else in another of the same tongue (`zh-TW` reads `zh-Hant`), else in the original one. */
export function textIn({ texts }: FaqRecord, language: string): FaqText {
  const sameTongue = texts.find((text) => primary(text.language) === primary(language));
  return texts.find((text) => text.language === language) ?? sameTongue ?? texts[0];
}

const primary = (language: string) => language.split('-')[0];
