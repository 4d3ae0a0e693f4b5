import type { Language } from '@supportgraph/kernel';
import { goodsInEnglish } from './goodsInEnglish.js';
import { optionsAsked, type OptionsAsked } from './optionsAsked.js';
import type { ShownProduct, ShownVariant } from './shownProduct.js';

/** Variants listed at once. */
const mostVariants = 6;

/** What is said of products that were asked about with these words. */
export function describeProducts(products: readonly ShownProduct[], asked: string, language: Language): string {
  const text = goodsInEnglish(asked);
  if (/\bcheapest\b|\blowest price\b|\bleast expensive\b|最便宜|最低[價价]/i.test(asked)) return cheapest(products, text, language); // prettier-ignore
  return products.map((product) => describeProduct(product, text, language)).join('\n\n');
}

function describeProduct({ name, variants }: ShownProduct, asked: string, language: Language): string {
  const { named, missing } = optionsAsked(variants, asked, name);
  if (named.length === 0 && missing.length === 0) return overview(name, variants, language);
  const fitting = fittingOf(variants, named);
  const there = missing.length > 0 ? [] : fitting.filter(({ isAvailable }) => isAvailable);
  if (there.length > 0) return `${language === 'en' ? 'Yes, in stock:' : '有的，目前有現貨：'}\n${listVariants(name, there, language)}`; // prettier-ignore
  return notInStock({ name, variants }, { named, missing }, language);
}

/** That what is asked for is sold out or does not exist, with what is in stock, the nearest first. */
export function notInStock(
  { name, variants }: Omit<ShownProduct, 'id'>,
  asked: OptionsAsked,
  language: Language,
): string {
  // prettier-ignore
  const { named, missing } = asked;
  const chosen = thing(name, Object.fromEntries([...named, ...missing].map((value) => [value, value])), language);
  const isMade = missing.length === 0 && fittingOf(variants, named).length > 0;
  const refusal = isMade
    ? { en: `${chosen} is sold out at the moment.`, 'zh-Hant': `${chosen}目前缺貨。` }
    : { en: `There is no ${chosen}.`, 'zh-Hant': `沒有${chosen}這個款式。` }; // prettier-ignore
  const shared = ({ options }: ShownVariant) => Object.values(options).filter((value) => named.includes(value)).length;
  const others = variants.filter(({ isAvailable }) => isAvailable).sort((a, b) => shared(b) - shared(a));
  const instead = language === 'en' ? 'In stock instead:' : '目前有現貨的款式：';
  return others.length > 0 ? `${refusal[language]} ${instead}\n${listVariants(name, others, language)}` : refusal[language]; // prettier-ignore
}

/** Variants with their prices, a line each; not all of many. */
export function listVariants(name: string, variants: readonly ShownVariant[], language: Language): string {
  return variants.slice(0, mostVariants).map(({ options, price }) => `- ${thing(name, options, language)}: ${price}`).join('\n'); // prettier-ignore
}

function fittingOf(variants: readonly ShownVariant[], named: readonly string[]): ShownVariant[] {
  return variants.filter(({ options }) => named.every((value) => Object.values(options).includes(value)));
}

function cheapest(products: readonly ShownProduct[], asked: string, language: Language): string {
  const there = products.flatMap(({ name, variants }) => {
    const { named } = optionsAsked(variants, asked, name);
    return fittingOf(variants, named).filter(({ isAvailable }) => isAvailable).map((variant) => ({ name, variant })); // prettier-ignore
  });
  const lowest = Math.min(...there.map(({ variant }) => amountOf(variant.price)));
  const lines = there.filter(({ variant }) => amountOf(variant.price) === lowest).map(({ name, variant }) => listVariants(name, [variant], language)); // prettier-ignore
  if (lines.length === 0) return language === 'en' ? 'None of these is in stock at the moment.' : '目前都缺貨。';
  return `${language === 'en' ? 'The cheapest in stock:' : '目前有現貨中最便宜的：'}\n${lines.slice(0, mostVariants).join('\n')}`; // prettier-ignore
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

/** Whether a text asks for products of the shop: their price, their options, whether they are there. */
export function asksForProduct(text: string): boolean {
  const asks =
    /\bdo you (?:have|sell|carry|stock|offer)\b|\bin stock\b|\bavailable\b|how much (?:is|are|does|do)\b|\bprices? (?:of|for)\b|\blooking for\b|\bdoes .* come in\b|\bis there an?\b|\bare there\b|\b(?:what|which) (?:colou?rs?|sizes?|options|variants)\b|\bcheapest\b|有沒有|有没有|有賣|有卖|賣不賣|卖不卖|庫存|库存|有貨|有货|現貨|现货|價格|价格|多少錢|多少钱|想買|想买|(?:有|是)(?:哪些|哪幾種|哪几种|什麼|什么|幾種|几种)(?:顏色|颜色|尺寸|尺碼|尺码|款式|規格|规格)|最便宜/i;
  const ofAnOrder =
    /\b(?:my|order|orders|ordered|paid|pay|bought)\b|#?\bW\d{4,}|我的|我[買买訂订]的|訂單|订单|付了|包裹/i;
  return asks.test(text) && !ofAnOrder.test(text);
}
