import type { DemoFaqCategory } from './faq.js';

export const products: DemoFaqCategory = {
  slug: 'products',
  name: { en: 'Products', 'zh-Hant': '商品' },
  entries: [
    {
      slug: 'warranty',
      en: {
        question: 'Is there a warranty on the products?',
        answer:
          'What the manufacturer grants is described on the page of the product and in its box; your rights by law come on top. If something stops working, try the troubleshooting guides of the assistant first. If that does not help, ask for a person with the order number and we will settle it.',
        keywords: [
          'guarantee',
          'warranty period',
          'broke after months',
          'repair',
          'manufacturer warranty',
          'stopped working after a while',
          'covered',
        ],
      },
      'zh-Hant': {
        question: '商品有保固嗎？',
        answer:
          '製造商提供的保固載於商品頁面與包裝內，法定權利另外適用。若商品故障，請先請助理提供疑難排解步驟；仍無法解決時，請附上訂單編號要求轉接專人處理。',
        keywords: ['保固', '保固期', '保修', '維修', '用幾個月就壞', '原廠保固', '送修'],
      },
    },
    {
      slug: 'sizing',
      en: {
        question: 'How do I find the right size?',
        answer:
          'The page of each product has a size table where sizes matter. Measure something that fits you well and compare. If it does not fit after all: a pending order can be changed once, and a delivered one can be exchanged.',
        keywords: [
          'size chart',
          'size guide',
          'which size should I order',
          'measurements',
          'runs small',
          'fit',
          'dimensions',
        ],
      },
      'zh-Hant': {
        question: '如何選擇合適的尺寸？',
        answer:
          '需要選尺寸的商品頁面都有尺寸表，請量一件合身的衣物來對照。若仍不合適：待處理的訂單可更改一次商品，已送達的訂單可以換貨。',
        keywords: ['尺寸表', '尺碼', '選尺寸', '大小', '穿幾號', '版型', '尺寸建議', '該買什麼尺寸'],
      },
    },
    {
      slug: 'stock',
      en: {
        question: 'Is a product in stock, and when does it come back?',
        answer:
          'The page of a product shows which of its options are available now. We cannot promise a date for those that are sold out, and they cannot be reserved.',
        keywords: [
          'availability',
          'sold out',
          'out of stock',
          'back in stock',
          'restock',
          'reserve an item',
          'pre-order',
          'available again',
        ],
      },
      'zh-Hant': {
        question: '商品有現貨嗎？何時補貨？',
        answer: '商品頁面會顯示目前有貨的規格。已售完的規格無法保證補貨日期，也不接受預留。',
        keywords: ['有沒有貨', '缺貨', '售完', '補貨', '庫存', '到貨通知', '預購', '賣完了', '現貨'],
      },
    },
    {
      slug: 'product-details',
      en: {
        question: 'Where do I find the details of a product, such as material or compatibility?',
        answer:
          'On the page of the product: material, measures, what is in the box and what it works with. The assistant can tell you the options and prices of a product, but it gives no opinion on which one is better.',
        keywords: [
          'product information',
          'specifications',
          'material',
          'ingredients',
          'manual',
          'compatible with',
          'what is in the box',
          'which product is better',
          'recommend',
        ],
      },
      'zh-Hant': {
        question: '哪裡可以看到商品的詳細資訊？例如材質或相容性',
        answer:
          '請看商品頁面：材質、尺寸、內容物與適用裝置都列在上面。助理可以告訴您商品的規格選項與價格，但不會評論哪一款比較好。',
        keywords: ['商品規格', '材質', '成分', '說明書', '相容', '適用', '內容物', '推薦哪一款', '商品資訊'],
      },
    },
  ],
};
