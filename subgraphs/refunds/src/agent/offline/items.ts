import { goodsInEnglish } from '@supportgraph/commerce';
import { meansAll } from './topics.js';

/** Something with a name, and options by which it is told from others of that name. */
export interface Named {
  /** For example `Shirt (blue)`. */
  name: string;
  options: readonly string[];
}

/** Whether a text has this word, or several of it. */
export function mentions(text: string, word: string): boolean {
  const said = goodsInEnglish(text).toLowerCase();
  const wanted = word.toLowerCase();
  if (/\p{Script=Han}/u.test(wanted)) return said.includes(wanted);
  return new RegExp(`(?<![\\p{Script=Latin}\\d])${escaped(wanted)}(?:e?s)?(?![\\p{Script=Latin}\\d])`, 'u').test(said);
}

/** A text in English, with the words for sizes that are said alone. */
function inEnglish(text: string): string {
  const sized = text.replace(/大(?=的|款|尺寸)/g, ' large L ').replace(/小(?=的|款|尺寸)/g, ' small S ').replace(/中(?=的|款|尺寸|等)/g, ' medium M '); // prettier-ignore
  return goodsInEnglish(sized).replace(/\bgray\b/gi, 'grey');
}

const letters: Readonly<Record<string, string>> = { S: 'small', M: 'medium', L: 'large', XL: 'extra large' };

/** Whether a text names the value of an option: letters are sizes only in capitals or where a size is spoken of. */
export function mentionsOption(text: string, value: string): boolean {
  if (/^(?:yes|no)$/i.test(value)) return false;
  const said = inEnglish(text);
  if (letters[value]) {
    const written = new RegExp(`(?<![\\p{L}\\d'’])${value}(?![\\p{L}\\d'’])`, 'u').test(said);
    const asSize = new RegExp(`(?:\\bsize|尺寸|尺碼|尺码)\\s*${value}\\b|^\\W*${value}\\W*$|(?<!extra[ -])\\b${letters[value]}\\b`, 'i'); // prettier-ignore
    return written || asSize.test(said);
  }
  const spaced = value.split(' ').map(escaped).join('\\s*');
  return new RegExp(`(?<![\\p{L}\\d.])${spaced}(?:e?s)?(?![\\p{L}\\d]|[.,]\\d)`, 'iu').test(said);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The items that a text names: by their names, and those of one name by their options; by options alone if it has no name. */
export function itemsNamed<Item extends Named>(items: readonly Item[], text: string): Item[] {
  const hits = items.map((item) => wordsOf(baseOf(item)).filter((word) => mentions(text, word)));
  // “The smart watch” is no smart bulb.
  const isOutdone = (own: readonly string[]) => hits.some((other) => other.length > own.length && own.every((word) => other.includes(word))); // prettier-ignore
  const named = items.filter((_, index) => hits[index]!.length > 0 && !isOutdone(hits[index]!));
  if (named.length === 0) return items.filter((item) => hasOption(item, text));
  return named.filter((item) => {
    const alike = named.filter((other) => baseOf(other) === baseOf(item));
    return hasOption(item, text) || !alike.some((other) => hasOption(other, text));
  });
}

const adds = /\b(?:also|too|as well|additionally|plus|and (?:the|my))\b|也|還有|还有|再加|加上|一起|另外/i;
/** What is left out: after “except” to the end of the sentence, after “not the” and “keep” in the same clause. */
const leavesOut =
  /(?:\bexcept(?: for)?\b|除了)[^.;!?。！？\n]*|(?:\bnot (?:the|my)\b|(?<!(?:\bnot|n['’]?t)(?: want| need)?(?: to)? )\bkeep(?:ing)?\b|不要退|不退|留著|留着)[^,.;!?，。！？\n]*/gi;

/** “Both shirts” are not the mug; “everything” is. */
const saysAllOfSome = /^(?![^]*(?:\beverything\b|\b(?:whole|entire|full)\b|全部|整[筆笔]|全退))/i;

/** The items that several messages name, oldest first: a later one adds to them, leaves some out, or names others. */
export function itemsSaid<Item extends Named>(items: readonly Item[], said: readonly string[]): Item[] {
  let chosen: readonly Item[] = [];
  for (const text of said) {
    const minus = (text.match(leavesOut) ?? []).join('\n');
    const plus = text.replace(leavesOut, ' ');
    const out = itemsNamed(items, minus);
    // “Everything but the mug” in Chinese names the exception first.
    const isAll = meansAll(plus) || (out.length > 0 && meansAll(minus));
    const told = clearly(sameGoods(chosen, itemsNamed(items, plus), plus), plus);
    const named = isAll && !(told.length > 0 && saysAllOfSome.test(plus)) ? items : told;
    if (named.length > 0) chosen = adds.test(text) ? items.filter((item) => chosen.includes(item) || named.includes(item)) : named; // prettier-ignore
    chosen = chosen.filter((item) => !out.includes(item));
  }
  return [...chosen];
}

/** Without those of which one is meant and any may be: “the shirt”, of a blue one and a red one. */
function clearly<Item extends Named>(named: readonly Item[], text: string): readonly Item[] {
  const isSeveral = (item: Item) =>
    /\b(?:both|all|two|three|pairs)\b|都|全|[兩两二三]/i.test(text) ||
    wordsOf(baseOf(item)).some((word) => !/s$/i.test(word) && mentions(text, `${word}s`));
  const isUnclear = (item: Item) => !hasOption(item, text) && named.some((other) => baseOf(other) === baseOf(item) && other.name !== item.name); // prettier-ignore
  return named.filter((item) => isSeveral(item) || !isUnclear(item));
}

/** “The large one” is of the goods that were spoken of, if there is one. */
function sameGoods<Item extends Named>(before: readonly Item[], named: readonly Item[], text: string): readonly Item[] {
  if (named.some((item) => wordsOf(baseOf(item)).some((word) => mentions(text, word)))) return named;
  const same = named.filter((item) => before.some((other) => baseOf(other) === baseOf(item)));
  return same.length > 0 ? same : named;
}

const baseOf = ({ name }: Named) => name.replace(/ \([^()]*\)$/, '');
const wordsOf = (name: string) => name.match(/\p{L}[\p{L}\d-]+/gu) ?? [];
const hasOption = ({ options }: Named, text: string) => options.some((option) => mentionsOption(text, option));
