import type { DemoFaqCategory } from './faq.js';

export const privacy: DemoFaqCategory = {
  slug: 'privacy',
  name: { en: 'Privacy and security', 'zh-Hant': '隱私與安全' },
  entries: [
    {
      slug: 'personal-data',
      en: {
        question: 'What personal data do you keep about me?',
        answer:
          'What is needed for your orders: name, e-mail address, delivery addresses, orders and payments (of a card only the brand and the last four digits). For a copy of your data, or to have something corrected, ask for a person.',
        keywords: [
          'share my data with third parties',
          'is my data safe',
          'privacy policy',
          'data protection',
          'GDPR',
          'my data',
          'personal information',
          'copy of my data',
          'do you sell my data',
          'data export',
        ],
      },
      'zh-Hant': {
        question: '你們會保存我的哪些個人資料？',
        answer:
          '僅保存訂單所需的資料：姓名、電子郵件、收件地址、訂單與付款紀錄（卡片只保留卡別與末四碼）。若需要資料副本或更正，請要求轉接專人。',
        keywords: [
          '把資料給別人',
          '分享我的資料',
          '資料安全',
          '個資',
          '隱私權',
          '隱私政策',
          '個人資料',
          '資料保護',
          '資料副本',
          '會賣我的資料嗎',
        ],
      },
    },
    {
      slug: 'delete-account',
      en: {
        question: 'How do I delete my account?',
        answer:
          'Ask for a person, who deletes it after making sure that it is yours. Please wait until open orders, returns and refunds are finished, and use up your gift cards first. Records that the law requires are kept as long as it says.',
        keywords: [
          'close my account',
          'remove account',
          'cancel account',
          'erase my data',
          'right to be forgotten',
          'delete profile',
          'terminate account',
          'deactivate',
        ],
      },
      'zh-Hant': {
        question: '如何刪除帳戶？',
        answer:
          '請要求轉接專人，確認為本人後即可刪除。請先等進行中的訂單、退貨與退款完成，並用完禮品卡餘額。依法須保存的紀錄會保留至法定期限。',
        keywords: ['刪除帳號', '註銷帳號', '關閉帳戶', '取消會員', '刪除我的資料', '停用帳號', '刪帳號'],
      },
    },
    {
      slug: 'chat-privacy',
      en: {
        question: 'Who can read what I write in this chat?',
        answer:
          'You, the assistant and the support staff of the shop. Other customers never see it. The conversation is kept so that nobody has to ask you twice. Please do not write passwords or card numbers.',
        keywords: [
          'chat history',
          'is this chat private',
          'conversation stored',
          'recorded',
          'transcript',
          'confidential',
          'others see my messages',
        ],
      },
      'zh-Hant': {
        question: '誰看得到我在這裡的對話內容？',
        answer:
          '只有您、客服助理與商店的客服人員看得到，其他顧客無法看見。我們會保留對話，免得您重複說明。請勿輸入密碼或卡號。',
        keywords: ['對話紀錄', '聊天紀錄', '聊天隱私', '會被看到嗎', '對話保密', '誰會看到', '聊天內容'],
      },
    },
    {
      slug: 'phishing',
      en: {
        question: 'I got a suspicious message in your name. Is it from you?',
        answer:
          'We never ask for passwords, full card numbers or security codes, and we never ask you to pay outside the checkout. Do not open links in such a message, and do not answer it. Ask for a person and tell us what it said; if you entered your password somewhere, set a new one.',
        keywords: [
          'phishing',
          'scam',
          'fake email',
          'fraud call',
          'suspicious sms',
          'strange message',
          'hacked',
          'somebody pretends to be you',
        ],
      },
      'zh-Hant': {
        question: '收到以你們名義發出的可疑訊息，是真的嗎？',
        answer:
          '我們絕不會索取密碼、完整卡號或安全碼，也不會要求您在結帳頁面以外付款。請勿點選訊息中的連結或回覆，並要求轉接專人，告知訊息內容；若已在別處輸入密碼，請立即重設。',
        keywords: ['詐騙', '釣魚', '假簡訊', '可疑郵件', '可疑電話', '被盜', '假冒', '可疑簡訊'],
      },
    },
  ],
};
