/** Languages that the page speaks. */
export const languages = ['en', 'zh-Hant'] as const;
export type Language = (typeof languages)[number];

/** Any Chinese is answered in Traditional Chinese, all else in English. */
export function languageOf(tag: string | null | undefined): Language {
  return tag && /^zh\b/i.test(tag) ? 'zh-Hant' : 'en';
}
