import { identitySentences, offerOfPerson } from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';

/** What the offline agent says; facts come in as the tools gave them. */
export const sentences = {
  ...identitySentences,
  offer: offerOfPerson,
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
  whyRefund: {
    en: 'What is the reason? Write it in a few words, and I prepare the refund for you to confirm.',
    'zh-Hant': '請問退款的原因是什麼？請簡單說明，我會準備好退款供您確認。',
  },
  missingItem: {
    en: 'I am sorry that something was missing. You can have money back without sending anything back, or a colleague can look into it.',
    'zh-Hant': '很抱歉有商品缺少。您可以不退貨而申請退款，或由同事為您查明。',
  },
  whyMethod: {
    en: 'Money goes back only to the way that the order was first paid with, or to a gift card of yours.',
    'zh-Hant': '款項只能退回訂單第一筆付款所用的方式，或您的禮品卡。',
  },
  whyIdentity: {
    en: 'Orders are shown only to whom they belong; nothing else is done with it.',
    'zh-Hant': '訂單只會提供給本人查詢，您的資料不作其他用途。',
  },
  postcode: { en: 'Thank you. And what is your postcode?', 'zh-Hant': '謝謝您。請問您的郵遞區號是？' },
  fullName: {
    en: 'Thank you. And what are your first and last name, or the e-mail address of your account?',
    'zh-Hant': '謝謝您。請問您的名字與姓氏，或您的電子郵件是？',
  },
  leftAlone: {
    en: 'All right, nothing is done. Please press “Decline” on what is shown above, and it is gone.',
    'zh-Hant': '好的，不會進行任何操作。請在上方的提案按下拒絕即可。',
  },
  pleaseConfirm: {
    en: 'It is done as soon as you press “Confirm”.',
    'zh-Hant': '按下確認之後就會進行。',
  },
  howToSend: {
    en: 'The shop’s address and way to send goods back are not known to this chat; a colleague can tell you.',
    'zh-Hant': '寄回的地址與方式在這個對話中無法查到，請向同事確認。',
  },
  notRegistered: {
    en: 'A return or an exchange has to be registered first: tell me the order and the items, and I prepare it.',
    'zh-Hant': '寄回之前需要先登記退貨或換貨：請告訴我訂單與商品，我會為您準備。',
  },
  onceConfirmed: { en: 'Once you confirm, it is registered.', 'zh-Hant': '您確認之後就會登記。' },
  callOff: {
    en: 'Only a colleague can call that off, as long as the goods have not arrived here: the order is then simply delivered again, and you keep the goods.',
    'zh-Hant': '只要我們尚未收到商品，可以由同事為您撤銷：訂單會恢復為已送達，商品由您保留。',
  },
  nothingToCallOff: {
    en: 'There is no open return or exchange to call off.',
    'zh-Hant': '目前沒有可以撤銷的退貨或換貨申請。',
  },
  noException: {
    en: 'I cannot make an exception to that; a colleague can look at it.',
    'zh-Hant': '我無法破例處理，但可以請同事為您查看。',
  },
  noGoods: { en: 'There is no return or exchange on your account.', 'zh-Hant': '您的帳戶目前沒有任何退貨或換貨。' },
  welcome: { en: 'You are welcome.', 'zh-Hant': '不客氣。' },
  allRight: { en: 'All right. Is there anything else?', 'zh-Hant': '好的。還有其他需要協助的嗎？' },
} satisfies Record<string, Text>;

/** The question with which a return is offered, up to the items. */
export const returnOffer = /Shall I prepare the return of|要為您準備退貨嗎/;
