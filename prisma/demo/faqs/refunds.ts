import type { DemoFaqCategory } from './faq.js';

export const refunds: DemoFaqCategory = {
  slug: 'refunds',
  name: { en: 'Refunds', 'zh-Hant': '退款' },
  entries: [
    {
      slug: 'refund-time',
      en: {
        question: 'How long does a refund take?',
        answer:
          'A refund to a gift card is credited **at once**. To a credit card or PayPal it takes **5–7 business days**. After a return, this time begins when the goods have reached us; after a cancellation, it begins right away.',
        keywords: [
          'refund time',
          'when will I get my money back',
          'how many days refund',
          'refund duration',
          'how fast refund',
          'when is the money back',
        ],
      },
      'zh-Hant': {
        question: '退款需要多久？',
        answer:
          '退到禮品卡的款項**立即**入帳；退到信用卡或 PayPal 需要 **5–7 個工作天**。退貨時從我們收到商品起算，取消訂單時則立即開始計算。',
        keywords: [
          '退款時間',
          '多久退款',
          '幾天退款',
          '錢什麼時候退',
          '何時收到退款',
          '退款要幾天',
          '退款速度',
          '多久入帳',
        ],
      },
    },
    {
      slug: 'refund-method',
      en: {
        question: 'Where does my refund go? Can I choose the method?',
        answer:
          'For a **return** you choose between the method of the first payment and any of your gift cards. For a **cancellation**, each payment method gets back what it paid. A refund cannot go to a card or an account that is not yours.',
        keywords: [
          'instead of the original method',
          'refund to another card',
          'refund destination',
          'original payment method',
          'refund to gift card',
          'store credit',
          'which account refund',
          'refund to a card that is no longer valid',
        ],
      },
      'zh-Hant': {
        question: '退款會退到哪裡？可以選擇退款方式嗎？',
        answer:
          '**退貨**時，您可以選擇退到第一筆付款所用的方式，或您的任一張禮品卡。**取消訂單**時，每種付款方式各自退回當初支付的金額。款項不能退到不屬於您的卡片或帳戶。',
        keywords: [
          '退成禮品卡',
          '退到禮品卡',
          '退到別張卡',
          '退款帳戶',
          '原付款方式',
          '退款到禮品卡',
          '退款方式',
          '退到哪裡',
          '換卡退款',
        ],
      },
    },
    {
      slug: 'refund-status',
      en: {
        question: 'How do I check the status of my refund?',
        answer:
          'Ask here with the order number, for example “Where is my refund for #W1234567?”. A refund can be waiting for approval, approved, completed or rejected; the assistant tells you which and where the money goes.',
        keywords: [
          'did my refund go through',
          'see my refund',
          'track refund',
          'refund progress',
          'refund pending',
          'is my refund approved',
          'refund update',
          'refund rejected',
        ],
      },
      'zh-Hant': {
        question: '如何查詢退款進度？',
        answer:
          '請附上訂單編號詢問，例如「#W1234567 的退款到哪了？」。退款狀態可能是等待核准、已核准、已完成或已拒絕，助理會告訴您目前的狀態與款項去向。',
        keywords: ['進度去哪看', '退款狀態', '查退款', '退款處理到哪', '退款核准', '退款進度'],
      },
    },
    {
      slug: 'refund-without-return',
      en: {
        question: 'Can I get a refund without sending the goods back?',
        answer:
          'Sometimes, for example when something arrived damaged. Tell us the order number, the item and what happened. Small amounts can be granted right away; larger ones wait for the decision of a person of the staff. In total, never more than what was paid can be refunded.',
        keywords: [
          'refund and keep item',
          'refund without return',
          'compensation',
          'partial refund',
          'goodwill refund',
          'refund without sending back',
        ],
      },
      'zh-Hant': {
        question: '可以不退貨直接退款嗎？',
        answer:
          '某些情況可以，例如商品送達時已損壞。請告訴我們訂單編號、商品與情況。小額可直接核准，較高的金額需由專人決定；退款總額不會超過實際付款金額。',
        keywords: ['不退貨退款', '保留商品退款', '部分退款', '補償', '賠償', '不用寄回'],
      },
    },
    {
      slug: 'refund-amount',
      en: {
        question: 'How much of my money will I get back?',
        answer:
          'For a cancelled order, everything that was paid and not refunded before. For a return, the price you paid for the items you send back. The assistant shows the exact amount, and where it goes, before you say yes.',
        keywords: [
          'send everything back',
          'refund the whole amount',
          'full refund',
          'refund amount',
          'get everything back',
          'deduction',
          'refund less than expected',
          'cancellation fee',
          'restocking fee',
        ],
      },
      'zh-Hant': {
        question: '可以退多少錢？會全額退款嗎？',
        answer:
          '取消訂單時，會退回已付且尚未退還的全部金額；退貨時，退回您寄回商品所支付的價格。確認之前，助理會先顯示確切金額與款項去向。',
        keywords: [
          '退全部',
          '全部退',
          '全額',
          '全額退款',
          '退款金額',
          '會扣錢嗎',
          '手續費',
          '取消費用',
          '退多少',
          '金額不對',
        ],
      },
    },
    {
      slug: 'refund-not-arrived',
      en: {
        question: 'My refund has not arrived. What can I do?',
        answer:
          'Check first which method it went to: a gift card shows the new balance at once, a credit card or PayPal takes 5–7 business days, and weekends do not count. If that time is over, ask for a person with the order number, and we will find out where the money is.',
        keywords: [
          'refund not received',
          'still no refund',
          'refund missing',
          'waiting for refund',
          'no money back yet',
          'refund late',
          'refund overdue',
        ],
      },
      'zh-Hant': {
        question: '一直沒有收到退款怎麼辦？',
        answer:
          '請先確認退到哪種付款方式：禮品卡會立即顯示新餘額，信用卡或 PayPal 需 5–7 個工作天（不含週末）。若已超過時間，請附上訂單編號要求轉接專人，我們會查明款項在哪裡。',
        keywords: ['沒收到退款', '退款沒到', '退款未入帳', '還沒退款', '錢還沒退', '錢沒進來', '退款延遲'],
      },
    },
  ],
};
