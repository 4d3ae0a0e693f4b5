import type { Language } from '@supportgraph/kernel';
import { goodsInEnglish } from '@supportgraph/commerce';
import type { FoundProducts, FoundVariant } from '../shown.js';
import { names } from './lexicon.js';
import { thing } from './orderText.js';

type FoundProduct = FoundProducts['products'][number];

/** Variants listed at once. */
const mostVariants = 6;

/** What is said of products that were asked about with these words. */
export function describeProducts(products: readonly FoundProduct[], asked: string, language: Language): string {
  return products.map((product) => describeProduct(product, goodsInEnglish(asked), language)).join('\n\n');
}

function describeProduct({ name, variants }: FoundProduct, asked: string, language: Language): string {
  const named = valuesNamed(variants, asked);
  const fitting = variants.filter(({ options }) => named.every((value) => Object.values(options).includes(value)));
  if (named.length === 0) return overview(name, variants, language);
  const there = fitting.filter(({ isAvailable }) => isAvailable);
  const lines = (some: readonly FoundVariant[]) =>
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
export function valuesNamed(variants: readonly FoundVariant[], text: string): string[] {
  const values = new Set(variants.flatMap(({ options }) => Object.values(options)));
  return [...values].filter((value) => names(text, value));
}

function overview(name: string, variants: readonly FoundVariant[], language: Language): string {
  const prices = [...variants].map(({ price }) => price).sort((a, b) => amountOf(a) - amountOf(b));
  const [lowest = '', highest = ''] = [prices[0], prices.at(-1)];
  const range = lowest === highest ? lowest : `${lowest}–${highest.split(' ').at(-1)}`;
  const inStock = variants.filter(({ isAvailable }) => isAvailable).length;
  const options = optionsOf(variants, language);
  return language === 'en'
    ? `**${name}**: ${range}; ${inStock} of ${variants.length} variants in stock.${options && ` ${options}.`}`
    : `**${name}**：${range}；${variants.length} 個款式中有 ${inStock} 個現貨。${options && `${options}。`}`;
}

function optionsOf(variants: readonly FoundVariant[], language: Language): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of variants.flatMap(({ options }) => Object.entries(options)))
    values.set(name, (values.get(name) ?? new Set()).add(value));
  const [colon, comma, semicolon] = language === 'en' ? [': ', ', ', '; '] : ['：', '、', '；'];
  return [...values].map(([name, each]) => `${name}${colon}${[...each].join(comma)}`).join(semicolon);
}

const amountOf = (price: string) => Number(price.split(' ').at(-1));
