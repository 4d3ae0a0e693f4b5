import { identitySentences, offerOfPerson } from '@supportgraph/agent';
import type { OrderAction, OrderStatus } from '@supportgraph/commerce';
import type { Text } from '@supportgraph/kernel';

const { WHO_IS_ASKING_EMAIL, WHO_IS_ASKING_EMAIL_AND_POSTCODE, notVerified } = identitySentences;
const { WHO_IS_ASKING_TOKEN_ONLY, boundToAnother } = identitySentences;

/** Questions back to the customer: what is written next may be the answer. */
export const questions = {
  ...{ WHO_IS_ASKING_EMAIL, WHO_IS_ASKING_EMAIL_AND_POSTCODE, notVerified },
  whichOrder: {
    en: 'Which order do you mean? Please write its number.',
    'zh-Hant': '請問是哪一筆訂單？請告訴我訂單編號。',
  },
  whyCancel: {
    en: 'Why is it to be cancelled: is it no longer needed, or was it ordered by mistake?',
    'zh-Hant': '請問取消的原因是「不再需要」還是「誤下單」？',
  },
  whichAddress: {
    en: 'What is the whole new address? Please write it like this: street and number, town, region, postcode, country.',
    'zh-Hant': '請提供完整的新地址，格式如下：街道門牌, 城市, 州或縣市, 郵遞區號, 國家。',
  },
  missingParts: {
    en: 'Please write what is still missing of the new address:',
    'zh-Hant': '請補充新地址還缺少的部分：',
  },
  whichMethod: {
    en: 'Which of these payment methods is to be used instead?',
    'zh-Hant': '請問要改用下列哪一種付款方式？',
  },
  whichItem: {
    en: 'Which item is to be changed, and into which colour, size or the like? All changes have to be made at once, because items can be changed only one time.',
    'zh-Hant': '請問要更換哪一項商品，換成哪個顏色、尺寸或款式？商品只能變更一次，請一次告訴我所有要更換的項目。',
  },
  whichVariant: {
    en: 'Which one would you like instead?',
    'zh-Hant': '請問要換成哪一款？',
  },
  cancelOrChange: {
    en: 'A cancelled order is not sent, so it needs no other change. Shall the order be cancelled, or kept and changed?',
    'zh-Hant': '訂單取消後就不會出貨，不需要再變更內容。請問是要取消訂單，還是保留訂單並變更？',
  },
  restOfIdentity: {
    en: 'Thank you. To be sure who you are I need all of this: first name, last name and postcode; or the e-mail address of your account alone. What is still missing?',
    'zh-Hant':
      '謝謝您。為了確認身分，我需要完整的名字、姓氏與郵遞區號，或只提供帳戶的電子郵件也可以。請補充還缺少的資料。',
  },
  whichProduct: {
    en: 'Which product are you looking for? Please write its name.',
    'zh-Hant': '請問您要找哪一項商品？請告訴我商品名稱。',
  },
  unclear: {
    en: 'I am not sure what you would like to know. I can tell you where an order is, what you have ordered, what can still be changed, and what we sell at which price.',
    'zh-Hant': '我不太確定您想了解什麼。我可以查詢訂單進度、您訂購的商品、可以變更的項目，以及商品價格與庫存。',
  },
  offerPerson: offerOfPerson,
} satisfies Record<string, Text>;

