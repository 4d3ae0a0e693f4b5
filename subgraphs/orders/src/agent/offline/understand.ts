import { holds } from '@supportgraph/agent';
import { asksForProduct, goodsInEnglish, namesGoods, type OrderStatus } from '@supportgraph/commerce';
import { readAddress } from './address.js';
import { addressOf } from './addressStep.js';
import { changeOf, payment, wantsTwo, type Change } from './changeOf.js';
import { asksForList, asksForOrder, facetsOf, periodOf, statusOf, type Facet, type Period } from './facets.js';
import { saysPart, saysWho } from './identity.js';
import { isBare, numbersIn, numbersOf } from './numbers.js';
import { questions, sentences } from './sentences.js';
import { wishOf, type Thread } from './thread.js';
import { agrees, keepsAll, withoutRefusals } from './waiting.js';

/** What a customer wants. */
export type Ask =
  | { kind: 'person' }
  | { kind: 'keep' }
  | { kind: 'agree' }
  | { kind: 'orders'; numbers: readonly string[]; facets: readonly Facet[] }
  | { kind: 'lastOrder'; facets: readonly Facet[] }
  | { kind: 'someOrder'; text: string; facets: readonly Facet[] }
  | { kind: 'otherOrders'; than: string }
  | { kind: 'list'; period: Period | null; status: OrderStatus | null }
  | ChangeAsk
  | { kind: 'twoChanges' }
  | { kind: 'defaultAddress' }
  | { kind: 'product'; text: string }
  | { kind: 'methods' }
  | { kind: 'invoice' }
  | { kind: 'notReceived' }
  | { kind: 'whyIdentity' }
  | { kind: 'restOfIdentity' }
  | { kind: 'who' }
  | { kind: 'unclear' };

/** A change of an order that is named, or of one that has to be found. */
export interface ChangeAsk {
  kind: 'change';
  change: Change;
  number: string | null;
  /** Other orders that the same message asks about. */
  others: readonly string[];
  /** The order that was spoken of, if no other fits better. */
  near: string | null;
  isLast: boolean;
  text: string;
}

/** A detail that corrects a proposal is no longer than this. */
const mostOfDetail = 60;
const isNoDetail =
  /[?？]|嗎|吗|^[\s\p{P}]*(?:ok(?:ay)?[\s\p{P}]*)?(?:thanks?|thank you|thx|cool|great|hi|hello|謝謝|谢谢|你好)(?![\p{L}])/iu;

/** What the customer wants, from what they write now and, where that answers a question of ours, from what led to it. */
export function understand(thread: Thread): Ask {
  const now = askOf(thread.now, thread);
  if (keepsAll(thread.now, thread.lastReply, thread.waiting) && isNothingElse(now)) return { kind: 'keep' };
  if (agrees(thread.now, thread.waiting)) return { kind: 'agree' };
  const corrected = correctionOf(now, thread);
  if (corrected) return corrected;
  const goesOn = thread.said.length > 1 && answersUs(now, thread);
  if (!goesOn) return now;
  const before = askOf(wishOf(thread), thread);
  return before.kind === 'unclear' ? now : before;
}

function isNothingElse(ask: Ask): boolean {
  return ask.kind === 'unclear' || ask.kind === 'orders' || ask.kind === 'someOrder' || ask.kind === 'keep';
}

/** A correction of the address that is proposed: “sorry, 8 Lake Road”. */
function correctionOf(now: Ask, thread: Thread): Ask | null {
  const { waiting } = thread;
  if (waiting?.change === 'UPDATE_PAYMENT' && now.kind === 'unclear' && payment.test(thread.now))
    return { ...changeAsk('UPDATE_PAYMENT', thread.now, thread), number: waiting.number };
  const isOther = now.kind === 'change' && (now.number !== null || (now.change !== 'UPDATE_ADDRESS' && now.change !== 'UPDATE_ITEMS')); // prettier-ignore
  if (!waiting?.address || isOther || /[?？]/.test(thread.now) || !addressOf(thread)) return null;
  if (waiting.change === 'DEFAULT_ADDRESS') return { kind: 'defaultAddress' };
  return { ...changeAsk('UPDATE_ADDRESS', thread.now, thread), number: waiting.number };
}

