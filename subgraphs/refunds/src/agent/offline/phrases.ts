import { codesOf, type ToolResult } from '@supportgraph/agent';
import type { OrderAction } from '@supportgraph/commerce';
import type { Language, Text } from '@supportgraph/kernel';
import type { ExchangeOptions, OrderRefunds, ReturnCheck, ShownMethod, ShownRefund } from '../shown.js';
import type { MethodName } from './methods.js';

/** What is said with values, in each language. */
interface Phrases {
  notFound(number: string): string;
  noneOf(number: string): string;
  refund(refund: ShownRefund): string;
  goingBack(goods: NonNullable<OrderRefunds['return']>): string;
  exchange(goods: NonNullable<OrderRefunds['exchange']>): string;
  ofOrder(number: string): string;
  canReturn(number: string, until: string | null): string;
  cannotReturn(number: string, reason: string | null): string;
  gives(items: readonly string[], amount: string): string;
  backTo(labels: readonly string[]): string;
  mostBack(check: ReturnCheck): string;
  instead(actions: readonly OrderAction[]): string;
  prepareReturn(items: readonly string[], to: string): string;
  exchangeOptions(options: ExchangeOptions): string;
  /** What is wanted instead, named by its options, is not in stock, or not made at all. */
  notInStock(item: { name: string }, wanted: readonly string[], isMade: boolean): string;
  sameAgain(name: string): string;
  notPossible(number: string, name: MethodName, methods: readonly ShownMethod[]): string;
  why(check: ReturnCheck): string;
  refusedWish(refused: ToolResult): string;
  returnableOrder(order: { number: string; items: readonly string[]; until: string | null }): string;
}

const dayFormat = {
  en: new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }),
  'zh-Hant': new Intl.DateTimeFormat('zh-Hant', { dateStyle: 'long', timeZone: 'UTC' }),
};
const day = (language: Language, iso: string | null) => dayFormat[language].format(new Date(`${iso}T00:00:00Z`));

function optionsLine({ name, variants }: ExchangeOptions['items'][number], colon: string, none: string): string {
  const each = variants.map(({ options, difference }) => `${options.join(', ') || name} (${sign(difference)})`);
  return `- ${name}${colon}${each.join('; ') || none}`;
}

const sign = (difference: string) => (difference.includes('-') ? difference : difference.replace(/\d/, '+$&'));

/** Why a wish was refused, for what can still be refused when the rules were looked at first. */
const refusals: Readonly<Record<string, Text>> = {
  AMOUNT_TOO_HIGH: {
    en: 'This is more than is left of what was paid.',
    'zh-Hant': '金額超過這筆訂單可退的金額。',
  },
  INVALID: { en: 'The amount is not one that can be paid.', 'zh-Hant': '金額不正確。' },
  INSUFFICIENT_BALANCE: { en: 'The gift card does not hold enough.', 'zh-Hant': '禮品卡的餘額不足。' },
  ITEM_UNAVAILABLE: { en: 'This variant is not in stock.', 'zh-Hant': '這個款式目前缺貨。' },
  WRONG_STATE: { en: 'Too much waits for your answer already.', 'zh-Hant': '目前已有多項操作等待您確認。' },
};

function reasonOf(refused: ToolResult, language: Language): string {
  return codesOf(refused).flatMap((code) => refusals[code]?.[language] ?? [])[0] ?? '';
}

/** The name of a thing without its options. */
export const baseName = (name: string) => name.replace(/ \([^()]*\)$/, '');

const methodNames: Readonly<Record<MethodName, Text>> = {
  GIFT_CARD: { en: 'A gift card', 'zh-Hant': '禮品卡' },
  CREDIT_CARD: { en: 'A credit card', 'zh-Hant': '信用卡' },
  PAYPAL: { en: 'PayPal', 'zh-Hant': 'PayPal' },
  ORIGINAL: { en: 'The original way to pay', 'zh-Hant': '原付款方式' },
};
/** A reason that a person wrote, which ends as it likes. */
const unended = (reason: string) => reason.replace(/[\s.。!！]+$/u, '');

