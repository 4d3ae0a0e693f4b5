import { emailAddresses } from '@supportgraph/agent';
import { goodsInEnglish, namesGoods, type OrderAction } from '@supportgraph/commerce';
import { readAddress } from './address.js';
import { numbersIn, writtenNumber } from './numbers.js';
import { withoutPayment } from './payment.js';

/** What can be changed of an order by the orders agent. */
export type Change = Extract<OrderAction, 'CANCEL' | 'UPDATE_ADDRESS' | 'UPDATE_ITEMS' | 'UPDATE_PAYMENT'>;

const changing = /\b(?:change|changing|update|edit|modify|correct|switch|swap|replace|use|pay|instead|moved)\b|改|換|换|變更|变更|更新|更換|更换|搬家/i; // prettier-ignore
const cancelling = /\bcancel|取消|\b(?:stop|call off|abort)\b.{0,15}\border\b/i;
/** “I don't want it any more” is of an order only where one is named. */
const unwanted = /不想?要了?|\b(?:don['’]?t|do not|no longer) (?:want|need)\b/i;
const asksWhetherCancelled = /\b(?:is|was|has|have|been|got)\b.{0,30}\bcancell?ed|why\b.*\bcancelled|已取消|被取消|取消了[嗎吗]|取消的(?:訂單|订单)|\bcancelled orders?/i; // prettier-ignore
const address = /\baddress|\b(?:ship|send|deliver)\w*\b.{0,30}\bto\b|地址|寄到|送到|寄去|收件/i;
const sending = /\b(?:ship|send|deliver)\w*\b.{0,30}\bto\b|寄到|送到|寄去|搬家|\bmoved\b|new address|新地址/i;
/** Words for how something is paid. */
export const payment = /\bpayment|\bpa(?:y|id)\b|paypal|gift ?card|(?:credit|debit) ?card|\bvisa\b|master ?card|\bamex\b|\b(?:my|the|another|other|different) card\b|付款|支付|禮物卡|礼物卡|禮品卡|礼品卡|信用卡|刷卡/i; // prettier-ignore
const changesPayment = /\b(?:change|switch|instead|use|with|update)\b|\b(?:want|like|prefer|need|rather|can|could)\b.{0,20}\bpay(?:ing)?\b|改|換|换|變更|变更|更换|(?:想|要|可以).{0,4}用/i; // prettier-ignore

/** The change of an order that a text wants; null if none. */
export function changeOf(text: string): Change | null {
  const isOfOrder = numbersIn(text).length > 0 || /\b(?:my|the|this|that) order\b|訂單|订单|[這这那][筆笔]/i.test(text);
  if ((cancelling.test(text) || (isOfOrder && unwanted.test(text))) && !asksWhetherCancelled.test(text))
    return 'CANCEL';
  if (sending.test(text) && readAddress(text).line1) return 'UPDATE_ADDRESS';
  if (/wrong address|address.{0,20}\bwrong\b|地址.{0,6}[錯错]|[錯错]的?地址/i.test(text)) return 'UPDATE_ADDRESS';
  if (payment.test(text) && /\b(?:want|like|prefer|need|rather)\b.{0,20}\bpay(?:ing)?\b/i.test(text))
    return ofPayment(text);
  if (!changing.test(text) || /進度|进度|[換换][貨货].{0,6}(?:了[嗎吗]|[狀状][態态])/.test(text)) return null;
  if (address.test(text)) return 'UPDATE_ADDRESS';
  return ofPayment(text);
}

/** Items that change are paid with something: how is a part of that wish. */
function ofPayment(text: string): Change | null {
  const items = withoutPayment(text);
  const isOfItems = items !== text && !namesOrderOnly(items) && !payment.test(items);
  if (isOfItems && changing.test(items) && namesItems(items)) return 'UPDATE_ITEMS';
  if (payment.test(text)) return changesPayment.test(text) && !isPast(text) ? 'UPDATE_PAYMENT' : null;
  return namesItems(text) ? 'UPDATE_ITEMS' : null;
}

const isPast = (text: string) => /^\s*(?:how|what|which|did|was)\b.{0,30}\b(?:paid|did i pay)\b/i.test(text);

/** Whether the rest of “pay #W1000001 with my gift card instead” tells no more than which order. */
function namesOrderOnly(rest: string): boolean {
  if (namesGoods(goodsInEnglish(rest))) return false;
  const told = rest.replace(emailAddresses, ' ').replace(writtenNumber, ' ').replace(/\b(?:order|number|it|is|the|this|that|my|for|of|on|to|please|instead|now|i|we|want|would|like|prefer|can|could|you|change|switch|update|payment|method|pay|hi|hello|and|actually)\b|請|请|訂單|订单|編號|编号|這|那|筆|笔|的|改|換|换|是|號|号|我|你|想|要|希望|幫|帮|成|為|为|把|可以|能|嗎|吗|麻煩|麻烦|了|方式/giu, ''); // prettier-ignore
  return !/\p{L}{2}/u.test(told);
}

function namesItems(text: string): boolean {
  const isPlain = /\b(?:colou?r|size|item|items|variant|instead)\b|顏色|颜色|尺寸|尺碼|尺码|款式|商品|成|[換换改]/i;
  const isStrong = /\b(?:change|switch|swap|replace|update|edit|modify)\b/i.test(text);
  if (isStrong && namesGoods(text)) return true;
  return isPlain.test(text) || /\b(?:change|switch|swap|replace|update|edit|modify)\b.*\b(?:to|for|into|with) (?:a |the )?\w+/i.test(text); // prettier-ignore
}

const clauseEnd = /[,，;；。、\n]|\b(?:and|also|then|or)\b|還有|还有|另外|並且|并且|順便|顺便|然後|然后|以及|或/i;

/** Whether a text wants an order cancelled and changed, which cannot both be. */
export function wantsTwo(text: string): boolean {
  if (numbersIn(text).length > 1) return false;
  const wanted = text.split(clauseEnd).map(changeOf);
  return wanted.includes('CANCEL') && wanted.includes('UPDATE_ADDRESS');
}

/** A text of which only the wish is left that the customer has decided for, and the order that it is about. */
export function decidedBy(answer: string, text: string): string {
  if (!decides(answer)) return text;
  const dropped = changeOf(answer) === 'CANCEL' ? 'UPDATE_ADDRESS' : 'CANCEL';
  const kept = text.split(clauseEnd).filter((clause) => changeOf(clause) !== dropped);
  const numbers = numbersIn(text).filter((number) => !numbersIn(kept.join('\n')).includes(number));
  return [...kept, ...numbers].join(', ');
}

/** Whether a message says which of the two it is to be. */
export function decides(answer: string): boolean {
  const isForAddress = /\baddress|\bkeep|\bkept|地址|保留|留著|留着/i.test(answer);
  return isForAddress !== (changeOf(answer) === 'CANCEL');
}
