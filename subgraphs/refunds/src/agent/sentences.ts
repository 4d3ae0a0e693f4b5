import type { OrderAction } from '@supportgraph/commerce';
import type { Language, Text } from '@supportgraph/kernel';
import type { OrderRefunds, ReturnCheck, ShownRefund } from './shown.js';

/** What the offline agent says; facts come in as the tools gave them. */
export const sentences = {
  notVerified: {
    en: 'I could not find you with these details. Please check them and write them once more.',
    'zh-Hant': '我無法以這些資料找到您。請確認後再提供一次。',
  },
  offer: { en: 'Shall I pass you on to a colleague?', 'zh-Hant': '要為您轉接同事嗎？' },
  arrange: {
    en: 'Shall I pass you on to a colleague who arranges it?',
    'zh-Hant': '要為您轉接同事來辦理嗎？',
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
    en: 'Thank you, I found your account. What is it about: a refund, a return or an exchange? Please write the number of the order too.',
    'zh-Hant': '謝謝您，我已找到您的帳戶。請問是退款、退貨還是換貨？請一併提供訂單編號。',
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
  exchangeHow: {
    en: 'An item can be exchanged for an available variant of the same product; a difference in price is settled when the goods have arrived.',
    'zh-Hant': '商品可以更換為同一商品的其他現貨款式，差額在收到退回的商品後結算。',
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
  returnableOrder(order: { number: string; items: readonly string[]; until: string | null }): string;
}

const dayFormat = {
  en: new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }),
  'zh-Hant': new Intl.DateTimeFormat('zh-Hant', { dateStyle: 'long', timeZone: 'UTC' }),
};
const day = (language: Language, iso: string | null) => dayFormat[language].format(new Date(`${iso}T00:00:00Z`));

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
          ? `退款 ${amount} 已於 ${day('zh-Hant', sentOn)}退回您的禮物卡。`
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
