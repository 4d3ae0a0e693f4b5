import { asksForProduct, type OrderAction, type OrderStatus } from '@supportgraph/commerce';
import { numbersIn, saysWho, wordsOf } from './identity.js';
import { questions } from './sentences.js';
import { withoutPayment } from './payment.js';
import { holds, wishOf, type Thread } from './thread.js';

/** What of an order is asked about. */
export type Facet = 'items' | 'total' | 'payment' | 'tracking' | 'address' | 'date' | 'refund' | 'actions';

/** What can be changed of an order by the orders agent. */
export type Change = Extract<OrderAction, 'CANCEL' | 'UPDATE_ADDRESS' | 'UPDATE_ITEMS' | 'UPDATE_PAYMENT'>;

/** A span of days, told apart from the day that it is said on. */
export type Period = 'today' | 'thisWeek' | 'lastWeek' | 'thisMonth' | 'lastMonth' | 'thisYear' | 'lastYear' | number;

/** What a customer wants. */
export type Ask =
  | { kind: 'person' }
  | { kind: 'orders'; numbers: readonly string[]; facets: readonly Facet[] }
  | { kind: 'lastOrder'; facets: readonly Facet[] }
  | { kind: 'someOrder'; facets: readonly Facet[] }
  | { kind: 'list'; period: Period | null; status: OrderStatus | null }
  | { kind: 'change'; change: Change; number: string | null; isLast: boolean }
  | { kind: 'defaultAddress' }
  | { kind: 'product'; text: string }
  | { kind: 'methods' }
  | { kind: 'who' }
  | { kind: 'unclear' };

/** What the customer wants, from what they write now and, where that answers a question of ours, from what led to it. */
export function understand(thread: Thread): Ask {
  const now = askOf(thread.now, thread);
  const isAnswer = now.kind === 'unclear' || now.kind === 'who' || isBare(thread.now) || answersItems(now, thread);
  const goesOn = thread.said.length > 1 && isAnswer;
  if (!goesOn) return now;
  const before = askOf(wishOf(thread), thread);
  return before.kind === 'unclear' ? now : before;
}

/** Whether it is the change that was asked for, rather than another one: “the shirt in black, pay with PayPal”. */
function answersItems(now: Ask, { lastReply }: Thread): boolean {
  const isOfItems = now.kind === 'change' && (now.change === 'UPDATE_ITEMS' || now.change === 'UPDATE_PAYMENT');
  return isOfItems && now.number === null && holds(lastReply, questions.whichItem);
}

/** Whether the rest of “pay #W1000001 with my gift card instead” tells no more than which order. */
function namesOrderOnly(rest: string): boolean {
  const told = rest.replace(/\b(?:W\d+|order|number|it|is|the|this|that|my|for|of|on|please|instead|now)\b|請|请|訂單|订单|編號|编号|這|那|筆|笔|的|改|是|號|号/giu, ''); // prettier-ignore
  return !/\p{L}{2}/u.test(told);
}

/** Whether a message is nothing but an order number. */
function isBare(text: string): boolean {
  return numbersIn(text).length > 0 && !/\p{L}{2}/u.test(wordsOf(text).replace(/\b(?:order|number|it|is|the|no)\b|訂單|订单|編號|编号|是|號|号/giu, ' ')); // prettier-ignore
}

