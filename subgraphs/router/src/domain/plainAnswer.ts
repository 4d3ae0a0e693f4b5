import { confirmDetails, holds, offerOfPerson } from '@supportgraph/agent';
import type { ActionAnswer, PendingAction, Said } from '@supportgraph/conversation';
import { intentOfYes, lastSaid } from './followUp.js';

/**
 * What a message says if it says nothing else. `CANCEL` is a no, but not to a proposal to cancel something.
 */
export type PlainAnswer = 'YES' | 'NO' | 'CANCEL';

/** Longer messages say more than yes or no. */
const mostCharacters = 60;

/** `PLEASE` alone is a yes (“麻煩了”), beside a no it is only polite. */
const words = {
  POLITE: 'please|thanks|thank you|thx|many thanks|then|谢谢|謝謝|感謝|感谢|請|请|了|喔|哦|啊|呀|吧',
  PLEASE: '麻煩了|麻烦了|麻煩你|麻烦你|麻煩您|麻烦您',
  YES:
    'yes|y|yep|yeah|yup|sure|sure thing|ok|okay|alright|all right|of course|absolutely|definitely|correct|confirm|confirmed|' +
    'i confirm|i agree|agreed|go ahead|please do|do it|do that|do so|proceed|sounds good|that s right|that is right|' +
    'that is correct|that s fine|that is fine|fine|good|looks good|looks right|i do|i am sure|i m sure|' +
    '好|好的|可以|可以的|行|確認|确认|是|是的|對|对|對的|对的|沒問題|没问题|同意|繼續|继续|就這樣|就这样|當然|当然|嗯|確定|确定|沒錯|没错|要|要的|好啊',
  NO:
    'no|n|nope|nah|don t do it|do not do it|don t do that|do not do that|stop|never mind|nevermind|' +
    'forget it|not now|no need|leave it|i changed my mind|i don t want that|i do not want that|' +
    '不行|不可以|不好|不是|不對|不对|不同意|算了|停',
  /** Is a no, and makes one of a deed. */
  NOT: 'don t|dont|do not|不|不要|不用|不必|不需要|不想|別|别|先不|先不要|暫時不要|暂时不要',
  CANCEL: 'cancel|cancel it|cancel that|cancel the order|cancel my order|取消|取消它|取消訂單|取消订单',
  RETURN: 'return|return it|return that|return them|send it back|send them back|退貨|退货',
  EXCHANGE: 'exchange|exchange it|exchange that|exchange them|swap it|swap them|換|换|換貨|换货',
  CHANGE: 'change|change it|change that|change them|update|update it|update that|改|更改|修改|變更|变更',
  REFUND: 'refund|refund it|refund that|refund me|退款|退錢|退钱',
  /** Goods or money. */
  GIVE_BACK: '退',
} as const;
type Kind = keyof typeof words;

/** The deeds that a message names, and the proposals that it may mean by them. */
const deeds: Readonly<Partial<Record<Kind, readonly PendingAction['kind'][]>>> = {
  CANCEL: ['CANCEL_ORDER'],
  RETURN: ['REQUEST_RETURN'],
  EXCHANGE: ['REQUEST_EXCHANGE', 'UPDATE_ORDER_ITEMS'],
  CHANGE: ['UPDATE_ORDER_ADDRESS', 'UPDATE_ORDER_ITEMS', 'UPDATE_ORDER_PAYMENT', 'UPDATE_CUSTOMER_ADDRESS'],
  REFUND: ['REQUEST_REFUND'],
  GIVE_BACK: ['REQUEST_RETURN', 'REQUEST_REFUND'],
};

const asAnswer: Readonly<Partial<Record<Kind, 'YES' | 'NO'>>> = { YES: 'YES', NO: 'NO', NOT: 'NO' };

const kindOf = new Map<string, Kind>();
for (const [kind, list] of Object.entries(words)) {
  for (const word of list.split('|')) kindOf.set(word, kind as Kind);
}
// The longest first, and one after the other: what is made to be slow finds nothing to try again.
const longestFirst = [...kindOf.keys()].sort((a, b) => b.length - a.length).join('|');

/** A thumb up is a yes if nothing is written beside it. */
const onlyThumbs = /^[\s\p{P}]*(?:(?:👍|👌|✅|✔)[\p{Emoji_Modifier}\ufe0f\s\p{P}]*)+$/u;

/** Questions, other wishes, and words that only look like a yes: 對了 is “by the way”, 是喔 “oh, really”, 好了 “enough”. */
const noAnswer = /[?？]|嗎|吗|(?<!不)要(?:更?改|修改|[變变]更)|[對对是](?:了|喔|哦)|(?<![可])[好行]了/u;
/** Emoji but for a few friendly ones, and crosses. */
const unfriendly = /(?![👍👌✅✔🙏🙂😊😀😄😃😁😉🥰😍🎉💪❤💕☺])\p{Extended_Pictographic}|[✗✘✕×]/u;

