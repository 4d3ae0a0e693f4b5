import type { ActionAnswer, PendingAction } from '@supportgraph/conversation';

/**
 * What a message says if it says nothing else. `CANCEL` is a no, but not to a proposal to cancel something; `YES_CANCEL` is a
 * yes to such a proposal, and to any other it may be anything.
 */
export type PlainAnswer = 'YES' | 'NO' | 'CANCEL' | 'YES_CANCEL';

/** Longer messages say more than yes or no. */
const mostCharacters = 60;

/** `PLEASE` alone is a yes (“麻煩了”), beside a no it is only polite. */
const words = {
  POLITE: 'please|thanks|thank you|thx|many thanks|谢谢|謝謝|感謝|感谢|請|请|了|喔|哦|啊|呀|吧',
  PLEASE: '麻煩了|麻烦了|麻煩你|麻烦你|麻煩您|麻烦您',
  YES:
    'yes|y|yep|yeah|yup|sure|sure thing|ok|okay|alright|all right|of course|absolutely|definitely|correct|confirm|confirmed|' +
    'i confirm|i agree|agreed|go ahead|please do|do it|do that|do so|proceed|sounds good|that s right|that is right|' +
    'that is correct|that s fine|that is fine|fine|i do|i am sure|i m sure|' +
    '好|好的|可以|可以的|行|確認|确认|是|是的|對|对|對的|对的|沒問題|没问题|同意|繼續|继续|就這樣|就这样|當然|当然|嗯|確定|确定|沒錯|没错|要|要的|好啊',
  NO:
    'no|n|nope|nah|don t|dont|do not|don t do it|do not do it|don t do that|do not do that|stop|never mind|nevermind|' +
    'forget it|not now|no need|leave it|i changed my mind|i don t want that|i do not want that|' +
    '不|不要|不用|不必|不需要|不行|不可以|不好|不是|不對|不对|不同意|算了|別|别|先不要|暫時不要|暂时不要|停',
  CANCEL: 'cancel|cancel it|cancel that|cancel the order|cancel my order|取消|取消它|取消訂單|取消订单',
} as const;
type Kind = keyof typeof words;

const kindOf = new Map<string, Kind>();
for (const [kind, list] of Object.entries(words)) {
  for (const word of list.split('|')) kindOf.set(word, kind as Kind);
}
// The longest first, and one after the other: what is made to be slow finds nothing to try again.
const longestFirst = [...kindOf.keys()].sort((a, b) => b.length - a.length).join('|');

/** What a message says if it is nothing but a yes or a no, with politeness, punctuation and emoji; else null. */
export function plainAnswer(text: string): PlainAnswer | null {
  // A question is no answer, and neither is what says more, or shows the opposite.
  if (text.length > mostCharacters || /[?？]|嗎|吗|[👎❌✖❎🚫🙅]/u.test(text)) return null;
  const kinds = kindsIn(text.normalize('NFKC').toLowerCase());
  kinds?.delete('POLITE');
  if (kinds?.delete('PLEASE') && kinds.size === 0) return 'YES';
  if (kinds?.size === 2 && kinds.has('YES') && kinds.has('CANCEL')) return 'YES_CANCEL';
  const [only, ...others] = kinds ?? [];
  return only === undefined || only === 'POLITE' || only === 'PLEASE' || others.length > 0 ? null : only;
}

/** The kinds of all its words; null if one is not known. */
function kindsIn(text: string): Set<Kind> | null {
  // Latin words stand apart, Chinese ones do not.
  const word = new RegExp(`(${longestFirst})(?!(?<=[a-z])[a-z]) ?`, 'uy');
  const said = text
    .replace(/[\p{P}\p{S}\p{Z}\p{C}\p{M}]+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .trim();
  const kinds = new Set<Kind>();
  while (word.lastIndex < said.length) {
    const [, known = ''] = word.exec(said) ?? [];
    const kind = kindOf.get(known);
    if (!kind) return null;
    kinds.add(kind);
  }
  return kinds;
}

/** The proposals of which a plain yes or no may mean any: the customer has to be asked. */
export function meantProposals(text: string, pending: readonly PendingAction[]): readonly PendingAction[] {
  const answer = pending.length > 1 ? plainAnswer(text) : null;
  return answer === 'YES' || answer === 'NO' ? pending : [];
}

/** The proposal that a message decides on: the only one that waits, asked for before a plain yes or no. */
export function answeredProposal(text: string, pending: readonly PendingAction[]): ActionAnswer | null {
  const [only, ...others] = pending;
  if (!only?.isAsked || others.length > 0) return null;
  const answer = plainAnswer(text);
  const isToCancel = only.kind === 'CANCEL_ORDER';
  if (answer === null || (answer === 'CANCEL' && isToCancel) || (answer === 'YES_CANCEL' && !isToCancel)) return null;
  return { proposalId: only.proposalId, isConfirmed: answer === 'YES' || answer === 'YES_CANCEL' };
}