/** Whether a message answers our question rather than asking for something else. */
function answersUs(now: Ask, thread: Thread): boolean {
  if (thread.waiting?.change === 'UPDATE_ITEMS' && (thread.now.length > mostOfDetail || isNoDetail.test(thread.now))) return false; // prettier-ignore
  const { lastReply, isPick, waiting } = thread;
  if (now.kind === 'unclear' || now.kind === 'who' || now.kind === 'restOfIdentity' || isBare(thread.now)) return true;
  const asked = (question: keyof typeof questions) => holds(lastReply, questions[question]);
  if (asked('whichOrder') && now.kind === 'orders') return isPick || (now.facets.length === 0 && !/\bwhere\b|status|到哪|狀態|状态|進度|进度/i.test(thread.now)); // prettier-ignore
  const isNewOrder = now.kind === 'change' && now.number !== null;
  const isOfAddress = Object.keys(readAddress(thread.now)).length > 0 && !(now.kind === 'change' && (now.change === 'CANCEL' || now.change === 'UPDATE_PAYMENT')); // prettier-ignore
  if (asked('whichAddress') || asked('missingParts')) return isOfAddress && !isNewOrder;
  const isOfItems = now.kind === 'change' ? now.change === 'UPDATE_ITEMS' || now.change === 'UPDATE_PAYMENT' : now.kind === 'product'; // prettier-ignore
  return (
    (asked('whichItem') || asked('whichVariant') || waiting?.change === 'UPDATE_ITEMS') && isOfItems && !isNewOrder
  );
}

function askOf(said: string, thread: Thread): Ask {
  const text = withoutRefusals(said);
  if (wantsPerson(text)) return { kind: 'person' };
  const numbers = numbersIn(text).slice(0, 3);
  const facets = facetsOf(text);
  const { near } = thread;
  if (changesDefault(text)) return { kind: 'defaultAddress' };
  if (/\binvoice|\breceipt\b|發票|发票|收據|收据|統編|统编|統一編號/i.test(text) && numbers.length === 0 && !(near && refersBack(text))) return { kind: 'invoice' }; // prettier-ignore
  if (wantsTwo(text)) return { kind: 'twoChanges' };
  const change = changeOf(text);
  if (change) return changeAsk(change, text, thread);
  if (numbers.length > 0) return { kind: 'orders', numbers, facets };
  if (asksWhyWho(text, thread)) return { kind: 'whyIdentity' };
  if (asksForMethods(text)) return { kind: 'methods' };
  if (/\b(?:other|another)\s+(?:order|one)s?\b|另(?:外)?一?[筆笔張张個个]|其他(?:的)?(?:訂單|订单)|別的(?:訂單|订单)/i.test(text) && near) return { kind: 'otherOrders', than: near }; // prettier-ignore
  if (isOfLast(text)) return { kind: 'lastOrder', facets };
  if (asksForProduct(text)) return { kind: 'product', text };
  if (asksForList(text)) return { kind: 'list', period: periodOf(text), status: statusOf(text) };
  if (holds(thread.lastReply, sentences.notReceived) && /check|look|ask|neighbo|nothing|not there|still|問|问|找|看|沒|没|鄰居|邻居/i.test(text)) return { kind: 'notReceived' }; // prettier-ignore
  // “And the status?” is of the order that was just spoken of.
  const isOfThat = refersBack(text) || (asksForOrder(text) && !/\bmy\b|我的/i.test(text));
  if (near && isOfThat && numbersOf(thread.lastReply).includes(near))
    return { kind: 'orders', numbers: [near], facets };
  if (asksForOrder(text) || asksWhereGoodsAre(text)) return { kind: 'someOrder', text, facets };
  if (saysWho(text)) return { kind: 'who' };
  return saysPart(text) ? { kind: 'restOfIdentity' } : { kind: 'unclear' };
}

