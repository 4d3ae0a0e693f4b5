import { isPromiseInChinese, mayBeginInChinese, promiseInChinese } from './promisesInChinese.js';
import { isPromiseInEnglish, mayBeginInEnglish, promiseInEnglish } from './promisesInEnglish.js';
import { beginnings, isLatin, type SentenceRule } from './sentences.js';

/** Promises to come back later become the offer of a person: once a turn has ended, no agent goes on by itself. */
export const promises: SentenceRule = {
  ...beginnings(
    { begins: promiseInEnglish, mayBegin: mayBeginInEnglish },
    { begins: promiseInChinese, mayBegin: mayBeginInChinese },
  ),
  isMet: (rest, before) => (isLatin(rest) ? isPromiseInEnglish : isPromiseInChinese)(rest, before),
  instead: {
    en: 'if you would like a colleague to take this over, just say so.',
    'zh-Hant': '如果您希望由專人接手，請直接告訴我。',
  },
  again: { en: 'that takes a colleague.', 'zh-Hant': '這需要由專人處理。' },
};
