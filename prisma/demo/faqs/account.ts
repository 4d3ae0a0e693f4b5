import type { DemoFaqCategory } from './faq.js';

export const account: DemoFaqCategory = {
  slug: 'account',
  name: { en: 'Account', 'zh-Hant': '帳戶' },
  entries: [
    {
      slug: 'create-account',
      en: {
        question: 'How do I create an account?',
        answer:
          'Choose “Register” on the website and enter your name, your e-mail address and a password. We send you an e-mail with a link to confirm the address. Then your orders, addresses and payment methods are in one place.',
        keywords: [
          'register',
          'sign up',
          'open an account',
          'new account',
          'become a member',
          'registration',
          'membership',
        ],
      },
      'zh-Hant': {
        question: '如何建立帳戶？',
        answer:
          '請在網站上選擇「註冊」，輸入姓名、電子郵件與密碼。我們會寄出確認信，請點選其中的連結。之後您的訂單、地址與付款方式都集中在同一處。',
        keywords: ['開通帳號', '開通', '註冊', '申請帳號', '開帳號', '新會員', '加入會員', '創建帳號', '註冊會員'],
      },
    },
    {
      slug: 'forgot-password',
      en: {
        question: 'I forgot my password. How do I reset it?',
        answer:
          'Choose “Forgot password” on the sign-in page and enter your e-mail address. We send a link with which you set a new password. If no e-mail arrives, look in the spam folder and try again after a few minutes. We never ask for your password in the chat.',
        keywords: [
          'reset password',
          'lost password',
          'recover access',
          'change password',
          'new password',
          'cannot remember password',
          'locked out',
        ],
      },
      'zh-Hant': {
        question: '忘記密碼怎麼重設？',
        answer:
          '請在登入頁面選擇「忘記密碼」並輸入電子郵件地址，我們會寄送連結供您設定新密碼。若沒收到信，請查看垃圾郵件匣，幾分鐘後再試一次。我們不會在對話中詢問您的密碼。',
        keywords: ['重設密碼', '改密碼', '更改密碼', '密碼忘了', '找回密碼', '密碼重置', '修改密碼'],
      },
    },
    {
      slug: 'default-address',
      en: {
        question: 'How do I change the default address of my account?',
        answer:
          'Ask here once we know who you are, or change it in your account. Orders already placed keep their address: a pending order can be given a new address separately.',
        keywords: [
          'address in my profile',
          'update my address',
          'saved address',
          'home address',
          'account address',
          'I have moved',
        ],
      },
      'zh-Hant': {
        question: '如何更改帳戶的預設地址？',
        answer:
          '確認身分後，您可以在這裡提出，或在帳戶中修改。已成立的訂單會維持原地址；待處理的訂單可另外更改收件地址。',
        keywords: ['預設地址', '常用地址', '通訊錄', '帳號地址', '會員地址', '儲存的地址', '個人資料的地址'],
      },
    },
    {
      slug: 'saved-payment-methods',
      en: {
        question: 'How do I add or remove a saved payment method?',
        answer:
          'Open the payment methods in your account. Cards can be added and removed there only, never in the chat. A new card can be used for changes to a pending order as soon as it is saved.',
        keywords: [
          'save card',
          'add a new card',
          'delete card',
          'update card on file',
          'stored card',
          'remove credit card',
          'expired card',
        ],
      },
      'zh-Hant': {
        question: '如何新增或刪除已儲存的付款方式？',
        answer:
          '請在帳戶中開啟付款方式頁面。卡片只能在那裡新增或刪除，無法在對話中處理。新卡儲存後，即可用於變更待處理訂單的付款。',
        keywords: ['新增信用卡', '刪除信用卡', '綁卡', '解除綁定', '更新卡片', '儲存的卡', '移除卡片', '卡片過期'],
      },
    },
    {
      slug: 'verify-identity',
      en: {
        question: 'Why do you ask who I am before you show my order?',
        answer:
          'Orders contain personal data, so we show them to their owner only. Tell us the e-mail address of your account, or your name and postcode; the shop may also ask for an order number. One conversation can be about one customer only.',
        keywords: [
          'verify identity',
          'identification',
          'why do you need my email',
          'why do you need my postcode',
          'zip code',
          'authentication',
          'prove it is me',
          'verification',
        ],
      },
      'zh-Hant': {
        question: '為什麼查詢訂單前要先確認身分？',
        answer:
          '訂單含有個人資料，只能提供給本人。請提供帳戶的電子郵件，或姓名與郵遞區號；商店也可能要求訂單編號。一次對話只能處理一位顧客的資料。',
        keywords: ['驗證身分', '身份驗證', '確認身份', '為什麼要電子郵件', '為什麼要郵遞區號', '本人', '身分'],
      },
    },
    {
      slug: 'newsletter',
      en: {
        question: 'How do I subscribe to or unsubscribe from the newsletter?',
        answer:
          'Switch the newsletter on or off in the settings of your account. Every newsletter also has a link at the end with which you unsubscribe at once. E-mails about your orders are sent in any case.',
        keywords: [
          'unsubscribe',
          'subscribe',
          'stop marketing emails',
          'too many emails',
          'mailing list',
          'advertising mail',
          'opt out',
        ],
      },
      'zh-Hant': {
        question: '如何訂閱或取消訂閱電子報？',
        answer:
          '您可以在帳戶設定中開啟或關閉電子報；每封電子報結尾也有取消訂閱的連結，點選後立即生效。與訂單有關的通知信仍會寄送。',
        keywords: ['電子報', '取消訂閱', '退訂', '廣告信', '行銷郵件', '不想收到信', '訂閱'],
      },
    },
  ],
};
