import { asItIs, matchAt, readAll, type Piece, type Reader } from './pieces.js';

/** Digits, ASCII or full width: as many as tell that they are more than a card has. */
const group = /[0-9０-９]{1,20}/y;
/** What may stand between the digits of a card: spaces, lines, dots, brackets, marks of Markdown, anything but words. */
const gap = /[^\p{L}\p{N}]{0,8}/uy;
const digit = /[0-9０-９]/;
const mostDigits = 19;
/** Digits that follow the W of an order's number at most. */
const longestOrder = 12;

/** What stands in the place of a card number. */
export const hiddenCard = '••••';

/** Text without the numbers of payment cards. Other long numbers, such as those of orders and parcels, stay. */
export const hideCards = (text: string): string => readAll(cardReader, text);

interface Group {
  digits: string;
  /** What stands before it. */
  gap: string;
  /** Where it ends, from the number's beginning. */
  end: number;
}

/** Finds the numbers of cards, also among other numbers: a card begins and ends where a group of digits does. */
export const cardReader: Reader = {
  mark: /[0-9０-９]/g,
  read(text, place, isLast) {
    // The rest of a number that is too long for a card.
    if (digit.test(text[place - 1]!)) return asItIs(text, place, matchAt(group, text, place)!.length);
    const { groups, isOpen } = groupsAt(text, place);
    if (isOpen && !isLast) return null;
    const { end } = groups[0]!;
    const isOrder = end <= longestOrder && /[^a-z]w$/i.test(text.slice(Math.max(0, place - 2), place));
    return (isOrder ? null : cardIn(groups)) ?? asItIs(text, place, end);
  },
};

/** The groups of digits from a place on, as far as a card reaches, and whether they may go on with more text. */
function groupsAt(text: string, place: number): { groups: Group[]; isOpen: boolean } {
  const groups: Group[] = [];
  let between = '';
  let at = place;
  for (let count = 0; count <= mostDigits;) {
    const digits = matchAt(group, text, at);
    if (!digits) return { groups, isOpen: at === text.length };
    at += digits.length;
    count += digits.length;
    groups.push({ digits: digits.normalize('NFKC'), gap: between, end: at - place });
    between = matchAt(gap, text, at)!;
    if (between === '' && at < text.length) return { groups, isOpen: false };
    at += between.length;
  }
  return { groups, isOpen: false };
}

/** The longest card that begins with the first of these groups. */
function cardIn(groups: readonly Group[]): Piece | null {
  for (let count = groups.length; count > 0; count -= 1) {
    const some = groups.slice(0, count);
    const isOne = isCard(some.map(({ digits }) => digits).join('')) && isOneNumber(some);
    if (isOne) return { length: some.at(-1)!.end, told: hiddenCard };
  }
  return null;
}

/**
 * Whether groups are those of one number, and no list of prices, sizes or days: they have three digits and more, but for
 * the last; or they are all parted alike, and do not just rise.
 */
function isOneNumber(groups: readonly Group[]): boolean {
  if (groups.slice(0, -1).every(({ digits }) => digits.length > 2)) return true;
  const gaps = new Set(groups.slice(1).map((each) => each.gap));
  const isRising = groups.every(({ digits }, index) => index === 0 || +digits > +groups[index - 1]!.digits);
  return gaps.size === 1 && !isRising;
}

/** Issuer, length and check digit are those of a card. */
function isCard(digits: string): boolean {
  return (
    /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3[0689]\d{12}|35\d{14}|6(?:011|4[4-9]\d|5\d\d)\d{12}|62\d{14,17})$/.test(
      digits,
    ) && passesLuhn(digits)
  );
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
