/** Something with a name, and options by which it is told from others of that name. */
export interface Named {
  /** For example `Shirt (blue)`. */
  name: string;
  options: readonly string[];
}

const colours: readonly (readonly [RegExp, string])[] = [
  ...([[/黑色?/gu, ' black '], [/白色?/gu, ' white '], [/紅色?|红色?/gu, ' red '], [/藍色?|蓝色?/gu, ' blue ']] as const),
  ...([[/綠色?|绿色?/gu, ' green '], [/黃色?|黄色?/gu, ' yellow '], [/灰色?/gu, ' grey '], [/紫色?/gu, ' purple ']] as const),
  ...([[/粉紅?色?|粉红?色?/gu, ' pink '], [/橘色?|橙色?/gu, ' orange '], [/棕色?|咖啡色/gu, ' brown '], [/銀色?|银色?/gu, ' silver ']] as const),
]; // prettier-ignore

/** Chinese colours in English, in which products have them. */
function inEnglish(text: string): string {
  return colours.reduce((said, [chinese, english]) => said.replace(chinese, english), text).toLowerCase();
}

/** Whether a text has this word, or several of it. */
export function mentions(text: string, word: string): boolean {
  const said = inEnglish(text);
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
