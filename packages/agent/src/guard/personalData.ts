/** Kinds of personal data, as they are named in tokens. */
export type PersonalKind = 'email' | 'phone' | 'id' | 'address' | 'name';

/** How data of one kind is found in a text. */
export interface PersonalPattern {
  kind: PersonalKind;
  pattern: RegExp;
  /** Whether what was found is what it looks like, after what stands before it. */
  isMet?(found: string, before: string): boolean;
}

// Every repeat has a bound: without one, a long text of one letter takes seconds.
const digit = '[0-9０-９]';
const wide = 'Ａ-Ｚａ-ｚ０-９';

const email = new RegExp(
  String.raw`[\w.%+\-${wide}．＿－]{1,64}[@＠][\w\-${wide}]{1,63}(?:[.．][\w\-${wide}]{1,63}){1,8}`,
  'gu',
);

const gap = String.raw`[ \u00a0.\-‐-―－]`;
/** No letter, digit or sign of money stands before a number, and none goes on after it. */
const begin = String.raw`(?<![A-Za-z\d_#$€£０-９-])(?<!\d[.,/:])`;
const end = String.raw`(?![A-Za-z_]|[-.,/:]?${digit})`;
const brackets = '()（）';

const foreignPhone = new RegExp(`[+＋]${digit}{1,3}(?:(?:${gap}|[${brackets}]){0,3}${digit}){6,13}(?!${digit})`, 'gu');
const bracketedPhone = new RegExp(`[(（]${digit}{2,4}[)）]${gap}{0,2}${digit}{3,4}${gap}?${digit}{3,4}${end}`, 'gu');
const plainPhone = new RegExp(`${begin}${digit}{9,11}${end}`, 'gu');
const groupedPhone = new RegExp(
  `${begin}(?:1${gap})?(?!(?:19|20)\\d\\d )${digit}{2,4}${gap}${digit}{3,4}${gap}?${digit}{3,4}${end}`,
  'gu',
);

/** Words before a long number that say what else it is. */
const otherNumber =
  /(?:track|parcel|package|shipment|order|item|product|variant|invoice|receipt|serial|imei|sku|reference|barcode|包裹|物流|快遞|快递|追蹤|追踪|單號|单号|訂單|订单|商品|序號|序号|統編|统编|發票|发票|條碼|条码)(?:(?!call|phone|tel|mobile|cell|text|reach|電話|电话|手機|手机)[^.,;!?，。！？\n]){0,20}$/i;

/** Digits alone: of a number of Taiwan, Britain or China as it is dialled there, or ten of one of North America. */
function isPlainPhone(found: string, before: string): boolean {
  const digits = found.normalize('NFKC');
  return /^0[1-9]\d{7,9}$/.test(digits) || (/^(?:1[3-9]\d{9}|[2-9]\d{9})$/.test(digits) && !otherNumber.test(before));
}

/** Groups of digits: 12.345.678 is an amount, and 1234 567890 may be anything. */
function isGroupedPhone(found: string): boolean {
  const written = found.normalize('NFKC');
  const groups = written.split(/\D+/);
  if (groups.length === 2 && /[ \u00a0]/.test(written)) return written.startsWith('0');
  return !written.includes('.') || groups.at(-1)!.length === 4 || written.startsWith('0');
}

const taiwaneseId = /(?<![A-Za-z0-9])[A-Za-z][1289]\d{8}(?![A-Za-z0-9])/gu;
/** The letters in the order of their numbers, which begin at 10. */
const letters = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

function isTaiwaneseId(found: string): boolean {
  const number = letters.indexOf(found[0]!.toUpperCase()) + 10;
  const values = [Math.floor(number / 10), number % 10, ...found.slice(1)].map(Number);
  const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1];
  return values.reduce((sum, value, index) => sum + value * weights[index]!, 0) % 10 === 0;
}

const socialSecurity = /(?<![\w-])(?!000|666|9\d\d)\d{3}[-‐-―](?!00)\d{2}[-‐-―](?!0000)\d{4}(?![\w-])/gu;

