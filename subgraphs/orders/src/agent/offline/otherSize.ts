import type { ShownVariant } from '@supportgraph/commerce';

const ranked = ['XS', 'S', 'M', 'L', 'XL', 'XXL', 'cabin', 'small', 'medium', 'large', 'single', 'double'];
const larger = /\b(?:large|larger|bigger|big)\b/i;
const smaller = /\b(?:small|smaller|little)\b/i;

/** “The larger one”, where only one size is larger: the option with that size; nothing if it is open which, or was named. */
export function otherSize(
  variants: readonly ShownVariant[],
  current: Readonly<Record<string, string>>,
  text: string,
  named: Readonly<Record<string, string>>,
): Record<string, string> {
  const isLarger = larger.test(text);
  if (isLarger === smaller.test(text)) return {};
  for (const [option, value] of Object.entries(current)) {
    const values = [...new Set(variants.map(({ options }) => options[option] ?? ''))];
    if (values.length < 2 || values.some((each) => rankOf(each) === null)) continue;
    if (named[option]) return {};
    const fitting = values.filter((each) => (isLarger ? rankOf(each)! > rankOf(value)! : rankOf(each)! < rankOf(value)!)); // prettier-ignore
    return fitting.length === 1 ? { [option]: fitting[0]! } : {};
  }
  return {};
}

/** How large a value is among its like: by the order of sizes, or by its first number; null if it has no size. */
function rankOf(value: string): number | null {
  const place = ranked.indexOf(value);
  if (place >= 0) return place;
  const number = /^\d[\d.,]*/.exec(value)?.[0].replaceAll(',', '');
  return number ? Number(number) : null;
}
