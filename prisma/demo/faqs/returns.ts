import type { DemoFaqCategory } from './faq.js';

export const returns: DemoFaqCategory = {
  slug: 'returns',
  name: { en: 'Returns and exchanges', 'zh-Hant': '退貨與換貨' },
  entries: [
    {
      slug: 'return-policy',
      en: {
        question: 'What is your return policy?',
        answer:
          'You can return some or all items of an order once it has been **delivered** and while the return window is open. The money goes to the payment method of the first payment or to one of your gift cards, as you choose.\n\nIt is paid out when the goods have reached us: a gift card is credited at once, other methods take 5–7 business days. Each order can have one return **or** one exchange.',
        keywords: [
          'returns policy',
          'return rules',
          'return conditions',
          'terms of return',
          'refund policy',
          'can I return things',
          'money back guarantee',
        ],
      },
      'zh-Hant': {
        question: '退貨政策是什麼？',
        answer:
          '訂單**送達**後，在退貨期限內可以退回部分或全部商品。款項可退到第一筆付款所用的方式，或退到您的任一張禮品卡，由您選擇。\n\n我們收到商品後才會退款：禮品卡立即入帳，其他付款方式需 5–7 個工作天。每筆訂單只能申請一次退貨**或**一次換貨。',
        keywords: ['退貨規定', '退貨條件', '退貨政策', '退換貨政策', '退款政策', '可以退貨嗎', '鑑賞期'],
      },
    },
    {
      slug: 'start-return',
      en: {
        question: 'How do I return something?',
        answer:
          'Tell us in the chat which order and which items you want to send back, and where the money should go. The assistant shows a summary and registers the return after you say yes. How and where to send the goods is not known to the assistant: ask for a person, who tells you.\n\nThe order must have been delivered. Please name all items at once, because an order can be returned only once.',
        keywords: [
          'send back',
          'send it back',
          'return an item',
          'start a return',
          'return process',
          'how to return',
          'bring back',
          'return label',
          'do not like it',
        ],
      },
      'zh-Hant': {
        question: '如何退貨？',
        answer:
          '請在對話中告訴我們要退哪筆訂單的哪些商品，以及款項要退到哪裡。助理會先列出摘要，您同意後才會登記退貨。寄回的方式與地址助理無法查到，請要求轉接專人告知。\n\n訂單必須已送達。請一次列出所有要退的商品，因為每筆訂單只能退貨一次。',
        keywords: ['申請退貨', '退貨流程', '退貨步驟', '寄回商品', '退回商品', '怎麼退', '不喜歡這個商品'],
      },
    },
    {
      slug: 'return-some-items',
      en: {
        question: 'Can I return only some of the items in my order?',
        answer:
          'Yes. Choose the items you want to send back and keep the rest. Please think of all of them at once: after this return, no other item of the same order can be returned or exchanged.',
        keywords: [
          'partial return',
          'return one item',
          'return part of order',
          'keep the rest',
          'return just one',
          'only one of two',
        ],
      },
      'zh-Hant': {
        question: '可以只退訂單中的部分商品嗎？',
        answer:
          '可以。選擇要退回的商品，其餘保留即可。請一次考慮清楚：這次退貨之後，同一筆訂單的其他商品就不能再退貨或換貨。',
        keywords: ['部分退貨', '退一件', '只退一項', '其他保留', '退其中一個'],
      },
    },
    {
      slug: 'return-window',
      en: {
        question: 'How long do I have to return an order?',
        answer:
          'The return window begins on the day of delivery. How many days it lasts is set by the shop; the assistant checks it for your order when you ask for a return and tells you if the window has closed.',
        keywords: [
          'return deadline',
          'return period',
          'return window',
          'days to return',
          'time limit for returns',
          'too late to return',
          'still return',
        ],
      },
      'zh-Hant': {
        question: '退貨期限是多久？',
        answer:
          '退貨期限從送達當天起算，天數由商店設定。您申請退貨時，助理會檢查該筆訂單是否仍在期限內；若已超過期限，也會告知您。',
        keywords: ['幾天內退貨', '退貨時間', '退貨期限', '還能退嗎', '過期退貨', '多久內可以退', '幾天內可以退'],
      },
    },
    {
      slug: 'exchange-item',
      en: {
        question: 'Can I exchange an item for another size or colour?',
        answer:
          'Yes, once the order has been **delivered**. Each item can be exchanged for any available option of the same product, also for the same one again. Name all items at once, as an order can have one exchange **or** one return.\n\nA price difference is settled when the goods have reached us, with the payment method you choose; a gift card must hold a difference that you have to pay.',
        keywords: [
          'trade it in',
          'swap',
          'exchange policy',
          'replace size',
          'too small',
          'too big',
          'does not fit',
          'trade for another',
          'replacement',
          'different model',
        ],
      },
      'zh-Hant': {
        question: '可以換成其他尺寸或顏色嗎？（換貨）',
        answer:
          '可以，訂單**送達**後即可申請換貨。每項商品可換成同一產品的任何有貨規格，也可以換同一款新品。請一次列出所有商品，因為每筆訂單只能有一次換貨**或**一次退貨。\n\n價差會在我們收到商品後，以您選擇的付款方式結算；若需補差額而使用禮品卡，餘額須足夠。',
        keywords: [
          '想換一件',
          '換成別的尺寸',
          '換貨',
          '換貨政策',
          '換尺寸',
          '太大',
          '太小',
          '不合身',
          '尺寸不合',
          '更換商品',
          '換一個',
        ],
      },
    },
    {
      slug: 'one-return-per-order',
      en: {
        question: 'Can I return or exchange the same order more than once?',
        answer:
          'No. Each order can have one return **or** one exchange, ever. That is why we ask you to name all items before anything is registered. If something is wrong with the goods after that, ask for a person.',
        keywords: [
          'already exchanged once',
          'second return',
          'return again',
          'exchange twice',
          'both return and exchange',
          'another exchange',
          'return the exchanged item',
        ],
      },
      'zh-Hant': {
        question: '同一筆訂單可以退換貨多次嗎？',
        answer:
          '不行。每筆訂單只能有一次退貨**或**一次換貨，因此登記之前我們會請您一次列出所有商品。之後若商品仍有問題，請要求轉接專人。',
        keywords: ['換過一次', '第二次退貨', '再退一次', '再換一次', '換兩次', '又退又換', '換貨後再退'],
      },
    },
    {
      slug: 'damaged-item',
      en: {
        question: 'My item arrived damaged or broken. What should I do?',
        answer:
          'We are sorry. Tell us the order number and what is damaged. Once the order is marked as delivered, you can return the item for your money back or exchange it for the same one. If you would rather keep it, or a photo explains it better, ask for a person, who can decide on a refund without a return.',
        keywords: [
          'damaged',
          'broken',
          'cracked',
          'defective',
          'faulty',
          'does not work',
          'scratched',
          'arrived in pieces',
          'smashed',
        ],
      },
      'zh-Hant': {
        question: '收到的商品損壞或有瑕疵怎麼辦？',
        answer:
          '非常抱歉。請告訴我們訂單編號與損壞的商品。訂單顯示已送達後，您可以退貨退款，或換成同一款新品。若您想保留商品，或用照片說明比較清楚，請要求轉接專人，由專人決定是否不退貨直接退款。',
        keywords: ['收到就是壞的', '損壞', '破損', '壞掉', '故障', '瑕疵', '破了', '摔壞', '刮傷', '壞的'],
      },
    },
    {
      slug: 'wrong-item',
      en: {
        question: 'I received the wrong item. What should I do?',
        answer:
          'Tell us the order number and what you received instead. You can exchange it for the option you ordered, or return it for your money back, as soon as the order is marked as delivered. If you got something that is not on the order at all, ask for a person.',
        keywords: [
          'ordered one but received another',
          'wrong colour received',
          'wrong product',
          'incorrect item',
          'not what I ordered',
          'sent me something else',
          'different from ordered',
          'someone else order',
        ],
      },
      'zh-Hant': {
        question: '收到的商品不對、寄錯了怎麼辦？',
        answer:
          '請告訴我們訂單編號，以及實際收到的是什麼。訂單顯示已送達後，您可以換成原本訂購的規格，或退貨退款。若收到的東西根本不在訂單上，請要求轉接專人。',
        keywords: [
          '訂的跟收到的不同',
          '收到別的顏色',
          '來的是別的',
          '寄錯',
          '送錯',
          '收到錯的',
          '跟訂的不一樣',
          '不是我買的',
          '出錯貨',
          '商品不符',
        ],
      },
    },
    {
      slug: 'missing-item',
      en: {
        question: 'An item is missing from my parcel. What should I do?',
        answer:
          'An order can be sent in several parcels, so first ask for its tracking numbers: the rest may still be on its way. If everything is marked as delivered and something is missing all the same, ask for a person and say which item it is.',
        keywords: [
          'missing item',
          'incomplete order',
          'part of order missing',
          'box was empty',
          'only received half',
          'something missing in the box',
          'forgot an item',
        ],
      },
      'zh-Hant': {
        question: '包裹裡少了商品怎麼辦？',
        answer:
          '一筆訂單可能分成數個包裹寄送，請先查詢物流追蹤號碼，其餘商品可能仍在路上。若全部都顯示已送達卻仍有缺少，請要求轉接專人，並說明缺少哪一項。',
        keywords: ['少一件', '漏寄', '缺件', '少寄', '空盒', '沒有全部收到', '數量不對'],
      },
    },
    {
      slug: 'call-off-return',
      en: {
        question: 'Can I call off a return or exchange that I have asked for?',
        answer:
          'Yes, as long as the goods have not been received by us: ask for a person, who calls it off. The order is then simply delivered again, and you keep the goods.',
        keywords: [
          'cancel return',
          'cancel my exchange',
          'undo return',
          'withdraw return request',
          'stop a return',
          'keep it after all',
          'changed my mind about returning',
        ],
      },
      'zh-Hant': {
        question: '已申請的退貨或換貨可以撤銷嗎？',
        answer: '可以，只要我們尚未收到商品即可。請要求轉接專人為您撤銷，訂單會恢復為已送達，商品由您保留。',
        keywords: ['取消退貨', '取消換貨', '撤回退貨', '不退了', '撤銷申請', '不想退了', '想留著'],
      },
    },
  ],
};