function changeAsk(change: Change, text: string, thread: Thread): ChangeAsk {
  const numbers = numbersIn(text);
  // Who corrects a number within a message means the last one.
  const isCorrected = /\b(?:typo|i mean|i meant|sorry|correction)\b|打錯|打错|更正|不對|不对|應該是|应该是/i.test(text);
  const [number = null, ...others] = isCorrected ? numbers.slice(-1) : numbers;
  const isOther =
    /\b(?:other|another|different) (?:order|one)\b|另(?:外)?一?[筆笔張张個个]|其他(?:的)?(?:訂單|订单)/i.test(text);
  const near = isOther ? null : thread.near;
  return { kind: 'change', change, number, others, near, isLast: isOfLast(text), text };
}

function changesDefault(text: string): boolean {
  return /\b(?:default|account|profile)\b.{0,20}\baddress|預設地址|默认地址|帳戶地址|账户地址/i.test(text) && /\b(?:change|update|edit|modify|correct|switch|replace|set)\b|改|換|换|變更|变更|更新|設|设/i.test(text); // prettier-ignore
}

function isOfLast(text: string): boolean {
  return /\b(?:last|latest|most recent|newest)\s+(?:order|purchase)|上一?[筆笔個个次](?!月|星期|禮拜|礼拜)|最近[一]?[筆笔次]?的?(?:訂單|订单)|最近一[筆笔次]|最新的?(?:那[筆笔]|訂單|订单)|最後一[筆次]/i.test(text); // prettier-ignore
}

function asksForMethods(text: string): boolean {
  return /\b(?:my|which) (?:payment methods?|cards?|gift cards?)\b|payment methods?.*\b(?:on file|do i have|saved)|gift card.*\b(?:balance|left)|我的?(?:付款方式|信用卡|禮物卡|礼物卡|禮品卡|礼品卡)|(?:禮物卡|礼物卡|禮品卡|礼品卡).*(?:餘額|余额|剩)/i.test(text); // prettier-ignore
}

/** Why we ask who is asking, as an answer to that question. */
function asksWhyWho(text: string, { lastReply }: Thread): boolean {
  const asked = [questions.WHO_IS_ASKING_EMAIL, questions.WHO_IS_ASKING_EMAIL_AND_POSTCODE, questions.restOfIdentity, questions.notVerified]; // prettier-ignore
  return asked.some((question) => holds(lastReply, question)) && /\bwhy\b|what for\b|\bprivacy\b|為什麼|为什么|為何|为何|幹嘛|干嘛|做什麼|做什么|隱私|隐私/i.test(text); // prettier-ignore
}

/** “Where are my earbuds?” */
function asksWhereGoodsAre(text: string): boolean {
  return /\bwhere(?:['’]?s| is| are|['’]re)\b|在哪/i.test(text) && namesGoods(goodsInEnglish(text));
}

function wantsPerson(text: string): boolean {
  return (
    /\b(?:talk|speak|connect|transfer|pass|get|want|need|give)\b.{0,30}\b(?:person|human|agent|colleague|representative|somebody|someone)\b/i.test(
      text,
    ) || /(?:轉接|转接|找|要|換|叫).{0,6}(?:真人|專人|专人|客服|同事|人工)/u.test(text)
  );
}

/** Whether it speaks of an order that was just spoken of. */
function refersBack(text: string): boolean {
  return /\b(?:it|its|that|this|the order|that one|this one|they|them)\b|這[筆個]|那[筆個]|這[笔个]|那[笔个]|它|呢|這張|^(?:and|what about)\b/i.test(text); // prettier-ignore
}
