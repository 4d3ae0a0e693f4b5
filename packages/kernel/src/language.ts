/** Languages that the platform writes in. */
export const languages = ['en', 'zh-Hant'] as const;
export type Language = (typeof languages)[number];

/** One sentence in every language. */
export type Text = Readonly<Record<Language, string>>;

/** The language we write in for a BCP 47 tag: any Chinese is answered in Traditional Chinese, all else in English. */
export function languageOf(tag: string | null | undefined): Language {
  return tag && /^zh\b/i.test(tag) ? 'zh-Hant' : 'en';
}

/** What is the same in every language: addresses, links, numbers of orders and the like. */
const data = /[\w.+-]{1,64}@[\w.-]+|https?:\/\/[\w./?&=%#-]+|www\.[\w./-]+|[a-z]{0,3}\d[\w-]*/gi;
/** Names of people, places and brands. */
const names = /\p{Lu}[\p{Script=Latin}'’]*/gu;
/** Words that are said in every language. */
const greetings = /^(?:hi|hello|hey|ok|okay|yo|bye)$/i;

/** The language of a written text, Chinese if it has more Han characters than Latin words; null if it says nothing of that. */
export function languageIn(text: string): Language | null {
  const said = text.replace(data, ' ').trim();
  const han = said.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = (han > 0 ? withoutNames(said) : said).match(/\p{Script=Latin}+/gu) ?? [];
  if (han > words.length) return 'zh-Hant';
  return words.every((word) => greetings.test(word)) ? null : 'en';
}

/** The first letter is a capital in English whatever the word. */
function withoutNames(text: string): string {
  const second = text.search(/\p{L}/u) + 1;
  return text.slice(0, second) + text.slice(second).replace(names, ' ');
}

/** The language of a written text, English if it says nothing of that. */
export function languageOfText(text: string): Language {
  return languageIn(text) ?? 'en';
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
