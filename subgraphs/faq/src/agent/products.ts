import {
  asksForProduct,
  describeProducts,
  goodsInEnglish,
  thing,
  type ShownProduct,
  type FoundProducts,
} from '@supportgraph/commerce';
import { lastReply, type OfflineTurn } from '@supportgraph/agent';
import type { Language } from '@supportgraph/kernel';
import { isVague } from './vague.js';

const longestName = 100;

/** What a product is called in our own descriptions. */
const described = /^\*\*(.+?)\*\*[:：]|^- (.+?)(?: \([^()]*\)|（[^（）]*）): [A-Z]{3} [\d.,]+$/gmu;

/** Names of the products that the last reply told of. */
function productsSpokenOf(turn: Pick<OfflineTurn, 'history'>): string[] {
  return [...new Set([...lastReply(turn).matchAll(described)].map(([, name, other]) => (name ?? other)!))];
}

/** The names to look up for a question; none if it asks for no product. */
export function namesToFind(said: string, turn: Pick<OfflineTurn, 'history'>): readonly string[] {
  const spokenOf = productsSpokenOf(turn);
  const goesOn = spokenOf.length > 0;
  if (goesOn && (isVague(said) || namesOnlyOptions(said, lastReply(turn)))) return spokenOf;
  if (compares.test(said))
    return said
      .split(eachOf)
      .map(nameIn)
      .filter((name) => name !== '');
  return asksForProduct(said) || asksShortly.test(said) || (goesOn && startsOn.test(said)) ? [nameIn(said)] : [];
}

/** Whether it is asked whether there is such a thing at all. */
export const asksWhetherSold = (said: string): boolean =>
  /\b(?:have|got|sell|carry|offer|any)\b|有[賣卖]|有[沒没]有/iu.test(said) &&
  (asksForProduct(said) || asksShortly.test(said));

const asksShortly = /^(?:you )?(?:got )?any\b|\b(?:you|u) got\b|\bu (?:have|sell)\b/iu;
const compares = /\b(?:cheap|expensive)(?:er|est)?\b|便宜|比較貴|比较贵/iu;
const eachOf = /\bor\b|\band\b|[,，、]|和|跟|還是|还是/iu;
const startsOn = /^(?:and|also|what about|how about)\b|^那|呢[?？\s]*$/iu;
const nameIn = (said: string) => goodsInEnglish(said).replace(/\s+/g, ' ').trim().slice(0, longestName);

/** What is said of the products that were found for a question; null if none was. */
export function toldOfProducts(
  said: string,
  names: readonly string[],
  { results, language }: Pick<OfflineTurn, 'results' | 'language'>,
): string | null {
  const found = names.flatMap((name) => {
    const search = results.find(
      ({ tool, input }) => tool === 'find_product' && (input as { name: string }).name === name,
    );
    // Our own tool's answer, or an error's text when it failed.
    const products = search && !search.failed ? (search.output as FoundProducts).products : [];
    const named = products.filter((product) => product.name === name);
    return named.length > 0 ? named : products;
  });
  return found.length === 0 ? null : found.map((product) => told(product, said, language)).join('\n\n');
}

const colours =
  'black|white|grey|gray|silver|red|blue|navy|teal|green|olive|yellow|gold|orange|brown|tan|beige|cream|pink|purple|violet';
const namedColour = new RegExp(`\\b(?:${colours})\\b`, 'giu');

/** A colour that a product does not come in is told at once, and then what there is. */
function told(product: ShownProduct, said: string, language: Language): string {
  const values = new Set(product.variants.flatMap(({ options }) => Object.values(options)));
  const named = goodsInEnglish(said).toLowerCase().match(namedColour) ?? [];
  const missing = named.filter((colour) => ![...values].some((value) => value.toLowerCase().includes(colour)));
  const [first] = missing;
  if (first === undefined || product.name.toLowerCase().includes(first))
    return describeProducts([product], said, language);
  const other = thing(product.name, { color: first }, language);
  const refusal = language === 'en' ? `There is no ${other}.` : `沒有${other}這個款式。`;
  return `${refusal}\n${describeProducts([product], '', language)}`;
}

/** All that a question may hold besides the name of a product. */
const aboutOptions = new RegExp(
  String.raw`\b(?:${colours}|x{0,3}[sml]|small|medium|large|sizes?|colou?rs?|\d+(?:\.5)?|and|or|in|an?|the|ones?|is|are|it|they|that|there|do|does|you|have|got|come|also|too|what|about|how|which|any|other|else|much|stock|available|prices?|costs?|whats|for|of|please|ok|then|with|same|but|so)\b|顏色|颜色|尺寸|尺碼|尺码|款式|多少錢|多少钱|價格|价格|請問|请问|[的呢嗎吗有沒没無无那個个要現现貨货庫库存還还其他別别號号色]`,
  'giu',
);

/** Whether nothing is named but options, or what the last reply named, so that the product is the one spoken of before. */
function namesOnlyOptions(said: string, lastReply: string): boolean {
  const told = new Set(wordsOf(lastReply));
  const left = goodsInEnglish(said).replace(aboutOptions, ' ');
  return wordsOf(left).every((word) => told.has(word));
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
