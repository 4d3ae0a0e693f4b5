import type { OfflineStep, ToolResult } from '@supportgraph/agent';
import { goodsInEnglish } from '@supportgraph/commerce';
import type { Language } from '@supportgraph/kernel';
import type { ExchangeableItem, ExchangeOptions } from '../shown.js';
import { itemsNamed, mentionsOption } from './items.js';
import { methodWanted } from './methods.js';
import { phrases } from './phrases.js';
import { sentences } from './sentences.js';
import { topicIn, withoutOrders } from './topics.js';
import { proposing } from './wishes.js';

/** Shows an exchange to confirm, once it is clear what is wanted for what. */
export function exchangeStep(
  results: readonly ToolResult[],
  language: Language,
  said: readonly string[],
  options: ExchangeOptions,
): OfflineStep {
  const words = phrases[language];
  const parts = said.flatMap((text) => text.split(/[;!?\n。！？]|\.(?!\d)/)).map(partsOf);
  const items = itemsMeant(options.items, parts);
  const list = (some: readonly ExchangeableItem[]) => words.exchangeOptions({ ...options, items: [...some] });
  const [item] = items;
  const wanted =
    item && items.every(({ name }) => name === item.name) ? wantedOf(item, ofItem(parts, options.items, item)) : null;
  if (!item || !wanted) return { say: [list(items.length > 0 ? items : options.items), sentences.whichVariant[language]].join('\n\n') }; // prettier-ignore
  const variant = item.variants.find((each) => isSame(each.options, wanted.options));
  if (!variant || wanted.unknown.length > 0) {
    const named = wanted.unknown.length > 0 ? wanted.unknown : wanted.options;
    const isMade = wanted.unknown.length === 0 && item.soldOut.some((each) => isSame(each, wanted.options));
    return {
      say: [words.notInStock(item, named, isMade), list([item]), sentences.whichVariant[language]].join('\n\n'),
    };
  }
  if (isSame(item.options, wanted.options) && !said.some(wantsSame)) return { say: words.sameAgain(item.name) };
  const wish = methodWanted(options.paidWith, said);
  if (!wish || 'impossible' in wish)
    return { say: words.notPossible(options.number, wish?.impossible ?? 'ORIGINAL', options.paidWith) };
  const changes = [{ itemId: item.itemId, newVariantId: variant.newVariantId }];
  const { paymentMethodId } = wish.method;
  return proposing(results, language, 'propose_exchange', { number: options.number, changes, paymentMethodId });
}