/** A yes, a no or neither, and the deed that is named with it. */
interface Answer {
  says: 'YES' | 'NO' | null;
  deed: Kind | null;
}

/** What a message says if it is nothing but a yes or a no, with politeness, punctuation and emoji; else null. */
export function plainAnswer(text: string): PlainAnswer | null {
  const { says, deed } = read(text);
  if (deed === null) return says;
  return deed === 'CANCEL' && says === null ? 'CANCEL' : null;
}

function read(text: string): Answer {
  const nothing: Answer = { says: null, deed: null };
  // A question is no answer, and neither is what says more, wants it otherwise (“要改”), or shows anything but friendliness.
  if (text.length > mostCharacters || noAnswer.test(text) || unfriendly.test(text)) return nothing;
  if (onlyThumbs.test(text)) return { says: 'YES', deed: null };
  const kinds = kindsIn(text.normalize('NFKC').toLowerCase());
  if (!kinds) return nothing;
  const named = new Set(kinds.filter((kind) => deeds[kind]));
  const answers = new Set(kinds.flatMap((kind) => asAnswer[kind] ?? []));
  if (named.size > 1 || answers.size > 1) return nothing;
  const [deed = null] = named;
  // “No, cancel it” is no plain answer, “don't cancel it” is.
  if (deed && answers.has('NO') && kinds[kinds.indexOf(deed) - 1] !== 'NOT') return nothing;
  const [says = deed === null && kinds.includes('PLEASE') ? 'YES' : null] = answers;
  return { says, deed };
}

/** The kinds of all its words, in order; null if one is not known. */
function kindsIn(text: string): Kind[] | null {
  // Latin words stand apart, Chinese ones do not.
  const word = new RegExp(`(${longestFirst})(?!(?<=[a-z])[a-z]) ?`, 'uy');
  const said = text
    .replace(/[\p{P}\p{S}\p{Z}\p{C}\p{M}]+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '')
    .trim();
  const kinds: Kind[] = [];
  while (word.lastIndex < said.length) {
    const [, known = ''] = word.exec(said) ?? [];
    const kind = kindOf.get(known);
    if (!kind) return null;
    kinds.push(kind);
  }
  return kinds;
}

/** What a message says to a proposal: the deed that it names, if any, has to be the one proposed. */
function answerTo({ kind }: PendingAction, text: string): 'YES' | 'NO' | null {
  const { says, deed } = read(text);
  if (deed === null || deeds[deed]!.includes(kind)) return says;
  return deed === 'CANCEL' && says === null ? 'NO' : null;
}

/**
 * Whether the last thing said asks for this proposal: it was just made, or its lines were just repeated. What was asked for
 * earlier is not what a yes means now.
 */
function isAskedNow({ isAsked, isLastAsked, title }: PendingAction, history: readonly Said[]): boolean {
  const last = lastSaid(history);
  // With an offer of a person below it, a yes means that.
  if (!isAsked || last?.author === 'STAFF' || (last && holds(last.text, offerOfPerson))) return false;
  return isLastAsked || (last !== null && repeats(last.text, title));
}

/** A heading over the details is another proposal's, unless it is this one's. */
function repeats(text: string, title: string): boolean {
  const [, heading] = /^\*\*(.+)\*\*$/m.exec(text) ?? [];
  return holds(text, confirmDetails) && (heading ?? title) === title;
}

/** Whether something else was asked since that the answer may be to. */
function mayMeanElse(pending: readonly PendingAction[], history: readonly Said[]): boolean {
  return !pending.some((each) => isAskedNow(each, history)) && intentOfYes(history) !== null;
}

/** The proposals of which a plain yes or no may mean any, or a yes one that was asked for earlier: the customer has to be asked. */
export function meantProposals(
  text: string,
  pending: readonly PendingAction[],
  history: readonly Said[] = [],
): readonly PendingAction[] {
  const [only, ...others] = pending;
  if (!only || mayMeanElse(pending, history)) return [];
  if (others.length === 0)
    return only.isAsked && !isAskedNow(only, history) && answerTo(only, text) === 'YES' ? [only] : [];
  const answer = plainAnswer(text);
  return answer === 'YES' || answer === 'NO' ? pending : [];
}

/**
 * The proposal that a message decides on: the only one that waits. A yes only if the last thing said asked for it; a no also
 * later, if nothing else was asked since.
 */
export function answeredProposal(
  text: string,
  pending: readonly PendingAction[],
  history: readonly Said[] = [],
): ActionAnswer | null {
  const [only, ...others] = pending;
  if (!only?.isAsked || others.length > 0) return null;
  const answer = answerTo(only, text);
  const isTold = isAskedNow(only, history) || (answer === 'NO' && !mayMeanElse(pending, history));
  return answer && isTold ? { proposalId: only.proposalId, isConfirmed: answer === 'YES' } : null;
}
