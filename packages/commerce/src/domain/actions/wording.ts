import { languages, moneyText as textOfMoney, type Language, type Text } from '@supportgraph/kernel';
import type { Address } from '../address.js';
import { labelOf, refundTime, type PaymentMethod } from '../paymentMethod.js';
import type { Option } from '../product.js';
import type { Situation } from '../situation.js';

/** The same in every language, each in its own words. */
export function inEach(write: (language: Language) => string): Text {
  return Object.fromEntries(languages.map((language) => [language, write(language)])) as Record<Language, string>;
}

export const same = (text: string): Text => inEach(() => text);

const comma: Text = { en: ', ', 'zh-Hant': '、' };
const semicolon: Text = { en: '; ', 'zh-Hant': '；' };

/** Several things as one text. */
export function listed(texts: readonly Text[]): Text {
  return inEach((language) => texts.map((text) => text[language]).join(semicolon[language]));
}

/** An amount with its currency, as exact as it is kept. */
export function moneyText(minor: number, { shop }: Pick<Situation, 'shop'>): string {
  return textOfMoney(minor, shop.currency);
}

/** What to call a thing with chosen options. */
export function thingText(name: string, options: readonly Option[]): Text {
  if (options.length === 0) return same(name);
  return inEach((language) => {
    const chosen = options.map((option) => `${option.name}: ${option.value}`).join(comma[language]);
    return language === 'en' ? `${name} (${chosen})` : `${name}（${chosen}）`;
  });
}

/** An address on one line. */
export function addressText({ line1, line2, city, region, postcode, countryCode }: Address): string {
  return [line1, line2, city, [region, postcode].filter(Boolean).join(' '), countryCode].filter(Boolean).join(', ');
}

/** What to call a way to pay; one that is gone has no name of its own. */
export function methodText({ methods }: Pick<Situation, 'methods'>, id: string): Text {
  const method = methods.find((each) => each.id === id);
  return method ? labelOf(method) : { en: 'the original payment method', 'zh-Hant': '原付款方式' };
}

/** How long money takes to arrive at a way to pay. */
export function timeText({ methods }: Pick<Situation, 'methods'>, id: string): Text {
  const kind: PaymentMethod['kind'] = methods.find((each) => each.id === id)?.kind ?? 'CREDIT_CARD';
  const { min, max } = refundTime(kind);
  if (max === 0) return { en: 'at once', 'zh-Hant': '立即入帳' };
  return { en: `in ${min}–${max} business days`, 'zh-Hant': `${min}–${max} 個工作天` };
}

/** An amount that goes to a way to pay, and how long that takes. */
export function refundText(situation: Situation, { amount, paymentMethodId }: MoneyMove): Text {
  const method = methodText(situation, paymentMethodId);
  const time = timeText(situation, paymentMethodId);
  const money = moneyText(amount, situation);
  return {
    en: `${money} to ${method.en}, ${time.en}`,
    'zh-Hant': `${money} 退至${spaced(method)}，${time['zh-Hant']}`,
  };
}

/** An amount that a way to pay pays. */
export function paymentText(situation: Situation, { amount, paymentMethodId }: MoneyMove): Text {
  const method = methodText(situation, paymentMethodId);
  const money = moneyText(amount, situation);
  return { en: `${money} with ${method.en}`, 'zh-Hant': `以${spaced(method)}支付 ${money}` };
}

export interface MoneyMove {
  amount: number;
  paymentMethodId: string;
}

/** Latin words stand apart from Chinese ones. */
function spaced(method: Text): string {
  return method['zh-Hant'].replace(/^(?=\p{Script=Latin})|(?<=\p{Script=Latin})$/gu, ' ');
}
