import type { DemoFaqCategory } from './faq.js';

export const giftCards: DemoFaqCategory = {
  slug: 'gift-cards',
  name: { en: 'Gift cards', 'zh-Hant': '禮品卡' },
  entries: [
    {
      slug: 'gift-card-balance',
      en: {
        question: 'How do I check the balance of my gift card?',
        answer:
          'The payment methods of your account show the balance of each gift card. Refunds to a gift card appear there at once.',
        keywords: [
          'gift card balance',
          'how much is left on gift card',
          'remaining amount',
          'gift card credit',
          'value left',
        ],
      },
      'zh-Hant': {
        question: '如何查詢禮品卡餘額？',
        answer: '帳戶的付款方式頁面會顯示每張禮品卡的餘額。退到禮品卡的款項會立即反映。',
        keywords: ['禮品卡餘額', '禮物卡剩多少', '剩餘金額', '卡裡還有多少', '查餘額'],
      },
    },
    {
      slug: 'gift-card-use',
      en: {
        question: 'How do I pay with a gift card?',
        answer:
          'Choose the gift card as payment method at the checkout. What is not used stays on the card for the next order.',
        keywords: [
          'redeem gift card',
          'use gift card',
          'apply gift card',
          'gift voucher',
          'spend gift card',
          'gift card code',
        ],
      },
      'zh-Hant': {
        question: '如何使用禮品卡付款？',
        answer: '結帳時選擇禮品卡作為付款方式即可。未用完的金額會留在卡裡，供下次購物使用。',
        keywords: ['用禮品卡', '禮物卡付款', '兌換禮品卡', '禮品卡怎麼用', '禮券'],
      },
    },
    {
      slug: 'gift-card-shortfall',
      en: {
        question: 'What if my gift card does not hold enough?',
        answer:
          'For a change to an order, such as another payment method or an item that costs more, the gift card must hold the whole amount; otherwise the change is refused and nothing happens. Choose another payment method that is saved in your account instead.',
        keywords: [
          'gift card insufficient',
          'not enough on gift card',
          'insufficient balance',
          'gift card refused',
          'gift card too low',
          'gift card does not cover',
        ],
      },
      'zh-Hant': {
        question: '禮品卡餘額不足怎麼辦？',
        answer:
          '變更訂單時（例如更改付款方式，或換成較貴的商品），禮品卡餘額須足以支付全部金額，否則變更會被拒絕，訂單維持原狀。您可以改選帳戶中其他已儲存的付款方式。',
        keywords: ['餘額不夠', '禮品卡不夠付', '禮物卡不足', '錢不夠', '餘額不足'],
      },
    },
  ],
};
