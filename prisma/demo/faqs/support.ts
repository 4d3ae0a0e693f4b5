import type { DemoFaqCategory } from './faq.js';

export const support: DemoFaqCategory = {
  slug: 'support',
  name: { en: 'Help and contact', 'zh-Hant': '客服與聯絡' },
  entries: [
    {
      slug: 'opening-hours',
      en: {
        question: 'What are your opening hours?',
        answer:
          'The assistant in this chat answers around the clock. People of the staff answer during the business hours of the shop, which are shown in the chat window. If you ask for a person outside of them, your place in the queue is kept and somebody answers when we open again.',
        keywords: [
          'when are agents available',
          'business hours',
          'when are you open',
          'support hours',
          'what time do you open',
          'weekend',
          'holidays',
          'closing time',
          'available on sunday',
        ],
      },
      'zh-Hant': {
        question: '營業時間是什麼時候？',
        answer:
          '對話中的助理全天候回覆；專人則在商店的營業時間內回覆，時間顯示於對話視窗。若在非營業時間要求專人，會為您保留排隊順位，恢復營業後即有人回覆。',
        keywords: [
          '星期天',
          '週日',
          '客服上班',
          '服務時間',
          '客服時間',
          '幾點開',
          '幾點關',
          '週末有開嗎',
          '假日',
          '上班時間',
          '營業到幾點',
        ],
      },
    },
    {
      slug: 'talk-to-person',
      en: {
        question: 'How do I talk to a real person?',
        answer:
          'Just write “I want to talk to a person”. The assistant hands the conversation over with a summary, so you need not explain everything again, and tells you your place in the queue.',
        keywords: [
          'human agent',
          'customer service',
          'contact you',
          'speak to someone',
          'phone number',
          'call you',
          'live agent',
          'representative',
          'email address of support',
        ],
      },
      'zh-Hant': {
        question: '如何聯絡真人客服？',
        answer:
          '只要輸入「我要找真人客服」即可。助理會附上摘要把對話轉交專人，您不必從頭說明，並會告知您目前的排隊順位。',
        keywords: ['真人', '客服電話', '轉接專人', '人工客服', '聯絡方式', '打電話', '客服人員', '找人'],
      },
    },
    {
      slug: 'ai-assistant',
      en: {
        question: 'Am I talking to a robot, and what can it do?',
        answer:
          'Yes, the first answers come from an AI assistant. It knows these help pages and, once we know who you are, your own orders. Whatever would change an order or move money is shown to you first and done only after you say yes. You can ask for a person at any time.',
        keywords: [
          'chatbot',
          'are you a bot',
          'artificial intelligence',
          'virtual assistant',
          'are you human',
          'what can you do',
          'is this automated',
        ],
      },
      'zh-Hant': {
        question: '我是在跟機器人對話嗎？它能做什麼？',
        answer:
          '是的，最初的回覆來自 AI 助理。它熟悉這些說明，並在確認身分後能查詢您自己的訂單。任何會變更訂單或動用款項的操作，都會先讓您確認才執行。您隨時可以要求轉接專人。',
        keywords: [
          '機器人',
          '人工智慧',
          '你是真人嗎',
          'AI客服',
          '自動回覆',
          '你會什麼',
          '聊天機器人',
          '可以幫我做什麼',
        ],
      },
    },
    {
      slug: 'complaint',
      en: {
        question: 'How do I make a complaint or give feedback?',
        answer:
          'Tell us here what went wrong, with the order number if there is one, and ask for a person: somebody of the staff reads it and answers. Praise and ideas are welcome in the same way.',
        keywords: [
          'complain',
          'feedback',
          'bad service',
          'not satisfied',
          'unhappy',
          'suggestion',
          'leave a review',
          'dissatisfied',
          'file a claim',
        ],
      },
      'zh-Hant': {
        question: '如何投訴或提供意見？',
        answer:
          '請在這裡說明發生了什麼事（若有訂單編號請一併提供），並要求轉接專人，客服人員會閱讀並回覆。稱讚與建議也歡迎用同樣方式告訴我們。',
        keywords: ['投訴', '客訴', '抱怨', '意見回饋', '不滿意', '服務很差', '建議', '評價', '申訴'],
      },
    },
  ],
};