function askOf(text: string, thread: Thread): Ask {
  if (wantsPerson(text)) return { kind: 'person' };
  const numbers = numbersIn(text).slice(0, 3);
  const facets = facetsOf(text);
  const isLast = /\b(?:last|latest|most recent|newest)\s+(?:order|purchase)|上一?[筆笔個个次](?!月|星期|禮拜|礼拜)|最近[一]?[筆笔次]?的?(?:訂單|订单)|最近一[筆笔次]|最新的?(?:訂單|订单)|最後一[筆次]/i.test(text); // prettier-ignore
  const spokenOf = numbersIn(thread.lastReply);
  const number = numbers[0] ?? (refersBack(text) && spokenOf.length === 1 ? spokenOf[0]! : null);
  if (
    /\b(?:default|account|profile)\b.{0,20}\baddress|預設地址|默认地址|帳戶地址|账户地址/i.test(text) &&
    changes(text)
  )
    return { kind: 'defaultAddress' };
  const change = changeOf(text);
  if (change) return { kind: 'change', change, number, isLast };
  if (numbers.length > 0) return { kind: 'orders', numbers, facets };
  if (
    /\b(?:my|which) (?:payment methods?|cards?|gift cards?)\b|payment methods?.*\b(?:on file|do i have|saved)|gift card.*\b(?:balance|left)|我的?(?:付款方式|信用卡|禮物卡|礼物卡|禮品卡|礼品卡)|(?:禮物卡|礼物卡|禮品卡|礼品卡).*(?:餘額|余额|剩)/i.test(
      text,
    )
  )
    // prettier-ignore
    return { kind: 'methods' };
  if (isLast) return { kind: 'lastOrder', facets };
  if (asksForProduct(text)) return { kind: 'product', text };
  if (asksForList(text)) return { kind: 'list', period: periodOf(text), status: statusOf(text) };
  if (number && (facets.length > 0 || refersBack(text))) return { kind: 'orders', numbers: [number], facets };
  // “And the status?” is of the order that was just spoken of.
  const isOfThat = spokenOf.length === 1 && !/\bmy\b|我的/i.test(text);
  if (asksForOrder(text) && isOfThat) return { kind: 'orders', numbers: spokenOf, facets };
  if (asksForOrder(text)) return { kind: 'someOrder', facets };
  if (saysWho(text)) return { kind: 'who' };
  return { kind: 'unclear' };
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
  return /\b(?:it|its|that|this|the order|that one|this one|they|them)\b|這[筆個]|那[筆個]|这[笔个]|那[笔个]|它|呢|這張|^(?:and|what about)\b/i.test(text); // prettier-ignore
}

const changing =
  /\b(?:change|update|edit|modify|correct|switch|swap|replace|use|pay|instead)\b|改|換|换|變更|变更|更新|更換|更换/i;
const changes = (text: string) => changing.test(text);

function changeOf(text: string): Change | null {
  const isAsked = /\b(?:is|was|has|have|been|got)\b.{0,30}\bcancel|why\b.*\bcancelled|已取消|被取消|取消了[嗎吗]|取消的(?:訂單|订单)|\bcancelled orders?/i; // prettier-ignore
  if (/\bcancel|取消|不想要了|不要了/i.test(text) && !isAsked.test(text)) return 'CANCEL';
  if (!changes(text) || /進度|进度|換貨.{0,6}(?:了嗎|狀態)|换货.{0,6}(?:了吗|状态)/.test(text)) return null;
  if (/\baddress|ship(?:ped)? (?:it )?to|地址|寄到|送到/i.test(text)) return 'UPDATE_ADDRESS';
  // Items that change are paid with something: how is a part of that wish.
  const items = withoutPayment(text);
  const isAboutPayment = (part: string) => /\bpayment|\bpa(?:y|id)\b|paypal|gift card|credit card|付款|支付|禮物卡|礼物卡|禮品卡|礼品卡|信用卡/i.test(part); // prettier-ignore
  const isOfItems = items !== text && !namesOrderOnly(items) && !isAboutPayment(items);
  if (isOfItems && changes(items) && namesItems(items)) return 'UPDATE_ITEMS';
  if (isAboutPayment(text) && /\b(?:change|switch|instead|use|with|update)\b|改|換|换|變更|变更|更换/i.test(text))
    return 'UPDATE_PAYMENT';
  return namesItems(text) ? 'UPDATE_ITEMS' : null;
}

function namesItems(text: string): boolean {
  return /\b(?:colou?r|size|item|items|variant|instead|to (?:a |the )?\w+|for (?:a |the )?\w+)\b|顏色|颜色|尺寸|尺碼|款式|商品|成|[換换改]/i.test(text); // prettier-ignore
}