const orList = new Intl.ListFormat('en', { type: 'disjunction' });
const andList = new Intl.ListFormat('en', { type: 'conjunction' });

const english: Phrases = {
  notFound: (number) => `I find no order ${number} on your account. Please check the number.`,
  noneOf: (number) => `For ${number} there is no refund, return or exchange.`,
  refund({ amount, status, askedOn, to, isGiftCard, expectedBy, sentOn, refusedBecause }) {
    switch (status) {
      case 'PENDING_APPROVAL':
        return `The refund of ${amount}, asked for on ${day('en', askedOn)}, waits for a colleague’s decision.`;
      case 'APPROVED':
        return `The refund of ${amount} is approved and on its way to: ${to}. It should be there by ${day('en', expectedBy)}.`;
      case 'COMPLETED':
        return isGiftCard
          ? `The refund of ${amount} was put on your gift card on ${day('en', sentOn)}.`
          : `The refund of ${amount} was sent on ${day('en', sentOn)} to: ${to}. It should be there by ${day('en', expectedBy)}.`;
      case 'REJECTED':
        return `The refund of ${amount} was refused${refusedBecause ? `: ${unended(refusedBecause)}` : ''}.`;
    }
  },
  goingBack({ status, items, amount, to }) {
    const what = andList.format(items);
    switch (status) {
      case 'REQUESTED':
        return `A return of ${what} is asked for. As soon as the goods arrive, ${amount} goes back to: ${to}.`;
      case 'RECEIVED':
        return `The returned goods (${what}) have arrived, and ${amount} is on its way.`;
      case 'COMPLETED':
        return `The return of ${what} is complete.`;
      case 'CANCELLED':
        return `The return of ${what} was called off.`;
    }
  },
  exchange({ status, items, priceDifference, difference, method }) {
    const what = andList.format(items);
    const settled = {
      PAY: ` As soon as the goods arrive, ${priceDifference} is to be paid with: ${method}.`,
      GET_BACK: ` As soon as the goods arrive, ${priceDifference} goes back to: ${method}.`,
      NONE: '',
    }[difference];
    switch (status) {
      case 'REQUESTED':
        return `An exchange of ${what} is asked for.${settled}`;
      case 'RECEIVED':
        return `The goods of the exchange (${what}) have arrived, and the difference is on its way.`;
      case 'COMPLETED':
        return `The exchange of ${what} is complete.`;
      case 'CANCELLED':
        return `The exchange of ${what} was called off.`;
    }
  },
  ofOrder: (number) => `**${number}**`,
  canReturn: (number, until) =>
    `Yes, ${number} can be sent back or exchanged${until ? ` until ${day('en', until)}` : ''}.`,
  cannotReturn: (number, reason) => `${number} cannot be sent back or exchanged. ${reason ?? ''}`.trim(),
  gives: (items, amount) => `For ${andList.format(items)} you would get back ${amount}.`,
  backTo: (labels) => `The money would go to: ${orList.format(labels)}.`,
  mostBack: ({ items, mostBack }) =>
    `For all of it you would get back ${mostBack}: ${items.map(({ name, price }) => `${name} ${price}`).join(', ')}.`,
  instead(actions) {
    const possible = actions.flatMap((action) => insteadOf.en[action] ?? []);
    return possible.length ? `What is possible instead: ${orList.format(possible)}.` : '';
  },
  prepareReturn: (items, to) =>
    `Shall I prepare the return of ${andList.format(items)}, with the money going to ${to}, for you to confirm?`,
  exchangeOptions: ({ number, items }) =>
    [`What the items of ${number} can be exchanged for:`, ...items.map((item) => optionsLine(item, ': ', 'nothing in stock'))].join('\n'), // prettier-ignore
  notInStock: ({ name }, wanted, isMade) =>
    `${baseName(name)} (${wanted.join(', ')}) ${isMade ? 'is sold out' : 'is not on offer'}.`,
  sameAgain: (name) => `${name} is what you have. If you want the same one again, write “the same one again”.`,
  notPossible: (number, name, methods) =>
    `${methodNames[name].en} is not possible for ${number}. The money can go to: ${orList.format(methods.map(({ label }) => label))}. Which shall it be?`,
  why({ number, whyNot, closedOn }) {
    switch (whyNot) {
      case 'TOO_LATE':
        return `Things can be sent back for a certain time after delivery; for ${number} that time ended${closedOn ? ` on ${day('en', closedOn)}` : ''}.`;
      case 'ASKED_BEFORE':
        return `Each order can have one return or one exchange in all, and for ${number} one was asked for already.`;
      case 'NOT_DELIVERED':
        return `Only what has been delivered can come back, and ${number} is not marked as delivered.`;
      case null:
        return `${number} can be sent back or exchanged.`;
    }
  },
  refusedWish: (refused) => `This cannot be done. ${reasonOf(refused, 'en')}`.trim(),
  returnableOrder: ({ number, items, until }) =>
    `- **${number}**: ${items.join(', ')}${until ? ` (until ${day('en', until)})` : ''}`,
};

