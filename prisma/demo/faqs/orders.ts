import type { DemoFaqCategory } from './faq.js';

export const orders: DemoFaqCategory = {
  slug: 'orders',
  name: { en: 'Orders', 'zh-Hant': '訂單' },
  entries: [
    {
      slug: 'order-status',
      en: {
        question: 'How do I check the status of my order?',
        answer:
          'Write your order number here in the chat, for example “Where is my order #W1234567?”. Once we know who you are, the assistant shows the status, the items, the delivery address and the tracking numbers of that order.\n\nIf you do not have the number at hand, ask for your latest orders instead.',
        keywords: [
          'where is my order',
          'order status',
          'order progress',
          'what is happening with my order',
          'look up my order',
          'find my order',
          'order update',
        ],
      },
      'zh-Hant': {
        question: '如何查詢訂單狀態？',
        answer:
          '請直接在對話中輸入訂單編號，例如「訂單 #W1234567 到哪了？」。確認您的身分後，客服助理會顯示該筆訂單的狀態、商品、收件地址與物流追蹤號碼。\n\n如果手邊沒有訂單編號，也可以請助理列出您最近的訂單。',
        keywords: ['訂單到哪了', '查訂單', '訂單進度', '訂單查詢', '訂單狀況'],
      },
    },
    {
      slug: 'order-status-meaning',
      en: {
        question: 'What do the order statuses mean?',
        answer:
          '- **Pending**: we have your order, and it has not left the warehouse. It can still be changed or cancelled.\n- **Processed**: it is packed or on its way and can no longer be changed.\n- **Delivered**: the carrier has handed it over. Returns and exchanges are possible from now on.\n- **Cancelled**: it was stopped, and the money goes back.\n- **Return requested** or **exchange requested**: we are waiting for the goods.\n- **Returned** or **exchanged**: the goods have arrived and the money has been settled.',
        keywords: [
          'difference between processed and delivered',
          'pending meaning',
          'processed meaning',
          'what does pending mean',
          'explanation of statuses',
          'status says',
        ],
      },
      'zh-Hant': {
        question: '訂單狀態各代表什麼意思？',
        answer:
          '- **待處理**：我們已收到訂單，商品尚未離開倉庫，仍可修改或取消。\n- **已處理**：商品已包裝或已出貨，無法再修改。\n- **已送達**：物流已完成配送，此後可以申請退貨或換貨。\n- **已取消**：訂單已停止，款項將退回。\n- **已申請退貨**或**已申請換貨**：等待商品寄回。\n- **已退貨**或**已換貨**：商品已收到，款項已結清。',
        keywords: ['差在哪', '有什麼不同', '待處理是什麼', '已處理是什麼意思', '狀態說明', '狀態的意思', '狀態代表'],
      },
    },
    {
      slug: 'cancel-order',
      en: {
        question: 'Can I cancel my order?',
        answer:
          'Yes, as long as the order is **pending** and its items have never been changed. Tell us the order number and the reason: you no longer need it, or it was ordered by mistake. The assistant shows what will be cancelled and where the money goes, and cancels only after you say yes.\n\nEach payment method gets back what it paid. A gift card is credited at once; other methods take 5–7 business days.',
        keywords: [
          'stop order before it ships',
          'do not need it any more',
          'cancellation',
          'cancel my purchase',
          'stop my order',
          'call off order',
          'no longer need',
          'ordered by mistake',
          'changed my mind',
          'do not want it anymore',
        ],
      },
      'zh-Hant': {
        question: '可以取消訂單嗎？',
        answer:
          '可以，只要訂單仍為**待處理**，且商品內容從未修改過。請提供訂單編號與取消原因（不再需要，或誤下訂單）。助理會列出要取消的內容與退款去向，您確認後才會取消。\n\n每種付款方式會退回當初支付的金額：禮品卡立即入帳，其他付款方式需 5–7 個工作天。',
        keywords: [
          '停掉訂單',
          '不需要了',
          '停止訂單',
          '取消訂單',
          '取消購買',
          '不想要了',
          '不買了',
          '下錯單',
          '買錯了',
          '誤訂',
          '後悔',
        ],
      },
    },
    {
      slug: 'cannot-cancel',
      en: {
        question: 'Why can my order no longer be cancelled?',
        answer:
          'An order can be cancelled only while it is **pending**. Once it is processed it is being packed or is on its way. An order whose items were changed once cannot be cancelled either, even while it is pending.\n\nYou can still send the goods back: ask for a return as soon as the order has been delivered.',
        keywords: [
          'cannot cancel',
          'cancel refused',
          'too late to cancel',
          'cancel already shipped order',
          'cancel after processing',
          'not able to cancel',
        ],
      },
      'zh-Hant': {
        question: '為什麼我的訂單不能取消了？',
        answer:
          '只有**待處理**的訂單可以取消；狀態變為已處理後，商品正在包裝或已經出貨。此外，商品內容修改過一次的訂單即使仍待處理，也無法取消。\n\n您仍可在訂單送達後申請退貨。',
        keywords: ['無法取消', '不能取消', '取消失敗', '來不及取消', '已出貨取消', '取消不了'],
      },
    },
    {
      slug: 'change-order-address',
      en: {
        question: 'Can I change the delivery address of my order?',
        answer:
          'Yes, while the order is **pending**, also after its items were changed. Give us the order number and the complete new address: it replaces the old one as a whole. The default address of your account stays as it is.\n\nA processed order keeps its address.',
        keywords: [
          'wrong street number',
          'wrong address',
          'shipping address',
          'ship to another address',
          'moved house',
          'send order somewhere else',
          'update address on order',
          'typo in address',
        ],
      },
      'zh-Hant': {
        question: '下單後可以更改收件地址嗎？',
        answer:
          '可以，訂單仍為**待處理**時都能更改，即使商品內容已修改過也行。請提供訂單編號與完整的新地址，新地址會整筆取代舊地址；帳戶的預設地址不受影響。\n\n已處理的訂單無法再改地址。',
        keywords: [
          '門牌',
          '門牌號碼',
          '改地址',
          '地址寫錯',
          '地址填錯',
          '修改收件地址',
          '更改送貨地址',
          '訂單地址',
          '搬家',
          '寄到別的地方',
        ],
      },
    },
    {
      slug: 'change-order-items',
      en: {
        question: 'Can I change the items of my order, for example the colour or size?',
        answer:
          'Yes, **once** per order and only while it is **pending**. Each item can be switched to another available option of the same product, such as another colour or size. Please list all changes together, because there is no second time, and an order changed in this way can no longer be cancelled.\n\nIf the price differs, the difference is charged to or refunded to the payment method you choose. A gift card must hold the whole difference.',
        keywords: [
          'modify order',
          'edit order',
          'different colour',
          'different color',
          'different size',
          'switch variant',
          'wrong size ordered',
          'ordered wrong colour',
          'other option',
        ],
      },
      'zh-Hant': {
        question: '可以更改訂單的商品嗎？例如顏色或尺寸',
        answer:
          '可以，每筆訂單限**一次**，且訂單必須仍為**待處理**。每項商品可換成同一產品的其他有貨規格，例如不同顏色或尺寸。請一次列出所有變更，因為沒有第二次機會，而且改過商品的訂單不能再取消。\n\n若價格不同，差額會由您選擇的付款方式補付或退回；使用禮品卡時，餘額須足以支付全部差額。',
        keywords: ['修改訂單', '改訂單', '改顏色', '改尺寸', '換顏色', '換規格', '選錯尺寸', '選錯顏色', '更改商品'],
      },
    },
    {
      slug: 'add-item-to-order',
      en: {
        question: 'Can I add another product to an order I have already placed?',
        answer:
          'No. An order keeps the products it was placed with: an item can only become another option of the same product. Please place a new order for anything else. Two orders are sent separately and cannot be merged.',
        keywords: [
          'add item',
          'add something to my order',
          'include another product',
          'combine orders',
          'merge two orders',
          'forgot to order',
          'remove item from order',
          'increase quantity',
        ],
      },
      'zh-Hant': {
        question: '已下單後可以加購其他商品嗎？',
        answer:
          '不行。訂單會維持下單時的產品，商品只能換成同一產品的其他規格。需要其他商品時，請另外下一筆新訂單；兩筆訂單會分開寄送，無法合併。',
        keywords: [
          '忘了買',
          '加到訂單',
          '加購',
          '追加商品',
          '加買',
          '合併訂單',
          '併單',
          '忘記買',
          '增加數量',
          '刪除一項商品',
        ],
      },
    },
    {
      slug: 'change-payment-method',
      en: {
        question: 'Can I change the payment method of an order?',
        answer:
          'Yes, while the order is **pending** and has been paid exactly once, with a single payment. The new method must be one saved in your account and not the one in use. A gift card must hold the whole amount.\n\nThe new method is charged, then the old one is refunded: gift cards at once, other methods within 5–7 business days.',
        keywords: [
          'switch payment',
          'pay with another card',
          'different card',
          'wrong card',
          'use paypal instead',
          'change how I pay for order',
        ],
      },
      'zh-Hant': {
        question: '可以更改訂單的付款方式嗎？',
        answer:
          '可以，條件是訂單仍為**待處理**，且只有一筆付款。新的付款方式須已存在您的帳戶中，且與目前使用的不同；若使用禮品卡，餘額須足以支付全額。\n\n我們會先以新方式收款，再退款到原方式：禮品卡立即退回，其他付款方式需 5–7 個工作天。',
        keywords: ['換付款方式', '付款方式可以改嗎', '改付款', '換信用卡付', '換一張卡', '刷錯卡', '改用別的方式付款'],
      },
    },
    {
      slug: 'order-number',
      en: {
        question: 'Where do I find my order number?',
        answer:
          'The order number begins with **#W**, for example #W1234567. It is in the confirmation e-mail and in the list of orders in your account. You can also ask the assistant for your orders once we know who you are.',
        keywords: [
          'order id',
          'order reference',
          'confirmation number',
          'lost order number',
          'do not know my order number',
          'starts with W',
        ],
      },
      'zh-Hant': {
        question: '訂單編號在哪裡可以找到？',
        answer:
          '訂單編號以 **#W** 開頭，例如 #W1234567，可在訂單確認信或帳戶的訂單列表中找到。確認身分後，也可以請助理列出您的訂單。',
        keywords: ['訂單號碼', '單號', '找不到編號', '忘記訂單編號', '編號在哪'],
      },
    },
    {
      slug: 'confirmation-email',
      en: {
        question: 'Why did I not receive a confirmation e-mail for my order?',
        answer:
          'It usually arrives within a few minutes. Please look in your spam folder and check that the e-mail address in your account is right. You can ask here whether the order exists: the assistant lists your orders once we know who you are.',
        keywords: [
          'no confirmation',
          'order confirmation',
          'confirmation mail missing',
          'did my order go through',
          'was my order placed',
          'never got an email',
        ],
      },
      'zh-Hant': {
        question: '為什麼沒有收到訂單確認信？',
        answer:
          '確認信通常在幾分鐘內寄達。請先查看垃圾郵件匣，並確認帳戶中的電子郵件地址是否正確。您也可以在這裡詢問訂單是否成立：確認身分後，助理會列出您的訂單。',
        keywords: ['確認信', '沒收到確認郵件', '訂單有沒有成立', '下單成功嗎', '沒收到信', '確認電子郵件'],
      },
    },
    {
      slug: 'invoice',
      en: {
        question: 'How do I get an invoice or a receipt?',
        answer:
          'Give us the order number and the assistant lists the items, their prices and every payment and refund of that order. If you need a formal invoice, for example with a company name or tax number, ask for a person and we will prepare it for you.',
        keywords: [
          'copy of the bill',
          'copy of invoice',
          'bill',
          'receipt',
          'tax invoice',
          'company name on invoice',
          'VAT number',
          'proof of purchase',
          'download invoice',
        ],
      },
      'zh-Hant': {
        question: '如何取得發票或收據？',
        answer:
          '提供訂單編號後，助理會列出該筆訂單的商品、價格以及所有付款與退款紀錄。若您需要正式發票，例如載明公司抬頭或統一編號，請要求轉接專人，我們會為您處理。',
        keywords: ['發票', '收據', '統編', '統一編號', '公司抬頭', '購買證明', '開發票', '帳單'],
      },
    },
  ],
};