export const sentences = {
  ...{ WHO_IS_ASKING_TOKEN_ONLY, boundToAnother },
  kept: {
    en: 'All right, nothing is done. If something above still waits for your decision, please decline it with its button.',
    'zh-Hant': '好的，不會進行任何變更。若上方還有等待您決定的項目，請按拒絕。',
  },
  byButton: {
    en: 'Please confirm it with its button above, so that it is sure which one you mean.',
    'zh-Hant': '請按上方該項目的確認按鈕，以確定您要進行的是哪一項。',
  },
  whyIdentity: {
    en: 'I ask because orders are shown to nobody but the customer who placed them.',
    'zh-Hant': '這是為了保護您：訂單資料只會提供給下單的顧客本人。',
  },
  noOtherMethod: {
    en: 'There is no other payment method on your account.',
    'zh-Hant': '您的帳戶沒有其他付款方式。',
  },
  notOnFile: {
    en: 'The other one is not on your account, so it cannot be used here.',
    'zh-Hant': '您提到的付款方式不在您的帳戶中，因此無法使用。',
  },
  notReceived: {
    en: 'Please look around the door and the letter box, ask neighbours and the people you live with, and check the address above. If the parcel does not turn up, a colleague can have the delivery checked by the carrier.',
    'zh-Hant':
      '請先查看門口與信箱，詢問鄰居與同住的人，並核對上方的地址。若仍找不到包裹，同事可以請物流業者調查配送情形。',
  },
  toCheckDelivery: {
    en: 'Then a colleague should have the delivery checked by the carrier.',
    'zh-Hant': '那麼就由同事請物流業者調查配送情形。',
  },
  invoice: {
    en: 'Here in the chat I can list the items of an order with their prices, and every payment and refund. A formal invoice, for example with a company name or a tax number, is prepared by a colleague.',
    'zh-Hant':
      '我可以在這裡列出訂單的商品、價格以及所有付款與退款紀錄。若需要正式發票，例如載明公司抬頭或統一編號，會由同事為您處理。',
  },
  formalInvoice: {
    en: 'A formal invoice, for example with a company name or a tax number, is prepared by a colleague.',
    'zh-Hant': '若需要正式發票，例如載明公司抬頭或統一編號，會由同事為您處理。',
  },
  allBooked: {
    en: 'Nothing else was booked for this order here. If your bank shows more, a colleague can look into it.',
    'zh-Hant': '這筆訂單在我們這裡沒有其他款項紀錄。若您的銀行顯示更多扣款，可以由同事為您查明。',
  },
  oneByOne: {
    en: 'One after the other: once this is decided, write to me about the next one:',
    'zh-Hant': '我們一筆一筆來，這筆決定後，請再告訴我下一筆：',
  },
  found: {
    en: 'Thank you, I have found you. What can I do for you?',
    'zh-Hant': '謝謝您，已確認您的身分。請問需要什麼協助？',
  },
  noOrders: { en: 'You have no orders with us.', 'zh-Hant': '您目前沒有任何訂單。' },
  noOtherOrder: { en: 'I see no other order of yours.', 'zh-Hant': '您沒有其他訂單。' },
  noneThen: { en: 'I see no orders of yours from that time.', 'zh-Hant': '這段期間沒有您的訂單。' },
  noneOpen: {
    en: 'None of your orders is on its way at the moment. Your latest one:',
    'zh-Hant': '目前沒有正在處理或配送中的訂單。您最近的一筆訂單：',
  },
  failed: {
    en: 'I am sorry, I could not look this up just now.',
    'zh-Hant': '很抱歉，目前無法查詢這項資料。',
  },
  noDate: {
    en: 'I have no delivery date for it yet.',
    'zh-Hant': '目前還沒有預計送達日期。',
  },
  noTracking: { en: 'There is no tracking number yet.', 'zh-Hant': '目前還沒有物流編號。' },
} satisfies Record<string, Text>;

export const statuses: Readonly<Record<OrderStatus, Text>> = {
  PENDING: { en: 'pending: placed and not packed yet', 'zh-Hant': '待處理，尚未包裝出貨' },
  PROCESSED: { en: 'being packed or on its way', 'zh-Hant': '已處理，正在包裝或配送中' },
  DELIVERED: { en: 'delivered', 'zh-Hant': '已送達' },
  CANCELLED: { en: 'cancelled', 'zh-Hant': '已取消' },
  RETURN_REQUESTED: { en: 'delivered, with a return asked for', 'zh-Hant': '已申請退貨' },
  EXCHANGE_REQUESTED: { en: 'delivered, with an exchange asked for', 'zh-Hant': '已申請換貨' },
  RETURNED: { en: 'returned', 'zh-Hant': '已退貨' },
  EXCHANGED: { en: 'exchanged', 'zh-Hant': '已換貨' },
};

export const actions: Readonly<Record<OrderAction, Text>> = {
  CANCEL: { en: 'cancel it', 'zh-Hant': '取消訂單' },
  UPDATE_ADDRESS: { en: 'change its address', 'zh-Hant': '變更地址' },
  UPDATE_ITEMS: { en: 'change its items', 'zh-Hant': '變更商品' },
  UPDATE_PAYMENT: { en: 'change how it is paid', 'zh-Hant': '變更付款方式' },
  RETURN: { en: 'return it', 'zh-Hant': '退貨' },
  EXCHANGE: { en: 'exchange it', 'zh-Hant': '換貨' },
  REFUND: { en: 'ask for a refund', 'zh-Hant': '申請退款' },
};