const chinese: Phrases = {
  notFound: (number) => `您的帳戶中找不到訂單 ${number}，請確認編號是否正確。`,
  noneOf: (number) => `訂單 ${number} 沒有退款、退貨或換貨紀錄。`,
  refund({ amount, status, askedOn, to, isGiftCard, expectedBy, sentOn, refusedBecause }) {
    switch (status) {
      case 'PENDING_APPROVAL':
        return `${day('zh-Hant', askedOn)}申請的退款 ${amount} 正等待同事審核。`;
      case 'APPROVED':
        return `退款 ${amount} 已核准，正退回：${to}，預計 ${day('zh-Hant', expectedBy)}前入帳。`;
      case 'COMPLETED':
        return isGiftCard
          ? `退款 ${amount} 已於 ${day('zh-Hant', sentOn)}退回您的禮品卡。`
          : `退款 ${amount} 已於 ${day('zh-Hant', sentOn)}退回：${to}，預計 ${day('zh-Hant', expectedBy)}前入帳。`;
      case 'REJECTED':
        return `退款 ${amount} 未獲核准${refusedBecause ? `：${unended(refusedBecause)}` : ''}。`;
    }
  },
  goingBack({ status, items, amount, to }) {
    const what = items.join('、');
    switch (status) {
      case 'REQUESTED':
        return `已申請退貨：${what}。收到退回的商品後，${amount} 將退回：${to}。`;
      case 'RECEIVED':
        return `已收到退回的商品（${what}），${amount} 正在退款中。`;
      case 'COMPLETED':
        return `${what} 的退貨已完成。`;
      case 'CANCELLED':
        return `${what} 的退貨已取消。`;
    }
  },
  exchange({ status, items, priceDifference, difference, method }) {
    const what = items.join('、');
    const settled = {
      PAY: `收到退回的商品後，需以${method}支付差額 ${priceDifference}。`,
      GET_BACK: `收到退回的商品後，差額 ${priceDifference} 將退回：${method}。`,
      NONE: '',
    }[difference];
    switch (status) {
      case 'REQUESTED':
        return `已申請換貨：${what}。${settled}`;
      case 'RECEIVED':
        return `已收到換貨退回的商品（${what}），差額正在退款中。`;
      case 'COMPLETED':
        return `${what} 的換貨已完成。`;
      case 'CANCELLED':
        return `${what} 的換貨已取消。`;
    }
  },
  ofOrder: (number) => `**${number}**`,
  canReturn: (number, until) => `可以，訂單 ${number} ${until ? `在 ${day('zh-Hant', until)}前` : ''}可以退貨或換貨。`,
  cannotReturn: (number, reason) => `訂單 ${number} 無法退貨或換貨。${reason ?? ''}`,
  gives: (items, amount) => `退回${items.join('、')}可退 ${amount}。`,
  backTo: (labels) => `款項可退回：${labels.join('或')}。`,
  mostBack: ({ items, mostBack }) =>
    `全部退回可退 ${mostBack}：${items.map(({ name, price }) => `${name} ${price}`).join('、')}。`,
  instead(actions) {
    const possible = actions.flatMap((action) => insteadOf['zh-Hant'][action] ?? []);
    return possible.length ? `您可以改為：${possible.join('，或')}。` : '';
  },
  prepareReturn: (items, to) => `要為您準備退貨嗎？退回：${items.join('、')}，款項退至${to}，再由您確認。`,
  exchangeOptions: ({ number, items }) =>
    [`訂單 ${number} 可更換的款式：`, ...items.map((item) => optionsLine(item, '：', '目前沒有現貨'))].join('\n'),
  notInStock: ({ name }, wanted, isMade) =>
    `${baseName(name)}（${wanted.join('、')}）${isMade ? '目前缺貨' : '沒有這個款式'}。`,
  sameAgain: (name) => `您目前的就是${name}。若想換一件相同的，請回覆「同款」。`,
  notPossible: (number, name, methods) =>
    `訂單 ${number} 無法退到${methodNames[name]['zh-Hant']}。款項可退至：${methods.map(({ label }) => label).join('或')}。請問要退到哪裡？`,
  why({ number, whyNot, closedOn }) {
    switch (whyNot) {
      case 'TOO_LATE':
        return `商品送達後在一定期限內可以退換貨，訂單 ${number} 的期限${closedOn ? `已於 ${day('zh-Hant', closedOn)}` : '已經'}結束。`;
      case 'ASKED_BEFORE':
        return `每筆訂單總共只能退貨或換貨一次，訂單 ${number} 已經申請過。`;
      case 'NOT_DELIVERED':
        return `只有已送達的商品才能退回，訂單 ${number} 尚未顯示送達。`;
      case null:
        return `訂單 ${number} 可以退貨或換貨。`;
    }
  },
  refusedWish: (refused) => `無法進行這項操作。${reasonOf(refused, 'zh-Hant')}`,
  returnableOrder: ({ number, items, until }) =>
    `- **${number}**：${items.join('、')}${until ? `（${day('zh-Hant', until)}前）` : ''}`,
};