/** What is wrong with what they have names no other size. */
const tooMuch =
  /(?:\b(?:it|they|this|these|that|which|the \w+|size \w+|\w+)(?:['’]s|\s+(?:is|are|was|were))\s+)?(?:\b(?:way|a bit|much|a little)\s+)?\btoo (?:small|big|large|tight|wide|long|short)\b[^,，.;]*|太[小大緊紧寬宽長长短]了?/gi;

/** What goes, and what comes instead, as one message names them. */
interface Parts {
  source: string;
  target: string;
}

/** “The blue shirt for a red one”: what comes is named after what goes; an answer names only what comes. */
function partsOf(text: string): Parts {
  const [wish = ''] = withoutOrders(text)
    .replace(/(?:\b(?:instead of|rather than|not)\b|而不是|不要)[^,，。.\n]*/gi, ' ')
    .replace(tooMuch, ' ')
    .split(/\b(?:because|since|as it|as they)\b|因為|因为/i);
  if (saysWhatGoes(text)) return { source: wish, target: '' };
  const [instead, inExchange] = wish.split(/\bin exchange for\b/i);
  if (inExchange !== undefined) return { source: inExchange, target: instead ?? '' };
  const stated = wish.replace(/\b(want|like|love|need|wish|have|able|possible|trying) to\b/gi, '$1');
  const comes = /\b(?:for|to|into|with)\b|換成|换成|改成|[換换](?![貨货])/i.exec(stated) ?? /\bin\b/i.exec(stated);
  if (comes) return { source: stated.slice(0, comes.index), target: stated.slice(comes.index + comes[0].length) };
  return /exchang|swap|[換换]/i.test(stated) ? { source: stated, target: '' } : { source: '', target: stated };
}

/** What was to be returned, or is broken, names no variant that comes. */
const saysWhatGoes = (text: string) => ['RETURN', 'COMPLAINT'].includes(topicIn(text) ?? '');

/** The items that go: by their names, or else all of which a variant is named. */
function itemsMeant(items: readonly ExchangeableItem[], parts: readonly Parts[]): readonly ExchangeableItem[] {
  if (items.length === 1) return items;
  const sources = parts.map(({ source }) => itemsNamed(items, source)).filter((named) => named.length > 0);
  const source = sources.at(-1) ?? [];
  if (source.length > 0) return source;
  const targets = parts.map(({ target }) => byName(items, target)).filter((named) => named.length > 0);
  return targets.at(-1) ?? [];
}

/** Without what was said of other goods before. */
function ofItem(parts: readonly Parts[], items: readonly ExchangeableItem[], item: ExchangeableItem): readonly Parts[] {
  const isOfOthers = ({ source }: Parts) => {
    const named = byName(items, source);
    return named.length > 0 && !named.includes(item);
  };
  return parts.slice(parts.findLastIndex(isOfOthers) + 1);
}

/** The items of which a text has the name, whatever options it has. */
const byName = (items: readonly ExchangeableItem[], text: string) =>
  itemsNamed(items.map((item) => ({ ...item, options: [], item })), text).map(({ item }) => item); // prettier-ignore

/** The options that are wanted: the last named of each kind, and else what the item has; null if none is named. */
function wantedOf(item: ExchangeableItem, parts: readonly Parts[]): { options: string[]; unknown: string[] } | null {
  const made = [item.options, ...item.soldOut, ...item.variants.map(({ options }) => options)];
  const options = [...item.options];
  let isNamed = parts.some(({ source, target }) => wantsSame(source) || wantsSame(target));
  let isUnclear = false;
  const unknown: string[] = [];
  for (const { target } of parts) {
    if (!/[\p{L}\d]/u.test(target)) continue;
    isUnclear = false;
    const known = options.map((_, kind) => [...new Set(made.map((each) => each[kind]!))].filter((value) => mentionsOption(target, value))); // prettier-ignore
    known.forEach((values, kind) => {
      // “From 40 to 42”, and “wireless charging” is no mere charging.
      const others = values.filter((value) => value !== item.options[kind] || values.length === 1);
      const meant = others.filter((value) => !others.some((other) => other !== value && other.includes(value)));
      if (meant.length > 1) isUnclear = true;
      if (meant[0] !== undefined) options[kind] = meant[0];
    });
    if (known.some((values) => values.length > 0)) isNamed = true;
    const strange = strangeIn(target, made.flat());
    unknown.splice(0, known.some((values) => values.length > 0) ? unknown.length : 0);
    unknown.push(...strange);
  }
  if (isUnclear) return null;
  return isNamed || unknown.length > 0 ? { options, unknown } : null;
}

const colours = ['red', 'blue', 'green', 'yellow', 'black', 'white', 'grey', 'silver', 'brown', 'pink', 'violet', 'purple', 'orange', 'navy', 'sky', 'beige', 'gold', 'teal', 'olive', 'cream']; // prettier-ignore

/** Colours and sizes that a text names and that are not made. */
function strangeIn(text: string, made: readonly string[]): string[] {
  const said = goodsInEnglish(text);
  const sizes = [...said.matchAll(/\bsize\s+(\w+)|(\d+)\s*[號号碼码]|\b(XXL|XL|XS)\b/g)].map(([, named, counted, letters]) => named ?? counted ?? letters!); // prettier-ignore
  const named = colours.filter((colour) => mentionsOption(said, colour));
  return [...named, ...sizes].filter((value) => !made.some((option) => mentionsOption(option, value) || mentionsOption(value, option))); // prettier-ignore
}

const wantsSame = (text: string) => /\bsame (?:one|item|model|variant|thing|size|colou?r|again)\b|\b(?:a|the) (?:new|replacement) one\b|\breplacement\b|同款|同樣|同样|一樣的|一样的|新的一/i.test(text); // prettier-ignore
const isSame = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((value, index) => value === b[index]); // prettier-ignore
