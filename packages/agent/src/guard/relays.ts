import { promises } from './promises.js';
import { isRelayInChinese, mayBeginRelayInChinese, relayInChinese } from './relaysInChinese.js';
import { isRelayInEnglish, mayBeginRelayInEnglish, relayInEnglish } from './relaysInEnglish.js';
import { beginnings, isLatin, type SentenceRule } from './sentences.js';

/** Words that somebody of the shop was told or is at work: agents tell nobody, and only the customer's yes opens a ticket. */
export const relays: SentenceRule = {
  ...beginnings(
    { begins: relayInEnglish, mayBegin: mayBeginRelayInEnglish },
    { begins: relayInChinese, mayBegin: mayBeginRelayInChinese },
  ),
  isMet: (rest, before, isInformed) => (isLatin(rest) ? isRelayInEnglish : isRelayInChinese)(rest, before, isInformed),
  instead: promises.instead,
  again: promises.again,
  like: promises,
};
