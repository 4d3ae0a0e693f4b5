/** Languages that the platform writes in. */
export const languages = ['en', 'zh-Hant'] as const;
export type Language = (typeof languages)[number];

/** One sentence in every language. */
export type Text = Readonly<Record<Language, string>>;

/** The language we write in for a BCP 47 tag: any Chinese is answered in Traditional Chinese, all else in English. */
export function languageOf(tag: string | null | undefined): Language {
  return tag && /^zh\b/i.test(tag) ? 'zh-Hant' : 'en';
}

/** The language of a written text: Chinese if it has more Han characters than Latin words. */
export function languageOfText(text: string): Language {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  return han > words ? 'zh-Hant' : 'en';
}

/** The preferred language of an `Accept-Language` header; quality values are honoured, `*` is English. */
export function languageOfHeader(header: string | null | undefined): Language {
  if (!header) return 'en';
  const ranked = header
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => tag && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return languageOf(ranked[0]?.tag);
}
