import type { DemoFaqCategory } from './faq.js';

export const payment: DemoFaqCategory = {
  slug: 'payment',
  name: { en: 'Payment', 'zh-Hant': '付款' },
  entries: [
    {
      slug: 'payment-methods',
      en: {
        question: 'Which payment methods do you accept?',
        answer:
          'You can pay by credit card, by PayPal or with a gift card of the shop. The checkout shows what is possible for your order.',
        keywords: [
          'how can I pay',
          'visa',
          'mastercard',
          'credit card',
          'paypal',
          'ways to pay',
          'payment options',
          'cash on delivery',
          'apple pay',
          'instalments',
          'bank transfer',
        ],
      },
      'zh-Hant': {
        question: '接受哪些付款方式？',
        answer: '您可以使用信用卡、PayPal 或商店的禮品卡付款。結帳頁面會顯示您的訂單可用的付款方式。',
        keywords: ['怎麼付款', '支付方式', '信用卡', '刷卡', '貨到付款', '分期', '轉帳', '行動支付', '可以用什麼付'],
      },
    },
    {
      slug: 'payment-declined',
      en: {
        question: 'Why was my payment declined?',
        answer:
          'Check the card number, the expiry date, the security code and the billing address, and that the card is enabled for online payments. A gift card must hold enough. If everything is right, your bank can say why it refused; or pay with another method. Nothing is charged for a declined payment, though some banks show it as reserved for a few days.',
        keywords: [
          'card declined',
          'payment failed',
          'payment rejected',
          'card not accepted',
          'cannot pay',
          'transaction failed',
          'payment error',
          'card does not work',
        ],
      },
      'zh-Hant': {
        question: '為什麼付款被拒絕？',
        answer:
          '請檢查卡號、有效期限、安全碼與帳單地址，並確認卡片已開通網路交易；禮品卡則須餘額足夠。若一切正確，請向發卡銀行詢問原因，或改用其他付款方式。被拒絕的付款不會扣款，但有些銀行會暫時顯示保留款項幾天。',
        keywords: ['付款失敗', '刷卡失敗', '刷不過', '卡被拒', '無法付款', '交易失敗', '付不了錢'],
      },
    },
    {
      slug: 'charged-twice',
      en: {
        question: 'Why was I charged twice?',
        answer:
          'Often one of the two is only reserved by the bank and disappears after a few days. Give us the order number: the assistant lists every payment of the order. If the same order was really paid twice, or a payment belongs to no order, ask for a person.',
        keywords: [
          'double charge',
          'charged two times',
          'duplicate payment',
          'billed twice',
          'unknown charge',
          'overcharged',
          'wrong amount charged',
          'two payments',
        ],
      },
      'zh-Hant': {
        question: '為什麼被扣款兩次？',
        answer:
          '其中一筆通常只是銀行暫時保留的款項，幾天後就會消失。請提供訂單編號，助理會列出該筆訂單的所有付款。若同一筆訂單確實付款兩次，或有不屬於任何訂單的款項，請要求轉接專人。',
        keywords: ['重複扣款', '扣兩次', '刷兩次', '多扣錢', '重複付款', '扣款金額錯誤', '不明扣款'],
      },
    },
    {
      slug: 'payment-security',
      en: {
        question: 'Is it safe to pay with my card here?',
        answer:
          'Yes. Card details are entered at the checkout only and go straight to the payment provider; we keep nothing but the brand and the last four digits. Please never write a full card number or a security code in the chat. We do not ask for it.',
        keywords: [
          'secure payment',
          'card security',
          'is my card data stored',
          'fraud',
          'encryption',
          'trust',
          'safe checkout',
          'give you my card number',
        ],
      },
      'zh-Hant': {
        question: '在這裡刷卡付款安全嗎？',
        answer:
          '安全。卡片資料只在結帳頁面輸入，直接傳給金流服務商，我們只保留卡別與末四碼。請勿在對話中輸入完整卡號或安全碼，我們也不會要求您提供。',
        keywords: ['付款安全', '刷卡安全', '卡號會不會外洩', '盜刷', '儲存卡號', '卡片資料', '加密'],
      },
    },
    {
      slug: 'voucher-code',
      en: {
        question: 'How do I use a voucher or discount code?',
        answer:
          'Enter the code at the checkout before you pay; the total changes at once. If it does not, check the spelling, whether the code has ended, and whether it is meant for the goods in your cart. A code cannot be added to an order that has already been placed.',
        keywords: [
          'coupon',
          'promo code',
          'promotion',
          'discount',
          'sale',
          'offer code',
          'redeem code',
          'apply discount code',
          'student discount',
          'code after ordering',
        ],
      },
      'zh-Hant': {
        question: '如何使用優惠券或折扣碼？',
        answer:
          '請在結帳付款前輸入代碼，總金額會立即更新。若沒有變化，請檢查拼寫、代碼是否已到期，以及是否適用於購物車中的商品。已成立的訂單無法再補用代碼。',
        keywords: ['優惠碼', '折扣', '優惠券', '折價券', '促銷', '打折', '特價', '序號', '忘記輸入折扣碼', '學生優惠'],
      },
    },
  ],
};