/** What can be done with an order that cannot be sent back. */
const insteadOf: Readonly<Record<Language, Partial<Record<OrderAction, string>>>> = {
  en: {
    CANCEL: 'cancelling the order',
    UPDATE_ITEMS: 'changing its items to other variants',
    UPDATE_ADDRESS: 'changing the delivery address',
    REFUND: 'asking for money back without a return, on which a colleague may have to decide',
  },
  'zh-Hant': {
    CANCEL: '取消訂單',
    UPDATE_ITEMS: '更換為其他款式',
    UPDATE_ADDRESS: '更改收件地址',
    REFUND: '不退貨而申請退款（可能需由同事審核）',
  },
};

export const phrases: Readonly<Record<Language, Phrases>> = { en: english, 'zh-Hant': chinese };

/** Replies with values that ask something, so that the next message goes on from them. */
export const goesOnPhrases =
  /Which shall it be\?|請問要退到哪裡？|What the items of #W\d+ can be exchanged for|訂單 #W\d+ 可更換的款式|I find no order #W|中找不到訂單|write “the same one again”|請回覆「同款」|can be sent back or exchanged|可以退貨或換貨|cannot be sent back or exchanged|無法退貨或換貨|This cannot be done|無法進行這項操作/;

/** Replies that refuse something. */
export const refusalPhrase =
  /cannot be sent back or exchanged|無法退貨或換貨|This cannot be done\. .*?\.|無法進行這項操作。[^。]*。?/;

/** A reply that a way to pay is not possible. */
export const notPossiblePhrase = /is not possible for #W|無法退到/;

/** A reply that there is no such order; also other agents say so. */
export const notFoundPhrase = /I find no order|找不到(?:您的)?訂單/;
