import type { OrderStatus } from '@supportgraph/commerce';

/** What of an order is asked about. */
export type Facet =
  | 'items'
  | 'total'
  | 'payment'
  | 'tracking'
  | 'address'
  | 'date'
  | 'refund'
  | 'actions'
  | 'ledger'
  | 'invoice'
  | 'missing';

/** A span of days, told apart from the day that it is said on. */
export type Period = 'today' | 'thisWeek' | 'lastWeek' | 'thisMonth' | 'lastMonth' | 'thisYear' | 'lastYear' | number;

/** What a text asks about an order. */
export function facetsOf(text: string): Facet[] {
  const asked: [Facet, RegExp][] = [
    ['items', /what(?:'s| is| was|) in\b|what did i (?:order|buy|get)|\bitems?\b|contents?|買了什麼|买了什么|訂了什麼|订了什么|商品|內容|内容|哪些東西/i],
    ['total', /how much|total|\bcost|\bprice|\bamount|多少錢|多少钱|總金額|总金额|金額|金额|總共|总共|總價/i],
    ['payment', /\bpaid\b|\bpay\b|payment|付款|支付|怎麼付|怎么付|刷哪/i],
    ['tracking', /track|物流|追蹤|追踪|運單|运单|快遞單|快递单/i],
    ['address', /\baddress|where .*(?:going|shipped to|sent to|delivered to)|地址|寄到哪|送到哪裡|送到哪里/i],
    ['date', /\bwhen\b|\bdate\b|how long|arriv|什麼時候|什么时候|何時|何时|多久|幾號|哪天|日期/i],
    ['refund', /refund|money back|退款|退錢|退钱/i],
    ['actions', /\bcan i\b|\bcould i\b|still (?:change|cancel)|possible|可以.{0,8}[嗎吗]|能不能|還能|还能/i],
    ['missing', /\b(?:never|not|didn['’]?t|haven['’]?t|hasn['’]?t)\b.{0,20}\b(?:g[eo]t|received?|arrived?|here|come)\b|(?:says?|marked|shows?)\b.{0,12}\bdelivered|(?:沒|没)(?:有)?(?:收到|拿到)|未收到/i],
    ['ledger', /charged? (?:me )?(?:twice|two times|double|again)|double[- ]charged|charged .{0,10}times|[重複複复][扣收]|扣(?:了)?[兩两2][次筆笔]/i],
    ['invoice', /\binvoice|\breceipt\b|[發发]票|收[據据]|[統统]編|[統统]一編號/i],
  ]; // prettier-ignore
  return asked.filter(([, pattern]) => pattern.test(text)).map(([facet]) => facet);
}

/** Whether a text asks for a list of orders. */
export function asksForList(text: string): boolean {
  return /\b(?:list|show|see|view|all|recent|past|previous|open|pending|cancelled|delivered)\b.{0,20}\borders\b|\bmy orders\b|what (?:did|have) i (?:order|buy|bought|purchase)|order history|orders? (?:from|in|of) (?:last|this)|how many orders|列出|所有.{0,4}(?:訂單|订单)|(?:訂單|订单)(?:紀錄|記錄|记录|列表)|買了什麼|买了什么|訂了什麼|订了什么|[訂订][購购]?過什麼|哪些(?:訂單|订单)|我的(?:訂單|订单)有哪些|幾筆訂單|几笔订单|(?:查看?|看)我的(?:訂單|订单)$/i.test(text); // prettier-ignore
}

/** Whether a text asks for an order, whichever. */
export function asksForOrder(text: string): boolean {
  return /\border\b|\bpackage|\bparcel|\bdelivery|\bshipment|\bshipped|\btrack|\barriv|訂單|订单|包裹|物流|出貨|出货|到貨|到货|送達|还没收到|還沒收到|到哪|寄出|快遞|快递/i.test(text); // prettier-ignore
}

const months = 'january february march april may june july august september october november december'.split(' ');

/** The span of days that a text speaks of. */
export function periodOf(text: string): Period | null {
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

/** The state of orders that a text speaks of. */
export function statusOf(text: string): OrderStatus | null {
  const named: [OrderStatus, RegExp][] = [
    ['CANCELLED', /\bcancell?ed\b|已?取消的?/i],
    ['DELIVERED', /\bdelivered\b|已送達|已送达/i],
    ['PENDING', /\bpending\b|\bopen\b|待處理|待处理|未出貨|未出货/i],
  ];
  return named.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
