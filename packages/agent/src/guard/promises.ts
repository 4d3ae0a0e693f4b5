import type { Language } from '@supportgraph/kernel';

const english =
  /\b(?:I(?:['’]ll| will| am going to)(?: \w+)? (?:get back to you|come back to you|be in touch|follow up|contact you|e-?mail you|call you|notify you|update you|let you know)|we(?:['’]ll| will)(?: \w+)? (?:get back to you|come back to you|be in touch|follow up with you))\b/;
const chinese =
  /我(?!們|们)[^。！？\n]{0,12}(?:稍後|稍后|之後|之后|晚點|晚点|盡快|尽快|儘快|隨後|随后)[^。！？\n]{0,12}(?:回覆|回复|聯絡|联络|聯繫|联系|通知|告知|告訴|告诉)|(?:稍後|稍后|晚點|晚点)(?:會|会|再|將|将)?(?:回覆|回复|聯絡|联络|聯繫|联系|通知|告知)您?/;

/** A promise to come back later, to the end of its sentence. Nobody would: once a turn has ended, no agent goes on by itself. */
export const promise = new RegExp(`(?:${english.source}|${chinese.source})[^.!?。！？\\n]*[.!?。！？]*`, 'giu');

const offer: Readonly<Record<Language, string>> = {
  en: 'if you would like a colleague to take this over, just say so.',
  'zh-Hant': '如果您希望由專人接手，請直接告訴我。',
};

/** Replaces promises to come back later by the offer of a person; it is made once. */
export function promiseFilter(language: Language): (text: string) => string {
  let isOffered = false;
  return (text) =>
    text.replace(promise, (_, place: number) => {
      if (isOffered) return '';
      isOffered = true;
      const begins = place === 0 || /[.!?\n]\s*$/.test(text.slice(0, place));
      const said = offer[language];
      return begins ? said.charAt(0).toUpperCase() + said.slice(1) : said;
    });
}

/** Words with which a promise may begin, to the end of a text that has not ended its sentence. */
const opening = /(?:\b(?:I|we)(?:['’ ]|$)|我|稍|晚)[^.!?。！？\n]{0,120}$/iu;

/** Where, at the end of a text, something begins that may become a promise; the text's length if nothing does. */
export function openPromise(text: string): number {
  return opening.exec(text)?.index ?? text.length;
}
