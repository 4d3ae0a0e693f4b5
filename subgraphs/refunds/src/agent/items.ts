import { goodsInEnglish } from '@supportgraph/commerce';

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
  const escaped = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{Script=Latin}\\d])${escaped}(?:e?s)?(?![\\p{Script=Latin}\\d])`, 'u').test(said);
}

/** The items that a text names: by their names, and those of one name by their options; by options alone if it has no name. */
export function itemsNamed<Item extends Named>(items: readonly Item[], text: string): Item[] {
  const named = items.filter((item) => wordsOf(baseOf(item)).some((word) => mentions(text, word)));
  if (named.length === 0) return items.filter((item) => hasOption(item, text));
  return named.filter((item) => {
    const alike = named.filter((other) => baseOf(other) === baseOf(item));
    return hasOption(item, text) || !alike.some((other) => hasOption(other, text));
  });
}

const baseOf = ({ name }: Named) => name.replace(/ \([^()]*\)$/, '');
const wordsOf = (name: string) => name.match(/\p{L}[\p{L}\d-]+/gu) ?? [];
const hasOption = ({ options }: Named, text: string) => options.some((option) => mentions(text, option));
