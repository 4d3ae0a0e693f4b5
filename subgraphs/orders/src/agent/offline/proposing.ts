import { codesOf, confirmDetails, type OfflineStep, type Proposal } from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import { questions } from './sentences.js';
import { call, failedStep, say, used, type Scene } from './steps.js';

const refusals: Readonly<Record<string, Text>> = {
  ITEM_UNAVAILABLE: { en: 'This variant is not in stock.', 'zh-Hant': '這個款式目前缺貨。' },
  VARIANT_MISMATCH: {
    en: 'An item can only be changed into another variant of the same product.',
    'zh-Hant': '商品只能更換為同一商品的其他款式。',
  },
  PAYMENT_METHOD_INVALID: {
    en: 'This payment method cannot be used for this.',
    'zh-Hant': '這個付款方式不能用於這項操作。',
  },
  INSUFFICIENT_BALANCE: { en: 'The gift card does not hold enough.', 'zh-Hant': '禮品卡的餘額不足。' },
  INVALID: { en: 'Something in these details is missing or malformed.', 'zh-Hant': '資料有缺漏或格式不正確。' },
  ORDER_NOT_PENDING: { en: 'This order can no longer be changed.', 'zh-Hant': '這筆訂單已無法變更。' },
  WRONG_STATE: {
    en: 'Please confirm or decline first what I have shown you before.',
    'zh-Hant': '請先確認或取消我先前列出的項目。',
  },
};

/** Shows the customer a proposal to decide on, or says why there is none. */
export function proposing(scene: Scene, tool: string, input: object): OfflineStep {
  const proposed = used(scene, tool);
  if (!proposed) return call(tool, input);
  if (proposed.failed) {
    const known = codesOf(proposed).map((code) => refusals[code]).find(Boolean); // prettier-ignore
    return known ? say(scene, known, questions.offerPerson) : failedStep(scene);
  }
  // Our own tool's answer.
  const { proposed: title, details } = proposed.output as Proposal;
  return say(scene, `**${title}**`, details.map((line) => `- ${line}`).join('\n'), confirmDetails);
}