const direction = String.raw`(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\.? )?`;
const unit = String.raw`(?:,? (?:[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Uu]nit|[Ff]lat)\.? ?\w{1,6}\b|,? #\w{1,6}\b)?`;
const streets = 'Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Boulevard|Blvd';
const places = 'Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Square|Sq';
const properNames = String.raw`(?:(?:[A-Z]|\d{1,3}(?:st|nd|rd|th))[\w'’.-]{0,30} ){1,4}`;
const noNames = String.raw`(?!(?:of|the|in|on|to|at|for|from|by|and|or|my|your|our|an|is|are|was|were|x|items?|orders?|days?|hours?|minutes?|weeks?|km|miles?|pieces?|per|this|that|it|down|off)\b)`;

/** With a name in capitals. */
const address = new RegExp(
  String.raw`\b\d{1,5}[A-Za-z]?,? ${direction}${properNames}(?:${streets}|${places})\b\.?${unit}`,
  'gu',
);
/** In small letters, where "2 hard drive" and "1 on the way" are none. */
const smallAddress = new RegExp(
  String.raw`\b\d{1,5}[a-z]?,? ${direction}(?:${noNames}[a-z\d][\w'’.-]{0,30} ){1,3}(?:${streets})\b\.?${unit}`,
  'giu',
);

const numeral = '[0-9０-９一二三四五六七八九十百]{1,5}';
const lane = String.raw`(?:\s?${numeral}巷)`;
const alley = String.raw`(?:\s?${numeral}弄)`;
const house = String.raw`(?:\s?${numeral}(?:之${numeral}|[-－]${numeral})?[號号](?:之${numeral})?)`;
const floor = String.raw`(?:[,，]?\s?${numeral}(?:樓|楼|層|层|棟|栋|幢|室|單元|单元|[FＦ])(?:之${numeral})?){0,4}`;
/**
 * The city and the district stay: a tool is given them apart, and they tell no house. A street may begin with such a word
 * itself, as 市民大道 does.
 */
const district = '[省市縣县區区鄉乡鎮镇]';
const chineseStreet = String.raw`(?:(?<=${district})${district})?(?:(?!${district})\p{Script=Han}){1,8}(?:路|街|大道)`;
const chineseAddress = new RegExp(
  String.raw`${chineseStreet}(?:\s?(?:\p{Script=Han}{1,3}|${digit}{1,2})段)?(?:${lane}${alley}?${house}?|${alley}${house}?|${house})${floor}`,
  'gu',
);

/** In this order: what was found stays what it is. */
export const personalData: readonly PersonalPattern[] = [
  { kind: 'email', pattern: email },
  { kind: 'id', pattern: taiwaneseId, isMet: isTaiwaneseId },
  { kind: 'id', pattern: socialSecurity },
  { kind: 'phone', pattern: foreignPhone },
  { kind: 'phone', pattern: bracketedPhone },
  { kind: 'phone', pattern: groupedPhone, isMet: isGroupedPhone },
  { kind: 'phone', pattern: plainPhone, isMet: isPlainPhone },
  { kind: 'address', pattern: address },
  { kind: 'address', pattern: smallAddress },
  { kind: 'address', pattern: chineseAddress },
];

/** What a tool's field of such a name holds, whatever its form. The first that fits. */
const fields: readonly (readonly [RegExp, PersonalKind])[] = [
  [/e-?mail(?:address)?$/i, 'email'],
  [/(?:phone|telephone|mobile)(?:number)?$|^tel$/i, 'phone'],
  [/address(?:es)?$|^(?:street|line[12]|postcode|postalcode|zip(?:code)?)$/i, 'address'],
  [/^(?:recipient|full|first|last|given|family|customer|contact|display)_?name$|^recipient$/i, 'name'],
];

/** Which kind of personal data a field of this name holds; undefined if it need not. */
export const kindOfField = (name: string): PersonalKind | undefined =>
  fields.find(([pattern]) => pattern.test(name))?.[1];

/** Whether a field's name says that it holds no personal data, though it may look like it. */
export const isReference = (name: string): boolean => /^(?:id|number)$|Ids?$|^tracking/.test(name);

/** What the parts of a proposal that are personal data are called, as `details` of a tool's answer show them. */
const label = /^(?:(?:new|old|default|delivery|shipping|your) ){0,2}address: |^[新舊旧預設预设收件]{0,4}地址[:：] ?/i;

/** Of a line such as `New address: …` what stands before the address; null of other lines. */
export const addressLabel = (line: string): string | null => label.exec(line)?.[0] ?? null;
