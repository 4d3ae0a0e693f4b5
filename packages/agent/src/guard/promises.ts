import { isPromiseInChinese, mayBeginInChinese, promiseInChinese } from './promisesInChinese.js';
import { isPromiseInEnglish, mayBeginInEnglish, promiseInEnglish } from './promisesInEnglish.js';
import { isRelayInChinese, mayBeginRelayInChinese, relayInChinese } from './relaysInChinese.js';
import { isRelayInEnglish, mayBeginRelayInEnglish, relayInEnglish } from './relaysInEnglish.js';
import { beginnings, isLatin, type SentenceRule } from './sentences.js';

/**
 * Promises to come back later, and words that somebody was told, become the offer of a person: once a turn has ended, no
 * agent goes on by itself, and nobody but the customer's own yes opens a ticket.
 */
export const promises: SentenceRule = {
  ...beginnings(
    { begins: [promiseInEnglish, relayInEnglish], mayBegin: [mayBeginInEnglish, mayBeginRelayInEnglish] },
    { begins: [promiseInChinese, relayInChinese], mayBegin: [mayBeginInChinese, mayBeginRelayInChinese] },
  ),
  isMet: (rest, before, isInformed) =>
    isLatin(rest)
      ? isPromiseInEnglish(rest, before) || isRelayInEnglish(rest, before, isInformed)
      : isPromiseInChinese(rest, before) || isRelayInChinese(rest, before, isInformed),
  instead: {
    en: 'if you would like a colleague to take this over, just say so.',
    'zh-Hant': '如果您希望由專人接手，請直接告訴我。',
  },
  again: { en: 'that takes a colleague.', 'zh-Hant': '這需要由專人處理。' },
};
