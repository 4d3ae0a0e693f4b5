import type { VerificationMethod } from '@supportgraph/commerce';
import { userError, type Text, type UserError } from '@supportgraph/kernel';

/** What is to be asked for, by the shop's setting. */
const needed: Readonly<Record<VerificationMethod, Text>> = {
  EMAIL: {
    en: 'It is not known who is asking. Ask for the e-mail address, or for first name, last name and postcode.',
    'zh-Hant': '尚未確認顧客身分。請詢問電子郵件，或名字、姓氏與郵遞區號。',
  },
  EMAIL_AND_POSTCODE: {
    en: 'It is not known who is asking. Ask for e-mail address and postcode, or for first name, last name, postcode and the number of an order.',
    'zh-Hant': '尚未確認顧客身分。請詢問電子郵件與郵遞區號，或名字、姓氏、郵遞區號與一個訂單編號。',
  },
  TOKEN_ONLY: {
    en: 'It is not known who is asking. The customer has to log in to the shop and come back; nothing that is written here is enough.',
    'zh-Hant': '尚未確認顧客身分。顧客須先登入商店後再回來，僅憑文字無法確認。',
  },
};

/** The refusal of everything that needs to know who is asking; its code ends in the shop's setting. */
export function unknownSpeaker(verification: VerificationMethod): UserError {
  const { en, 'zh-Hant': zhHant } = needed[verification];
  return userError(`WHO_IS_ASKING_${verification}`, en, zhHant);
}