function facetsOf(text: string): Facet[] {
  const asked: [Facet, RegExp][] = [
    ['items', /what(?:'s| is| was|) in\b|what did i (?:order|buy|get)|\bitems?\b|contents?|買了什麼|买了什么|訂了什麼|订了什么|商品|內容|内容|哪些東西/i],
    ['total', /how much|total|\bcost|\bprice|\bamount|多少錢|多少钱|總金額|总金额|金額|金额|總共|总共|總價/i],
    ['payment', /\bpaid\b|\bpay\b|payment|付款|支付|怎麼付|怎么付|刷哪/i],
    ['tracking', /track|物流|追蹤|追踪|運單|运单|快遞單|快递单/i],
    ['address', /\baddress|where .*(?:going|shipped to|sent to|delivered to)|地址|寄到哪|送到哪裡|送到哪里/i],
    ['date', /\bwhen\b|\bdate\b|how long|arriv|什麼時候|什么时候|何時|何时|多久|幾號|哪天|日期/i],
    ['refund', /refund|money back|退款|退錢|退钱/i],
    ['actions', /\bcan i\b|\bcould i\b|still (?:change|cancel)|possible|可以.{0,8}[嗎吗]|能不能|還能|还能/i],
  ]; // prettier-ignore
  return asked.filter(([, pattern]) => pattern.test(text)).map(([facet]) => facet);
}

function asksForList(text: string): boolean {
  return /\b(?:list|show|see|view|all|recent|past|previous|open|pending|cancelled|delivered)\b.{0,20}\borders\b|\bmy orders\b|what (?:did|have) i (?:order|buy|bought|purchase)|order history|orders? (?:from|in|of) (?:last|this)|how many orders|列出|所有.{0,4}(?:訂單|订单)|(?:訂單|订单)(?:紀錄|記錄|记录|列表)|買了什麼|买了什么|訂了什麼|订了什么|[訂订][購购]?過什麼|哪些(?:訂單|订单)|我的(?:訂單|订单)有哪些|幾筆訂單|几笔订单|(?:查看?|看)我的(?:訂單|订单)$/i.test(text); // prettier-ignore
}

function asksForOrder(text: string): boolean {
  return /\border\b|\bpackage|\bparcel|\bdelivery|\bshipment|\bshipped|\btrack|\barriv|訂單|订单|包裹|物流|出貨|出货|到貨|到货|送達|还没收到|還沒收到|到哪|寄出|快遞|快递/i.test(text); // prettier-ignore
}

const months = 'january february march april may june july august september october november december'.split(' ');

function periodOf(text: string): Period | null {
  const named: [Period, RegExp][] = [
    ['today', /\btoday\b|今天/i],
    ['thisWeek', /\bthis week\b|這週|这周|本週|本周|這禮拜/i],
    ['lastWeek', /\blast week\b|上週|上周|上禮拜|上星期/i],
    ['thisMonth', /\bthis month\b|這個月|这个月|本月/i],
    ['lastMonth', /\blast month\b|上個月|上个月|上月/i],
    ['thisYear', /\bthis year\b|今年/i],
    ['lastYear', /\blast year\b|去年/i],
  ];
  const found = named.find(([, pattern]) => pattern.test(text));
  if (found) return found[0];
  const month = months.findIndex((name) => new RegExp(`\\b(?:in|of|from|since) ${name}\\b`, 'i').test(text));
  const counted = Number(/(?<!\d)(1[0-2]|[1-9])\s*月/.exec(text)?.[1] ?? 0);
  return month >= 0 ? month + 1 : counted || null;
}

function statusOf(text: string): OrderStatus | null {
  const named: [OrderStatus, RegExp][] = [
    ['CANCELLED', /\bcancell?ed\b|已?取消的?/i],
    ['DELIVERED', /\bdelivered\b|已送達|已送达/i],
    ['PENDING', /\bpending\b|\bopen\b|待處理|待处理|未出貨|未出货/i],
  ];
  return named.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
