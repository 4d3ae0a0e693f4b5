import type { Text } from '@supportgraph/kernel';

/** What agents say without a model until they know who asks; the names are those of a tool's refusals, as far as it names them. */
export const identitySentences = {
  WHO_IS_ASKING_EMAIL: {
    en: 'To look at your orders I need to know who you are. What is the e-mail address of your account? Your first name, last name and postcode will do as well.',
    'zh-Hant': '為了查詢您的訂單，請先讓我確認您的身分：請提供您的電子郵件，或您的名字、姓氏與郵遞區號。',
  },
  WHO_IS_ASKING_EMAIL_AND_POSTCODE: {
    en: 'To look at your orders I need to know who you are. What are your e-mail address and your postcode? Your first name, last name, postcode and the number of an order will do as well.',
    'zh-Hant':
      '為了查詢您的訂單，請先讓我確認您的身分：請提供您的電子郵件與郵遞區號，或您的名字、姓氏、郵遞區號與一個訂單編號。',
  },
  WHO_IS_ASKING_TOKEN_ONLY: {
    en: 'Please log in to the shop and write to me from there: then I can see your orders.',
    'zh-Hant': '請先登入商店，再從那裡與我聯絡，我才能查詢您的訂單。',
  },
  notVerified: {
    en: 'I could not find you with these details. Please check them and write them once more.',
    'zh-Hant': '我無法以這些資料找到您，請確認後再寫一次。',
  },
  boundToAnother: {
    en: 'This conversation belongs to another customer. Please start a new one to ask about these details.',
    'zh-Hant': '這次對話已屬於另一位顧客。請開啟新的對話再詢問。',
  },
} satisfies Record<string, Text>;
