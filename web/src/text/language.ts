/** Languages that the page speaks. */
export const languages = ['en', 'zh-Hant'] as const;
export type Language = (typeof languages)[number];

/** The language that a message is plainly written in; null for a number, a name or a greeting, which could be of any. */
export function writtenIn(text: string): Language | null {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.split(/[\s,.!?]+/).filter((word) => /^\p{Script=Latin}[\p{Script=Latin}'’-]+$/u.test(word)).length;
  if (han > words) return 'zh-Hant';
  return words > 2 && han === 0 ? 'en' : null;
}

/** Any Chinese is answered in Traditional Chinese, all else in English. */
export function languageOf(tag: string | null | undefined): Language {
  return tag && /^zh\b/i.test(tag) ? 'zh-Hant' : 'en';
}
