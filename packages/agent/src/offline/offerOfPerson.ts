import type { Text } from '@supportgraph/kernel';
import type { OfflineStep, OfflineTurn } from './playbook.js';
import { holds, lastReply } from './said.js';

/** The question whether a person is wanted, as every agent without a model asks it. */
export const offerOfPerson: Text = { en: 'Shall I pass you on to a colleague?', 'zh-Hant': '要為您轉接同事嗎？' };

/** What is said to whoever would rather stay. */
export const staysHere: Text = {
  en: 'All right. What else can I do for you?',
  'zh-Hant': '好的。還有什麼可以協助您的嗎？',
};

/** Longer messages say more than yes or no. */
const mostCharacters = 60;

const pause = String.raw`[\s\p{P}\p{S}]*`;
const only = (words: string) => new RegExp(`^${pause}(?:(?:${words})(?!(?<=[a-z])[a-z])${pause})+$`, 'iu');
const polite = 'please|thanks|thank|thx|you|so much|very much|a lot|謝謝|谢谢|感謝|感谢|你|您|了|喔|哦|啊|呀|吧';
const yes = only(`yes|yeah|yep|do|it|that|would|be|great|nice|good|ok|okay|sure|of course|go ahead|好|的|可以|行|是|對|对|要|嗯|麻煩|麻烦|請|请|當然|当然|${polite}`); // prettier-ignore
const no = only(`no|nope|nah|not|now|need|for|i|am|i['’]m|it['’]s|that['’]s|never ?mind|fine|ok|okay|don['’]t|it|不|用|要|必|需|先|暫|暂|時|时|沒|没|關係|关系|算|${polite}`); // prettier-ignore
const saysYes =
  /yes|yeah|yep|do|great|nice|good|ok|sure|course|ahead|好|可以|行|是|對|对|要|嗯|麻煩|麻烦|請|请|當然|当然/iu;
const saysNo = /\bn(?:o|ope|ah|ot|ever)\b|never ?mind|don['’]t|不|沒關|没关|算了/iu;

/** The answer to the offer of a person, if that was the last thing said and this is nothing but a yes or a no. */
export function answerToOffer({ text, history }: Pick<OfflineTurn, 'text' | 'history'>): 'YES' | 'NO' | null {
  if (!wasJustSaid({ history }, offerOfPerson) || text.length > mostCharacters) return null;
  if (no.test(text) && saysNo.test(text)) return 'NO';
  return yes.test(text) && saysYes.test(text) ? 'YES' : null;
}

/** Whether a sentence, in either language, is in the last thing said. */
export function wasJustSaid(turn: Pick<OfflineTurn, 'history'>, sentence: Text): boolean {
  return holds(lastReply(turn), sentence);
}

/** A reply, with the offer of a person if the same was said just before: the conversation goes in circles. */
export function offeringIfRepeated({ history, language }: OfflineTurn, step: OfflineStep): OfflineStep {
  if (!('say' in step) || 'call' in step || !step.say) return step;
  const offer = offerOfPerson[language];
  return lastReply({ history }).includes(step.say) && !step.say.includes(offer)
    ? { say: `${step.say}\n\n${offer}` }
    : step;
}
