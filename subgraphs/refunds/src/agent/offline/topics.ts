/** What a message is about. */
export type Topic =
  'STATUS' | 'AMOUNT' | 'LIST' | 'RETURN' | 'EXCHANGE' | 'REFUND' | 'CALL_OFF' | 'SENDING' | 'COMPLAINT';

/** Whether it asks how far something is: then it is no new wish. */
const asksHowFar = /\b(?:where|when|status|progress|yet|approved|processed|update)\b|進度|进度|狀態|状态|何時|何时|時候|时候|多久|查|好了/i; // prettier-ignore

/** The first that fits is the topic; Chinese in both scripts. */
const topics: readonly (readonly [Topic, RegExp, without?: RegExp])[] = [
  [
    'CALL_OFF',
    /\b(?:cancel|withdraw|undo|revoke|call off|stop)\s+(?:(?:my|the|this|that|a|whole|#?W\d+)\s+)*(?:returns?|exchange|refund)\b|\b(?:return|exchange)\b.{0,20}\bcall(?:ed)? off\b|(?:取消|撤銷|撤销|撤回)(?:了|掉|我的|這個|这个|這筆|这笔|那個|那个|申請的?|申请的?|\s|#?W\d+\s*的?)*(?:退[貨货款]|[換换][貨货])|(?:退[貨货]|[換换][貨货])(?:申請|申请)?.{0,3}(?:取消|撤)/i,
    /何時|何时|時候|时候|\b(?:when|where)\b/i,
  ],
  [
    'SENDING',
    /\bwhere\b.{0,20}\b(?:i|we)\b.{0,20}\b(?:send|ship|return|mail|post|bring|take)\b|\breturn(?:s)? (?:address|label|slip)\b|\bhow (?:do|should|can|would|to)\b.{0,8}\b(?:send|ship|mail|post|pack)\b|(?:寄|送)回?(?:到|去|給|给|往)?(?:哪|何處|何处)|(?:退[貨货]|寄回)的?(?:地址|標籤|标签)|(?:怎[麼么樣样]|如何)寄/i,
  ],
  [
    'LIST',
    /\b(?:what|which|any(?:thing)?)\b.{0,30}\b(?:orders?|items?|things?|purchases?|i)\b.{0,30}\b(?:return|exchange|send back|sent back)|(?:哪些|哪幾|哪几|哪筆|哪笔|哪個|哪个|什[麼么](?!時候|时候)).{0,12}(?:退|換|换)/i,
  ],
  [
    'AMOUNT',
    /\bhow much\b.{0,40}\b(?:back|refund\w*|return\w*|get|receive)\b|\bwhat (?:would|will|do|can) i get back\b|\b(?:full|whole) (?:amount|price|refund)\b|多少.{0,8}(?:退|錢|钱)|(?:退|拿回|拿到).{0,8}多少|全額|全额/i,
  ],
  [
    'REFUND',
    /\brefund\b(?:\s+(?:me|of|for|us|usd|an?|amount))*\s*\$?\d|(?:退款|退費|退费|退錢|退钱)\s*\d|\b(?:want|like|get|give|need|have|claim|ask)\b.{0,30}(?<![\w#.])\$?\d{1,6}(?:\.\d{1,2})?\s*(?:usd|dollars?|twd|nt\$?|euros?|pounds?)?\s+back\b|退(?:我|給我|给我|回)?\s*\$?\d/i,
    /\b(?:where|when|status|progress|yet)\b|進度|进度|狀態|状态|何時|何时|收到/i,
  ],
  ['RETURN', /\b(?:want|like|love|wish|need|have) to return\b|(?:我要|想要?|[幫帮]我)(?:申請|申请|辦理|办理|辦|办)?退[貨货]/i, asksHowFar],
  ['EXCHANGE', /\b(?:want|like|love|wish|need|have) to (?:exchange|swap)\b|(?:我要|想要?|[幫帮]我)(?:申請|申请|辦理|办理|辦|办)?[換换][貨货]/i, asksHowFar],
  ['REFUND', /\b(?:want|need|like|get|have|request|claim|give me)\s+(?:an?|some)\s+(?:\w+\s+)?refund\b|(?:我要|想要?|[幫帮]我)(?:申請|申请|辦理|办理|辦|办)?退(?:款|[費费錢钱])/i, asksHowFar],
  [
    'STATUS',
    /\bwhat about (?:my|the) (?:refund|return|exchange)\b|\b(?:where|when|status|progress|track|update|check on|what happened)\b.{0,40}\b(?:refund\w*|money|return|exchange)\b|\b(?:refund\w*|money|return|exchange)\b.{0,40}\b(?:status|progress|arriv\w*|come|came|yet|taking|take so long|through|approved|processed|pending|late|stuck|missing|received|credited)\b|\b(?:got|get|received?|seen?)\b.{0,20}\b(?:refund|money)\b.{0,20}\byet\b|\b(?:haven.?t|have not|didn.?t|did not|never|still not|not yet)\b.{0,25}\b(?:refund\w*|money)\b|\b(?:when|how long|is (?:it|that|the money)|has it)\b.{0,40}\b(?:on|in|to|at) (?:(?:my|the) )?(?:paypal|gift ?card|card|account|bank)\b|\bhow long\b.{0,30}\b(?:refund|money|take)\b/i,
  ],
  [
    'STATUS',
    /(?:退款|退費|退费|退錢|退钱|退貨|退货|換貨|换货).{0,14}(?:到(?!底|[禮礼]|信用|我|卡|原|付)|進度|进度|狀態|状态|何時|何时|時候|时候|多久|入帳|入账|收到|處理|处理|好了|在哪|呢|沒有?下來|没有?下来|核准|通過|通过)|(?:何時|何时|時候|时候|還沒|还没|沒收到|没收到|收到|查).{0,14}(?:退款|退費|退费|退錢|退钱|退貨|退货|換貨|换货|錢|钱)|(?:錢|钱).{0,8}(?:退(?!到[卡原禮礼])|回來|回来|到帳|到账)|(?:何時|何时|時候|时候|多久|幾天|几天).{0,8}(?:到帳|到账|入帳|入账|退)|(?:到帳|到账|入帳|入账)了?(?:嗎|吗|沒|没)|[錢钱款].{0,6}到哪/u,
  ],
  [
    'EXCHANGE',
    /\bexchang\w*\b|\bswap\w*\b|\b(?:get|have|want|need|send me)\b(?!.*(?:card|paypal|money|refund)).{1,30}\binstead\b|\bdifferent (?:size|colou?r)\b|換貨|换货|換成|换成|換一|换一|想換|想换|可以換|可以换/i,
  ],
  [
    'RETURN',
    /\breturn(?:s|ed|ing|able)?\b|\b(?:send|sending|sent|give|bring|ship)\b.{0,30}\bback\b|\b(?:everything|all(?: of it)?|it|them|this|these) back\b|退貨|退货|退回|寄回|(?:可以|能|想|要|可|幫我|帮我)退(?![款费費错錢钱])|退掉/i,
  ],
  ['REFUND', /\brefund\w*\b|\bmoney back\b|\breimburs\w*\b|退款|退費|退费|退錢|退钱/i],
  [
    'COMPLAINT',
    /\b(?:scratch\w*|broken|damaged?|defect\w*|cracked|dented|torn|faulty|smashed|leak\w*|stained|wrong (?:item|colou?r|size|product)|missing|only (?:got|received)|incomplete)\b|(?:does|do|did)(?:n.?t| not) (?:work|fit)|刮傷|刮伤|刮痕|損壞|损坏|破損|破损|破了|壞了|坏了|壞的|坏的|瑕疵|故障|裂|少了|缺了|缺少|漏寄|寄錯|寄错|送錯|送错|不合身/i,
  ],
]; // prettier-ignore

/** What a message is about; null if it does not say. */
export function topicIn(text: string): Topic | null {
  return topics.find(([, pattern, without]) => pattern.test(text) && !without?.test(text))?.[0] ?? null;
}

/** Whether something that was to be in the parcel is not. */
export function saysMissing(text: string): boolean {
  return /\b(?:missing|incomplete|only (?:got|received))\b|少了|缺了|缺少|漏寄/i.test(text);
}

const orderNumber =
  /(?:\b(?:order|number)(?:\s+(?:number|no\.?))?(?:\s+is)?\s+(?:#\s*)?W?|(?:訂單|订单)(?:編號|编号|号)?\s*(?:#\s*)?W?|#\s*W?|\bW)(\d{5,12})(?![\w-])/gi;
const corrects = /\b(?:typo|sorry|oops|i mean|meant|rather|actually|wrong|correction|should be|no)\b|打錯|打错|更正|應該是|应该是|不對|不对|不是|寫錯|写错|抱歉/iu; // prettier-ignore

/** Orders that a text names, as `#W…`; where it corrects itself the last one counts. */
export function orderNumbersIn(text: string): string[] {
  const found = [...text.matchAll(orderNumber)];
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last) return [];
  const isCorrected = found.length > 1 && corrects.test(text.slice(first.index + first[0].length, last.index));
  return [...new Set((isCorrected ? [last] : found).map(([, digits]) => `#W${digits}`))];
}

/** The text without the numbers of orders. */
export function withoutOrders(text: string): string {
  return text.replace(orderNumber, ' ');
}

/** Whether the customer wants it done, rather than to know whether it can be done. */
export function isWish(text: string): boolean {
  return !/\?|？|\b(?:can|could|may|would|am|is it|do) (?:i|it|this|possible)\b|嗎|吗|能不能|可不可以|可否|是否|多少/i.test(
    text,
  );
}

/** Whether all of an order is meant. */
export function meansAll(text: string): boolean {
  return /\b(?:all|everything|both|(?:whole|entire|full) (?:order|amount|lot))\b|全部|整筆|整笔|都要|都退|全額|全额|全退/i.test(
    text,
  );
}
