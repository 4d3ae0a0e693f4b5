import type { VerificationMethod } from '@supportgraph/commerce';
import type { Text } from '@supportgraph/kernel';

/** What a visitor is asked for, by the shop's setting, before anything of theirs is told. */
export const verificationAsks: Readonly<Record<VerificationMethod, Text>> = {
  EMAIL: {
    en: 'So that I only show your orders to you: please write the e-mail address of your account, or your first name, last name and postcode.',
    'zh-Hant': '為了保護您的訂單資料，請先提供您帳戶的電子郵件地址，或您的名字、姓氏與郵遞區號。',
  },
  EMAIL_AND_POSTCODE: {
    en: 'So that I only show your orders to you: please write the e-mail address of your account and your postcode, or your first name, last name, postcode and the number of an order.',
    'zh-Hant':
      '為了保護您的訂單資料，請先提供您帳戶的電子郵件地址與郵遞區號，或您的名字、姓氏、郵遞區號與一筆訂單編號。',
  },
  TOKEN_ONLY: {
    en: 'So that I only show your orders to you: please sign in to the shop first, and then write to me again.',
    'zh-Hant': '為了保護您的訂單資料，請先登入商店帳戶，再回到這裡與我對話。',
  },
};
