import type { Language } from '@supportgraph/kernel';
import { goodsInEnglish } from './goodsInEnglish.js';
import type { ShownProduct, ShownVariant } from './shownProduct.js';

/** Variants listed at once. */
const mostVariants = 6;

/** What is said of products that were asked about with these words. */
export function describeProducts(products: readonly ShownProduct[], asked: string, language: Language): string {
  return products.map((product) => describeProduct(product, goodsInEnglish(asked), language)).join('\n\n');
}

function describeProduct({ name, variants }: ShownProduct, asked: string, language: Language): string {
  const named = optionsNamed(variants, asked);
  const fitting = variants.filter(({ options }) => named.every((value) => Object.values(options).includes(value)));
  if (named.length === 0) return overview(name, variants, language);
  const there = fitting.filter(({ isAvailable }) => isAvailable);
  const lines = (some: readonly ShownVariant[]) =>
    some.slice(0, mostVariants).map(({ options, price }) => `- ${thing(name, options, language)}: ${price}`).join('\n'); // prettier-ignore
  if (there.length > 0) return `${language === 'en' ? 'Yes, in stock:' : '有的，目前有現貨：'}\n${lines(there)}`;
  const chosen = thing(name, Object.fromEntries(named.map((value) => [value, value])), language);
  const others = variants.filter(({ isAvailable }) => isAvailable);
  const refusal = fitting.length > 0
    ? { en: `${chosen} is sold out at the moment.`, 'zh-Hant': `${chosen}目前缺貨。` }
    : { en: `There is no ${chosen}.`, 'zh-Hant': `沒有${chosen}這個款式。` }; // prettier-ignore
  const instead = language === 'en' ? 'In stock instead:' : '目前有現貨的款式：';
  return others.length > 0 ? `${refusal[language]} ${instead}\n${lines(others)}` : refusal[language];
}

/** Values of options that a text names. */
export function optionsNamed(variants: readonly ShownVariant[], text: string): string[] {
  const values = new Set(variants.flatMap(({ options }) => Object.values(options)));
  return [...values].filter((value) => namesOption(text, value));
}

function overview(name: string, variants: readonly ShownVariant[], language: Language): string {
  const prices = [...variants].map(({ price }) => price).sort((a, b) => amountOf(a) - amountOf(b));
  const [lowest = '', highest = ''] = [prices[0], prices.at(-1)];
  const range = lowest === highest ? lowest : `${lowest}–${highest.split(' ').at(-1)}`;
  const inStock = variants.filter(({ isAvailable }) => isAvailable).length;
  const options = optionsOf(variants, language);
  return language === 'en'
    ? `**${name}**: ${range}; ${inStock} of ${variants.length} variants in stock.${options && ` ${options}.`}`
    : `**${name}**：${range}；${variants.length} 個款式中有 ${inStock} 個現貨。${options && `${options}。`}`;
}

function optionsOf(variants: readonly ShownVariant[], language: Language): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of variants.flatMap(({ options }) => Object.entries(options)))
    values.set(name, (values.get(name) ?? new Set()).add(value));
  const [colon, comma, semicolon] = language === 'en' ? [': ', ', ', '; '] : ['：', '、', '；'];
  return [...values].map(([name, each]) => `${name}${colon}${[...each].join(comma)}`).join(semicolon);
}

const amountOf = (price: string) => Number(price.split(' ').at(-1));

/** A thing with its options, the values alone. */
export function thing(name: string, options: Readonly<Record<string, string>>, language: Language): string {
  const values = Object.values(options);
  if (values.length === 0) return name;
  return language === 'en' ? `${name} (${values.join(', ')})` : `${name}（${values.join('、')}）`;
}

/** Whether a value of an option is named in a text that is in English. Short ones are sizes, and only written in capitals. */
export function namesOption(text: string, value: string): boolean {
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w'’])${escaped}(?![\\w'’])`, value.length < 3 ? 'u' : 'iu').test(text);
}

/** Whether a text asks for products of the shop: their price, their options, whether they are there. */
export function asksForProduct(text: string): boolean {
  const asks =
    /\bdo you (?:have|sell|carry|stock|offer)\b|\bin stock\b|\bavailable\b|how much (?:is|are|does|do)\b|\bprice of\b|\blooking for\b|\bdoes .* come in\b|\bis there an?\b|\bare there\b|有沒有|有没有|有賣|有卖|賣不賣|庫存|库存|有貨|有货|現貨|现货|價格|价格|多少錢|多少钱|想買|想买|有哪些(?:顏色|颜色|尺寸|款式)/i;
  const ofAnOrder = /\b(?:my|order|paid|pay)\b|我的|訂單|订单|付了/i;
  return asks.test(text) && !ofAnOrder.test(text);
}
