import type { Text } from '@supportgraph/kernel';
import type { OfflineStep, OfflineTurn } from './playbook.js';
import { holds } from './said.js';

/** What every agent without a model says below the details of what it proposes. */
export const confirmDetails: Text = {
  en: 'Nothing is changed yet: please check the details above and confirm them if they are right.',
  'zh-Hant': '目前尚未變更任何內容，請核對上方的明細，確認無誤後再按下確認。',
};

const noHurry: Text = {
  en: 'Take your time: nothing is changed unless you confirm it. If something should be different, tell me what; if you do not want it, decline it.',
  'zh-Hant': '不用急：在您確認之前，不會變更任何內容。若需要調整，請告訴我；若不需要了，請按拒絕。',
};
const ifConfirmed: Text = { en: 'If you confirm:', 'zh-Hant': '若您確認：' };

/** Longer messages say more than that they have a question. */
const mostCharacters = 120;

const waits =
  /^[\s\p{P}]*(?:no|oh|uh|um|hm+|sorry|ok|okay|好|欸|诶|啊|呃|先)?[\s\p{P}]*(?:wait|hold on|hang on|one (?:moment|second|sec)|give me a (?:moment|second|sec|minute)|let me (?:think|check)|not yet|等一?下|等等|稍等|慢著|慢着|先等|我想想|讓我想|让我想)[^?？]{0,40}$/iu;
const asksAboutMoney =
  /\b(?:money|refund\w*|charged?|costs?|pay|paid|how much|how long|get back)\b|多久|[幾几]天|到[帳账]|入[帳账]|錢|钱|款|費用|费用|扣|多少/iu;
const isQuestion =
  /[?？]|\b(?:what|when|where|how|will|do|does|which|who)\b|嗎|吗|呢|多少|什麼|什么|怎|哪|何時|何时|多久/iu;
/** Wishes that change what is proposed are no questions about it, and need no time. */
const changes =
  /\b(?:also|too)\b|也|還有|还有|(?<![\p{L}$.])\d+\b(?!\s*(?:sec|min|moment|days?))|\b(?:instead|rather|change|switch|to (?:the|my) (?:card|gift)|paypal)\b|改|[換换](?![貨货])|#?W\d{5}/iu;

/** Whether a reply leaves a proposal to be answered: it shows one, or is about one. */
export function waitsForAnswer(reply: string): boolean {
  return [confirmDetails, noHurry].some((text) => holds(reply, text));
}

/**
 * What is said to a customer who, while a proposal waits, needs more time or asks about the money: its own lines again.
 * Null if nothing waits or the message is about something else.
 */
export function aboutProposal({ text, language, history }: OfflineTurn): OfflineStep | null {
  const replies = history.filter(({ author }) => author === 'ASSISTANT').map((reply) => reply.text);
  if (!waitsForAnswer(replies.at(-1) ?? '') || text.length > mostCharacters) return null;
  if (changes.test(text)) return null;
  const asks = asksAboutMoney.test(text) && isQuestion.test(text);
  if (!asks) return waits.test(text) ? { say: noHurry[language] } : null;
  // Who took their time asks about what was shown before that.
  const shown = replies.findLast((reply) => holds(reply, confirmDetails)) ?? '';
  const lines = shown.match(/^- .*\b[A-Z]{3} \d.*$/gmu) ?? [];
  if (lines.length === 0) return null;
  return { say: [`${ifConfirmed[language]}\n${lines.join('\n')}`, confirmDetails[language]].join('\n\n') };
}
