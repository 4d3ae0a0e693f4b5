import type { ShownMethod } from '../shown.js';

/** A way to pay as customers call it. */
export type MethodName = 'GIFT_CARD' | 'CREDIT_CARD' | 'PAYPAL' | 'ORIGINAL';

/** Where money is to go: a way that is possible, or what was asked for and is not. */
export type MethodWish = { method: ShownMethod } | { impossible: MethodName };

const giftCard = /\b(?:gift|store) ?(?:card|credit)\b|[禮礼](?:物|品)?卡|購物金|购物金/gi;
const card = /\b(?:credit|debit|bank|visa|master ?card|original|same|my|the|a|that|back on)\s+card\b|\b(?:visa|master ?card)\b|\bcard (?:instead|please|i paid)|信用卡|(?<=[到回我原刷的那])卡(?![住關关])|^\W*card\W*$/gi; // prettier-ignore
const paypal = /\bpay ?pal\b/gi;
const original =
  /\boriginal (?:payment|method|way|form)\b|\b(?:how|the way|what) i paid\b|\bsame (?:way|method|payment)\b|\bwhere it came from\b|原(?:本|來|来|先|始)?的?(?:付款|支付)|原路|原卡/gi;
const names: readonly (readonly [MethodName, RegExp])[] = [
  ['GIFT_CARD', giftCard],
  ['CREDIT_CARD', card],
  ['PAYPAL', paypal],
  ['ORIGINAL', original],
];
/** What is said of how it was paid, and what it is not to be. */
const aside = /\b(?:not|instead of|rather than) (?:to |on |onto )?(?:(?:my|the|a) )?(?:gift ?card|card|paypal)\b|\bpa(?:id|y) (?:it |for it )?(?:with|by|via|through) (?:(?:my|the|a) )?(?:\w+ )?(?:gift ?card|card|paypal)\b|(?:不要|不是|別|别|不)(?:退|退到|到)?(?:我的)?(?:[禮礼][物品]卡|信用卡|卡|paypal)|用(?:我的)?(?:[禮礼][物品]卡|信用卡|paypal)(?:付|支付|刷|買|买)/gi; // prettier-ignore

/** The way to pay that a text names last; null if none. */
export function methodIn(text: string): MethodName | null {
  const said = text.replace(aside, ' ');
  const found = names.flatMap(([name, pattern]) => {
    const gifts = [...said.matchAll(giftCard)].map(({ index, 0: { length } }) => [index, index + length] as const);
    const at = [...said.matchAll(pattern)].filter(
      ({ index }) => name === 'GIFT_CARD' || !gifts.some(([from, to]) => index >= from && index < to),
    );
    return at.map(({ index }) => ({ name, index }));
  });
  return found.sort((a, b) => a.index - b.index).at(-1)?.name ?? null;
}

/** Whether a text names a way to pay. */
export const namesMethod = (text: string) => methodIn(text) !== null;

/** Where the money goes, by the last message that says so: else back where it came from. Undefined if there is no way. */
export function methodWanted(methods: readonly ShownMethod[], said: readonly string[]): MethodWish | undefined {
  const name = said.map(methodIn).findLast((each) => each !== null);
  const [first] = methods;
  if (!first) return name ? { impossible: name } : undefined;
  if (!name || name === 'ORIGINAL') return { method: first };
  const method = methods.find(({ kind }) => kind === name);
  return method ? { method } : { impossible: name };
}
