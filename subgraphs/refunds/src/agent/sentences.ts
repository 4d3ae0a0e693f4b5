import { offerOfPerson, type ToolResult } from '@supportgraph/agent';
import type { OrderAction } from '@supportgraph/commerce';
import type { Language, Text } from '@supportgraph/kernel';
import type { ExchangeOptions, OrderRefunds, ReturnCheck, ShownRefund } from './shown.js';

/** What the offline agent says; facts come in as the tools gave them. */
export const sentences = {
  notVerified: {
    en: 'I could not find you with these details. Please check them and write them once more.',
    'zh-Hant': '我無法以這些資料找到您，請確認後再寫一次。',
  },
  offer: offerOfPerson,
  WHO_IS_ASKING_EMAIL: {
    en: 'To look at your orders I need to know who you are. What is the e-mail address of your account? Your first name, last name and postcode will do as well.',
    'zh-Hant': '為了查詢您的訂單，請先讓我確認您的身分：請提供您的電子郵件，或您的名字、姓氏與郵遞區號。',
  },
  WHO_IS_ASKING_EMAIL_AND_POSTCODE: {
    en: 'To look at your orders I need to know who you are. What are your e-mail address and your postcode? Your first name, last name, postcode and the number of an order will do as well.',
    'zh-Hant':
      '為了查詢您的訂單，請先讓我確認您的身分：請提供您的電子郵件與郵遞區號，或您的名字、姓氏、郵遞區號與一個訂單編號。',
  },
  WHO_IS_ASKING_TOKEN_ONLY: {
    en: 'Please log in to the shop and write to me from there: then I can see your orders.',
    'zh-Hant': '請先登入商店，再從那裡與我聯絡，我才能查詢您的訂單。',
  },
  boundToAnother: {
    en: 'This conversation belongs to another customer. Please start a new one to ask about these details.',
    'zh-Hant': '這次對話已屬於另一位顧客。請開啟新的對話再詢問。',
  },
  whichItems: {
    en: 'Which items are to go back? Name all of them, or write “all of it”, and I prepare the return for you to confirm.',
    'zh-Hant': '請問要退回哪些商品？請一次列出所有商品，或回覆「全部」，我會準備好退貨供您確認。',
  },
  whichVariant: {
    en: 'Which item is to be exchanged for which of these? I then prepare the exchange for you to confirm.',
    'zh-Hant': '請問要將哪一項商品換成哪個款式？我會準備好換貨供您確認。',
  },
  refundHow: {
    en: 'For money back without sending anything back, write how much and why, for example “5.00 because a button is missing”. A larger amount is decided by a colleague.',
    'zh-Hant': '若不退貨而想申請退款，請告訴我金額與原因，例如「5.00，因為少了一顆鈕扣」。較大的金額須由同事審核。',
  },
  unsure: {
    en: 'I did not quite understand that. Is it about a refund, a return or an exchange? Please write it with the number of the order, such as #W1000001.',
    'zh-Hant': '我沒有完全理解您的意思。請問是退款、退貨還是換貨？請一併提供訂單編號，例如 #W1000001。',
  },
  unsureAgain: { en: 'I am sorry, I still do not understand.', 'zh-Hant': '很抱歉，我還是無法理解。' },
  failed: {
    en: 'I cannot look this up right now.',
    'zh-Hant': '我目前無法查詢這項資料。',
  },
  recognised: {
    en: 'Thank you, I have found you. What is it about: a refund, a return or an exchange? Please write the number of the order too.',
    'zh-Hant': '謝謝您，已確認您的身分。請問是退款、退貨還是換貨？請一併提供訂單編號。',
  },
  noRefunds: { en: 'There is no refund on your account.', 'zh-Hant': '您的帳戶目前沒有任何退款。' },
  askNumber: {
    en: 'If you mean a certain order, please write its number.',
    'zh-Hant': '如果您指的是某一筆訂單，請提供訂單編號。',
  },
  nothingReturnable: {
    en: 'None of your orders can be sent back or exchanged at the moment: that takes a delivered order, within the time for returns, without an earlier return or exchange.',
    'zh-Hant': '您目前沒有可以退換貨的訂單：訂單須已送達、仍在退貨期限內，且未申請過退貨或換貨。',
  },
  returnable: { en: 'These orders can be sent back or exchanged:', 'zh-Hant': '以下訂單可以退貨或換貨：' },
  whichOrder: { en: 'Which one is it about? Please write its number.', 'zh-Hant': '請問是哪一筆？請提供訂單編號。' },
  once: {
    en: 'There is one return or one exchange for each order, so please name all items at once.',
    'zh-Hant': '每筆訂單僅能退貨或換貨一次，請一次列出所有商品。',
  },
  welcome: { en: 'You are welcome.', 'zh-Hant': '不客氣。' },
  allRight: { en: 'All right. Is there anything else?', 'zh-Hant': '好的。還有其他需要協助的嗎？' },
} satisfies Record<string, Text>;

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
  refusedWish(refused: ToolResult): string;
  returnableOrder(order: { number: string; items: readonly string[]; until: string | null }): string;
}

const dayFormat = {
  en: new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }),
  'zh-Hant': new Intl.DateTimeFormat('zh-Hant', { dateStyle: 'long', timeZone: 'UTC' }),
};
const day = (language: Language, iso: string | null) => dayFormat[language].format(new Date(`${iso}T00:00:00Z`));

/** The question with which a return is offered, up to the items. */
export const returnOffer = /Shall I prepare the return of|要為您準備退貨嗎/;

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

/** The codes with which a tool refused. */
export function codesOf({ failed, output }: ToolResult): string[] {
  // Refusals are lists of code and message; a fault is a text.
  return failed && Array.isArray(output) ? output.map(({ code }: { code: string }) => code) : [];
}

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
        return `The refund of ${amount} was refused${refusedBecause ? `: ${refusedBecause}` : ''}.`;
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
        return `退款 ${amount} 未獲核准${refusedBecause ? `：${refusedBecause}` : ''}。`;
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
