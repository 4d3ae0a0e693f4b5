import { confirmDetails, holds } from '@supportgraph/agent';
import { numbersOf } from './numbers.js';
import { questions } from './sentences.js';
import type { Change } from './changeOf.js';

/** A proposal of ours that was shown and not decided on since. */
export interface Waiting {
  /** Null for what another agent proposed. */
  change: Change | 'DEFAULT_ADDRESS' | null;
  number: string | null;
  /** The new address that is proposed, on one line. */
  address: string | null;
}

const titles: readonly (readonly [RegExp, NonNullable<Waiting['change']>])[] = [
  [/^\*\*(?:Cancel order|取消訂單)/m, 'CANCEL'],
  [/^\*\*(?:Change the address of|變更訂單 \S+ 的地址)/m, 'UPDATE_ADDRESS'],
  [/^\*\*(?:Change the items of|變更訂單 \S+ 的商品)/m, 'UPDATE_ITEMS'],
  [/^\*\*(?:Change how order|變更訂單 \S+ 的付款方式)/m, 'UPDATE_PAYMENT'],
  [/^\*\*(?:Change your default address|變更您的預設地址)/m, 'DEFAULT_ADDRESS'],
];
/** Replies that leave the proposal above them as it is. */
const leavesWaiting = /^(?:Take your time|If you confirm|All right, nothing is done|不用急|若您確認|好的，不會進行)/;

/** The proposal that waits, from the assistant's messages, newest first. */
export function waitingIn(replies: readonly string[]): Waiting | null {
  const reply = replies.find((each) => !leavesWaiting.test(each)) ?? '';
  if (!holds(reply, confirmDetails)) return null;
  return {
    change: titles.find(([title]) => title.test(reply))?.[1] ?? null,
    number: numbersOf(reply)[0] ?? null,
    address: /^- (?:New address|新地址): (.*)$/m.exec(reply)?.[1] ?? null,
  };
}

/** A change that is not wanted: whatever waits or not, this is no wish for it. */
const refused =
  /\b(?:do not|don['’]?t|dont|not|never|no need to|rather not|stop|instead of|without)\s+(?:(?:want|wish|need|going|really|you|to|it|be|please|actually|a|the|any)\s+)*(?:cancel(?:ling|lation|ing)?|change|changing|update|modify)\b(?:\s+(?:it|that|this|the order|my order|anything|order))?|(?:不(?:想|要|用|必|需要|再)?|別|别|甭|沒要|没要)\s*(?:要|再)?\s*(?:取消|變更|变更|更改|更換|更换|改|換|换)(?!變|变)(?:訂單|订单|了|它|這筆|这笔)*/giu;
const keeping =
  /\bkeep(?:ing)?\s+(?:it|that|this|them|the|my|everything)\b|\bleave (?:it|everything|the order)\b|\b(?:never ?mind|nvm|forget (?:it|about it)|not (?:now|yet|any ?more)|i(?:['’]ll| will| would|['’]d)? rather not)\b|留著|留着|保留|算了|先不(?:要|用|必)|暫時不|暂时不|不用了|不必了|再想想|想一想|再考慮|再考虑|考慮一下|考虑一下|think about it|think it over/iu;
/** While one of our questions waits these answer it: a mind that has changed is a reason to cancel. */
const mindChanged = /\bchang(?:ed?|ing) my mind\b|改[變变](?:了)?(?:主意|心意)/giu;
const unwanted = /^[^\p{L}]*(?:我)?不(?:(?:想)?要|需要)了?[^\p{L}]*$/iu;
const no = /^[\s\p{P}]*(?:no|nope|nah|no thanks?|no thank you|cancel that|不|不要|不用|不了)[\s\p{P}]*$/iu;

/** A text without the changes that it does not want. */
export function withoutRefusals(text: string): string {
  return text.replace(refused, ' ').replace(mindChanged, ' ');
}

/** Whether a message says that what was begun is not wanted. */
export function keepsAll(text: string, lastReply: string, waiting: Waiting | null): boolean {
  if (text.replace(refused, '') !== text) return true;
  const asked = [questions.whyCancel, questions.whichAddress, questions.whichMethod, questions.whichItem, questions.whichVariant, questions.cancelOrChange, questions.missingParts, questions.whichOrder]; // prettier-ignore
  const isAsked = asked.some((question) => holds(lastReply, question));
  if (!waiting && !isAsked) return text.replace(mindChanged, '') !== text;
  return (
    keeping.test(text) ||
    no.test(text) ||
    (waiting !== null && (unwanted.test(text) || text.replace(mindChanged, '') !== text))
  );
}

/** Whether a message agrees to what waits, where it was not taken for an answer: which of several, or its button, is not sure. */
export function agrees(text: string, waiting: Waiting | null): boolean {
  return waiting !== null && /^[\s\p{P}]*(?:(?:yes|yeah|yep|ok|okay|sure|alright|go ahead|please|do|it|that|confirm|fine|good|好|的|是|對|对|可以|行|嗯|要|確認|确认|確定|确定|沒問題|没问题|吧|了|啊|請|请)[\s\p{P}]*)+$/iu.test(text); // prettier-ignore
}
