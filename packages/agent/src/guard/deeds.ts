import { deedInChinese, isDeedInChinese, mayBeginDeedInChinese } from './deedsInChinese.js';
import { deedInEnglish, isDeedInEnglish, mayBeginDeedInEnglish } from './deedsInEnglish.js';
import { beginnings, isLatin, type SentenceRule } from './sentences.js';

/** Claims to have changed something: an agent only proposes, and what is changed is changed when the customer confirms it. */
export const deeds: SentenceRule = {
  ...beginnings(
    { begins: deedInEnglish, mayBegin: mayBeginDeedInEnglish },
    { begins: deedInChinese, mayBegin: mayBeginDeedInChinese },
  ),
  isMet: (rest, before, isInformed) => (isLatin(rest) ? isDeedInEnglish : isDeedInChinese)(rest, before, isInformed),
  // True whenever it is said: an earlier change may have been confirmed.
  instead: {
    en: 'I change nothing by myself: a change is only made once you have confirmed it here.',
    'zh-Hant': '我不會自行變更任何內容：只有在您於此處確認後，變更才會執行。',
  },
  again: { en: 'that takes your confirmation.', 'zh-Hant': '這需要您的確認。' },
};
