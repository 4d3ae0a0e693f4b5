import type { ShownVariant } from './shownProduct.js';

/** What a text asks of the options of a product: values that there are, and values that there are not. */
export interface OptionsAsked {
  named: string[];
  missing: string[];
}

/** Colours by any name; those of one list are the same colour. */
const colours: readonly (readonly string[])[] = [
  ['grey', 'gray'], ['violet', 'purple', 'lilac'], ['cream', 'oat', 'beige'],
  ...'black white blue navy red green yellow orange pink brown silver gold teal coral tan olive sand turquoise khaki indigo lime mustard'.split(' ').map((name) => [name]),
]; // prettier-ignore
const measure = /(?<![\w.,])(\d[\d.,]*)\s*-?\s*(gb|tb|mah|ml|litres?|liters?|cm|mm|inch(?:es)?)(?![a-z])/gi;
const sizeSaid = /\bsizes?\s+([a-z]{1,3}|\d{1,3})(?![\w'’.])|(?<![\w.])(\d{2})\s*[號号碼码]/gi;
const noSizes = /^(?:is|are|of|for|in|to|and|or|the|do|you|it|a|an|at|on|my|me|we|i|so|be|can|as|if|by|has|how)$/i;

/** What a text in English asks of the options of these variants. */
export function optionsAsked(variants: readonly ShownVariant[], text: string, name = ''): OptionsAsked {
  const named = optionsNamed(variants, text);
  const values = [...new Set(variants.flatMap(({ options }) => Object.values(options)))];
  const has = (word: string) => values.some((value) => value.toLowerCase() === word.toLowerCase());
  const sizes = [...text.matchAll(sizeSaid)].map(([, latin, digits]) => latin ?? digits!).filter((size) => !noSizes.test(size)); // prettier-ignore
  const amounts = [...text.matchAll(measure)].filter(([said, , unit]) => !values.some((value) => namesOption(said, value)) && values.some((value) => value.toLowerCase().includes(unit!.toLowerCase().slice(0, 2)))); // prettier-ignore
  const unknownColours = colours.flatMap((same) => {
    const said = same.find((colour) => namesOption(text, colour) && !namesOption(name, colour));
    return said && !same.some((colour) => values.some((value) => namesOption(value, colour))) ? [said] : [];
  });
  const missing = [...sizes.filter((size) => !has(size)), ...amounts.map(([said]) => said.trim()), ...unknownColours];
  return { named, missing: [...new Set(missing)] };
}

/** Values of options that a text names. */
export function optionsNamed(variants: readonly ShownVariant[], text: string): string[] {
  const values = new Map(variants.flatMap(({ options }) => Object.entries(options).map(([name, value]) => [value, name]))); // prettier-ignore
  const found = [...values].filter(([value, name]) => isSaid(text, value, name)).map(([value]) => value);
  // “USB-C” and “wireless charging” are not “charging” too.
  return found.filter((value) => !found.some((other) => other !== value && namesOption(other, value) && !namesOption(text.replace(new RegExp(patternOf(other), 'giu'), ' '), value))); // prettier-ignore
}

function isSaid(text: string, value: string, name: string): boolean {
  if (/^(?:yes|no)$/i.test(value)) return isYesNo(text, value, name);
  if (!/^\d$/.test(value)) return namesOption(text, value);
  // A digit alone counts anything.
  const stem = name.replace(/s$/, '');
  return new RegExp(`(?<![\\w.])${value}[ -]?${stem}|(?:to|with|size|成|為|为)\\s*(?:the )?${value}(?![\\w.])`, 'iu').test(text); // prettier-ignore
}

function isYesNo(text: string, value: string, name: string): boolean {
  if (!namesOption(text, name)) return false;
  const isWithout = new RegExp(`(?:\\b(?:without|no|not)|不要|不帶|沒有|没有|無)\\s*(?:the )?${name}`, 'iu').test(text);
  return isWithout === (value.toLowerCase() === 'no');
}

/** Whether a value of an option is named in a text that is in English. Short ones are sizes, and only written in capitals or as one. */
export function namesOption(text: string, value: string): boolean {
  const pattern = patternOf(value);
  if (value.length >= 3) return new RegExp(pattern, 'iu').test(text);
  return new RegExp(pattern, 'u').test(text) || new RegExp(`\\bsize\\s+${pattern}`, 'iu').test(text);
}

/** The value as people write it: “256GB”, “50x100”, “1000”, “gray”, “1.5 l”. */
function patternOf(value: string): string {
  const escaped = value
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/(?<=\d),(?=\d{3})/g, ',?')
    .replace(/ ?[×x] ?(?=\d)/g, '\\s*[×xX*]\\s*')
    .replace(/(?<=\d) (?=[A-Za-z])/g, '[\\s-]*')
    .replace(/litres?$/i, '(?:litres?|liters?|l)')
    .replace(/inch$/i, '(?:inch(?:es)?|")')
    .replace(/\bgr[ae]y\b/gi, 'gr[ae]y');
  return `(?<![\\w'’.])${escaped}(?![\\w'’])`;
}
