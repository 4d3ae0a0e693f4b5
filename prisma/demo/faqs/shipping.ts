import type { DemoFaqCategory } from './faq.js';

export const shipping: DemoFaqCategory = {
  slug: 'shipping',
  name: { en: 'Shipping and delivery', 'zh-Hant': '運送與配送' },
  entries: [
    {
      slug: 'delivery-time',
      en: {
        question: 'How long does delivery take?',
        answer:
          'The expected time for your address is shown at the checkout before you pay. Once an order has been processed, its tracking numbers show where each parcel is. The assistant looks them up for you when you give the order number.',
        keywords: [
          'how soon will it arrive',
          'estimated delivery',
          'shipping time',
          'delivery estimate',
          'how many days shipping',
          'when will it arrive',
          'how fast do you ship',
          'express delivery',
          'delivery date',
          'arrival',
        ],
      },
      'zh-Hant': {
        question: '配送需要多久？',
        answer:
          '結帳付款前會顯示寄到您地址的預計時間。訂單處理後，可由物流追蹤號碼得知每個包裹的位置；提供訂單編號，助理就會為您查詢。',
        keywords: [
          '要等幾天',
          '幾天會收到',
          '運送時間',
          '幾天到貨',
          '多久會到',
          '什麼時候到',
          '到貨時間',
          '出貨時間',
          '寄送天數',
          '快遞',
        ],
      },
    },
    {
      slug: 'shipping-cost',
      en: {
        question: 'How much does shipping cost?',
        answer:
          'The cost depends on the address and the goods. It is shown at the checkout before you pay; nothing is added afterwards.',
        keywords: [
          'shipping fee',
          'delivery charge',
          'postage',
          'free shipping',
          'delivery costs',
          'price of delivery',
          'shipping price',
        ],
      },
      'zh-Hant': {
        question: '運費怎麼計算？',
        answer: '運費依收件地址與商品而定，結帳付款前會清楚顯示，付款後不會再另外加收。',
        keywords: ['運費多少', '郵資', '免運', '免運費', '寄送費用', '配送費', '運送費'],
      },
    },
    {
      slug: 'shipping-destinations',
      en: {
        question: 'Which countries do you deliver to?',
        answer:
          'The checkout lists every country that we can deliver to. If yours is not in the list, we cannot send there at the moment.',
        keywords: [
          'international shipping',
          'ship abroad',
          'overseas',
          'worldwide',
          'foreign country',
          'ship to Canada',
          'ship to Japan',
          'other countries',
        ],
      },
      'zh-Hant': {
        question: '可以寄送到哪些國家？',
        answer: '結帳頁面會列出所有可配送的國家或地區。若清單中沒有您的所在地，目前無法寄送。',
        keywords: ['國際運送', '海外寄送', '寄到國外', '寄到日本', '寄到香港', '外島', '跨國', '海外'],
      },
    },
    {
      slug: 'track-parcel',
      en: {
        question: 'How do I track my parcel?',
        answer:
          'Ask here with your order number: once the order has been processed, the assistant gives you the tracking number of each parcel, which you can enter on the website of the carrier. New numbers can take a day to appear there.',
        keywords: [
          'tracking number',
          'track package',
          'follow my shipment',
          'tracking code',
          'tracking link',
          'locate parcel',
        ],
      },
      'zh-Hant': {
        question: '如何追蹤包裹？',
        answer:
          '請附上訂單編號詢問：訂單處理後，助理會提供每個包裹的物流追蹤號碼，您可在物流公司的網站查詢。新的號碼可能需要一天才查得到。',
        keywords: ['追蹤碼', '追蹤號碼', '物流單號', '追蹤編號', '查包裹', '物流查詢', '貨運單號', '貨態'],
      },
    },
    {
      slug: 'late-parcel',
      en: {
        question: 'My parcel is late. What can I do?',
        answer:
          'Ask for its tracking number first: the website of the carrier says where it is and whether something holds it up. If nothing has moved for several days, or the expected date is over, ask for a person with the order number, and we will take it up with the carrier.',
        keywords: [
          'parcel has not moved',
          'no movement',
          'delayed',
          'late delivery',
          'still waiting for my package',
          'not arrived yet',
          'overdue',
          'stuck in transit',
          'lost in transit',
          'taking too long',
        ],
      },
      'zh-Hant': {
        question: '包裹延遲了怎麼辦？',
        answer:
          '請先查詢物流追蹤號碼，物流公司的網站會顯示包裹位置與延誤原因。若連續幾天沒有更新，或已超過預計日期，請附上訂單編號要求轉接專人，我們會向物流公司查詢。',
        keywords: [
          '沒動靜',
          '沒有更新',
          '好幾天',
          '物流沒更新',
          '還沒到',
          '遲到',
          '延誤',
          '配送延遲',
          '還沒收到包裹',
          '等很久',
          '卡住',
          '包裹遺失',
          '一直沒到',
        ],
      },
    },
    {
      slug: 'delivered-not-received',
      en: {
        question: 'My order is marked as delivered, but I did not receive it. What now?',
        answer:
          'Please look around the door and the letter box, and ask neighbours and the people you live with. Check also that the address on the order is right. If the parcel does not turn up, ask for a person with the order number: we will have the delivery checked by the carrier.',
        keywords: [
          'says delivered but not here',
          'stolen package',
          'never received',
          'not in mailbox',
          'delivered to wrong place',
          'package disappeared',
          'porch',
        ],
      },
      'zh-Hant': {
        question: '訂單顯示已送達，但我沒有收到怎麼辦？',
        answer:
          '請先查看門口、信箱，並詢問鄰居、管理室與同住的人，也請確認訂單上的地址是否正確。若仍找不到包裹，請附上訂單編號要求轉接專人，我們會請物流公司查明配送情況。',
        keywords: ['顯示送達沒收到', '沒收到貨', '包裹不見', '被偷', '管理室', '已送達但沒看到', '包裹被拿走'],
      },
    },
    {
      slug: 'several-parcels',
      en: {
        question: 'Why does my order come in several parcels?',
        answer:
          'Items that are packed in different places are sent separately. Each parcel has its own tracking number, and the assistant shows which items are in which parcel.',
        keywords: [
          'split shipment',
          'two packages',
          'multiple boxes',
          'separate deliveries',
          'two tracking numbers',
          'rest of my order',
        ],
      },
      'zh-Hant': {
        question: '為什麼我的訂單分成好幾個包裹？',
        answer: '在不同地點包裝的商品會分開寄送。每個包裹都有自己的物流追蹤號碼，助理會顯示哪個包裹裡有哪些商品。',
        keywords: ['分開寄', '分批出貨', '兩個包裹', '多個包裹', '分次寄送', '其他商品呢'],
      },
    },
  ],
};
