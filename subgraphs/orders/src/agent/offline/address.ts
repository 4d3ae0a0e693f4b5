import { emailAddresses } from '@supportgraph/agent';
import { countryNamed, countryOfPlace, isState, placeIn } from './countries.js';
import { writtenNumber } from './numbers.js';

/** An address as far as it is known. */
export interface WrittenAddress {
  line1?: string;
  line2?: string;
  city?: string;
  region?: string;
  postcode?: string;
  countryCode?: string;
}

/** Parts that an address cannot do without. */
export const neededParts = ['line1', 'city', 'postcode', 'countryCode'] as const;
export type NeededPart = (typeof neededParts)[number];

const code = String.raw`\d{5}-\d{4}|\d{3,6}|\d{3}-\d{4}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d`;
const codeAlone = new RegExp(`^(?:${code})$`, 'i');
const codeAtEnd = new RegExp(String.raw`^(?:(.*\S)\s+)?(${code})$`, 'i');
const codeAtStart = new RegExp(String.raw`^(\d{4,6})\s+(\p{L}.*)$`, 'iu');
const calledCode = new RegExp(String.raw`(?:post ?code|postal code|zip(?: ?code)?|郵遞區號|邮政编码|邮编|郵編)\s*(?:is|=|:|：|是|為|为)?\s*(${code})(?![\w-])`, 'i'); // prettier-ignore
const abbreviation = /\b(?:st|ave|rd|blvd|dr|ln|ct|pl|sq|hwy|apt|ste|no|mt|ft|n|s|e|w)$/i;
/** What a number and a street begin with: “77 Sunset Road”, with the flat before it or not. */
const street = /(?:\b(?:flat|apt|apartment|unit|suite|room)\.? ?#?\w+,\s*)?(?<![\w#$.,-])\d{1,5}[a-z]?(?:[-/]\d+[a-z]?)?\s+(?!(?:usd|dollars?|items?|days?|weeks?|orders?|am|pm|gb|cm|mm|ml|litres?)\b)\p{Script=Latin}/iu; // prettier-ignore
const flat = /^(?:flat|apt|apartment|unit|suite|ste|room|floor|fl|\d+(?:st|nd|rd|th) floor|#)\b\.?/i;
const leadIn =
  /^[^]*(?:改成|改為|改为|改到|地址到|改寄|換成|换成|寄到|寄去|送到|送去|地址(?:是|為|为)?\s*[:：]?|是[:：]?|[:：])\s*(?=\S)/u;
const politeness =
  /[\s,]*\b(?:please|thanks|thank you|instead|if possible|asap)\b.*$|[\s,，。]*(?:謝謝|谢谢|麻煩了?|麻烦了?|拜託|拜托).*$/iu;

/** What a text says of an address; an empty one if it says nothing. */
export function readAddress(text: string): WrittenAddress {
  const said = text.normalize('NFKC').replace(emailAddresses, ' ').replace(writtenNumber, ' ');
  const called = calledCode.exec(said);
  const rest = called ? said.replace(called[0], ' ') : said;
  const postcode = called?.[1]?.toUpperCase();
  const address = /\p{Script=Han}/u.test(rest) && !street.test(rest) ? chinese(rest) : western(rest);
  return { ...address, ...(postcode && { postcode }) };
}

/** The parts that are missing. */
export function missingParts(address: WrittenAddress): NeededPart[] {
  return neededParts.filter((part) => !address[part]);
}

/** What answers the question for missing parts: a scrap is what it can only be. */
export function readScrap(text: string, missing: readonly NeededPart[]): WrittenAddress {
  const address = readAddress(text);
  if (Object.keys(address).length > 0) return address;
  const [first] = missing;
  const scrap = text.trim().replace(/^(?:it['’]?s|it is|in|是|在)\s*/i, '').replace(/[.。!！]$/, ''); // prettier-ignore
  const isName = /^[\p{L}][\p{L} .'’-]{1,40}$/u.test(scrap) && !/^(?:no|yes|ok|why|what)\b|[？?嗎吗呢不沒没]/iu.test(scrap); // prettier-ignore
  return first === 'city' && isName ? { city: scrap } : {};
}

/** An address with what a correction says of it: another number, another street, or any other part. */
export function correctedAddress(address: WrittenAddress, text: string): WrittenAddress | null {
  const number = /\b(?:number|no\.?|nr\.?)\s*(\d+[a-z]?)\b|(?:門牌|门牌)?(?:是|改成|改為|改为)?\s*(\d+)\s*[號号](?!\p{Script=Han}*[路街])/iu.exec(text); // prettier-ignore
  const digits = number?.[1] ?? number?.[2];
  const read = readAddress(text);
  if (!read.line1 && digits && address.line1)
    return { ...address, line1: address.line1.replace(/\d+[a-z]?(?=\D*$)|^\d+[a-z]?\b/i, digits) };
  const whole = missingParts(read).length <= 1;
  if (Object.keys(read).length === 0) return null;
  // A whole new address keeps nothing of the old one but the country.
  return whole ? { countryCode: address.countryCode, ...read } : { ...address, ...read };
}

/** Reads an address as we write it on one line. */
export function readOwn(line: string): WrittenAddress {
  const parts = line.split(', ');
  const countryCode = parts.pop();
  const [, region, postcode] = codeAtEnd.exec(parts.at(-1) ?? '') ?? [];
  if (postcode) parts.pop();
  const city = parts.pop();
  const [line1, ...others] = parts;
  return whole({ line1, line2: others.join(', '), city, region, postcode, countryCode });
}

function western(text: string): WrittenAddress {
  const start = street.exec(text);
  const parts = sentenceOf(start ? text.slice(start.index) : text).split(/[,\n]/).map((part) => part.trim().replace(/\.$/, '')).filter(Boolean); // prettier-ignore
  if (start && parts.length === 1) parts.splice(0, 1, ...withoutCommas(parts[0]!));
  // Without a street only a scrap is read, of a message that says nothing else.
  if (!start && (parts.length > 3 || text.trim().split(/\s+/).length > 8)) return {};
  const end = endOf(parts, start !== null);
  if (!start) return end;
  const [line1, ...others] = parts;
  const city = end.city ?? (others.length > 0 && !flat.test(others.at(-1)!) ? others.pop() : undefined);
  return whole({ ...end, line1, line2: others.join(', '), city });
}

/** “72 Ocean Drive Miami FL 33101” is two parts, told apart by the word for the street. */
function withoutCommas(text: string): string[] {
  const [, line, rest] = /^(\d.*?\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|square|terrace|highway)\b\.?)\s+(.+)$/i.exec(text) ?? []; // prettier-ignore
  return line && rest ? [line, rest] : [text];
}

/** Country, postcode and region, taken from the end of the parts; the city too where it stands beside them. */
function endOf(parts: string[], hasStreet: boolean): WrittenAddress {
  const first = hasStreet ? 1 : 0;
  const end: WrittenAddress = {};
  const last = parts.at(-1) ?? '';
  if (parts.length > first) {
    const tail = /^(.*?\S)\s+([\p{L}.]+)$/u.exec(last);
    const country = countryNamed(last) ?? (/^[A-Z]{2}$/.test(last) && isCountryHere(last, parts) ? last : null);
    if (country) parts.pop();
    else if (tail && /\d/.test(tail[1]!) && countryNamed(tail[2]!)) parts[parts.length - 1] = tail[1]!;
    const code = country ?? (tail && /\d/.test(tail[1]!) ? countryNamed(tail[2]!) : null);
    if (code) end.countryCode = code;
  }
  if (parts.length > first) readCode(parts, end);
  if (parts.length > first && isState(parts.at(-1)!)) end.region ??= parts.pop();
  else if (parts.length > first + 1 && end.postcode && !end.region && !end.city && !flat.test(parts.at(-2)!)) end.region = parts.pop(); // prettier-ignore
  if (!end.countryCode && end.region && isState(end.region) && /^\d{5}(?:-\d{4})?$/.test(end.postcode ?? '')) end.countryCode = 'US'; // prettier-ignore
  return end;
}

/** Two capitals are a country unless they are a state that no postcode stands before. */
function isCountryHere(last: string, parts: readonly string[]): boolean {
  return !isState(last) || parts.slice(0, -1).some((part, index) => index > 0 && codeAtEnd.test(part));
}

/** “Austin TX 78701”, “TX 78701”, “10115 Berlin” or “78701”. */
function readCode(parts: string[], end: WrittenAddress): void {
  const [, before, after] = codeAtEnd.exec(parts.at(-1)!) ?? [];
  const [, front, city] = codeAtStart.exec(parts.at(-1)!) ?? [];
  if (!after && !front) return;
  parts.pop();
  end.postcode = (after ?? front!).toUpperCase();
  if (city && !after) end.city = city;
  const [, town, state] = /^(.*\S)\s+([A-Z]{2})$/.exec(before ?? '') ?? [];
  if (town && isState(state!)) Object.assign(end, { city: town, region: state });
  else if (before && (isState(before) || (parts.length > 1 && !flat.test(parts.at(-1)!)))) end.region = before;
  else if (before) end.city = before;
}

function chinese(text: string): WrittenAddress {
  const said = text.replace(politeness, '').trim();
  const pieces = said.split(/[,，、。;；\n]/).map((piece) => piece.trim()).filter(Boolean); // prettier-ignore
  const end: WrittenAddress = {};
  const kept = pieces.map((piece) => withoutEnd(piece, end)).filter(Boolean);
  const found = kept.map((piece) => ({ piece: piece.replace(leadIn, ''), whole: piece })).find(({ whole }) => isStreet(whole)); // prettier-ignore
  if (!found) return pieces.length <= 3 || end.postcode ? { ...end, ...cityAlone(kept) } : {};
  const street = found.piece.replace(/^(?:台灣|臺灣|台湾|中國|中国|香港)(?=\p{Script=Han})(?!省)/u, (name) => {
    end.countryCode ??= countryNamed(name) ?? undefined;
    return '';
  });
  const [front, bare] = /^\d{3,6}(?=\p{Script=Han})/u.test(street) ? [street.match(/^\d+/)![0], street.replace(/^\d+/, '')] : [undefined, street]; // prettier-ignore
  const place = placeIn(bare);
  const line1 = place ? bare.slice(bare.indexOf(place.city) + place.city.length) || undefined : bare;
  const cityPiece = place ? undefined : kept.find((piece) => placeIn(piece)?.city === piece);
  const city = place?.city ?? cityPiece;
  const countryCode = end.countryCode ?? countryOfPlace(`${bare} ${city ?? ''}`) ?? undefined;
  // A floor or a district that has a piece of its own.
  const others = kept.slice(kept.indexOf(found.whole) + 1).filter((piece) => piece !== cityPiece);
  return whole({ ...end, line1, line2: others.join(', '), city, region: place?.region ?? undefined, postcode: end.postcode ?? front, countryCode }); // prettier-ignore
}

/** The words of a piece that are neither a country nor a postcode; a number before “號” is the house's. */
function withoutEnd(piece: string, end: WrittenAddress): string {
  const words = piece.split(/\s+/);
  const kept = words.filter((word, index) => {
    const country = countryNamed(word);
    const isCode = codeAlone.test(word) && !/^[號号巷弄之樓楼]/u.test(words[index + 1] ?? '');
    if (country) end.countryCode = country;
    else if (isCode) end.postcode = word;
    return !country && !isCode;
  });
  return kept.join(' ');
}

const isStreet = (piece: string) => /[路街道巷弄村里段]\p{Script=Han}*\s*[\d一二三四五六七八九十百之-]+\s*[號号弄]?|\d+\s*[號号]/u.test(piece); // prettier-ignore

function cityAlone(pieces: readonly string[]): WrittenAddress {
  const [only, ...others] = pieces;
  const place = only && others.length === 0 ? placeIn(only) : null;
  return place && place.start === 0 && place.city === only ? { city: place.city } : {};
}

/** Up to the end of the sentence; the full stop of “Oak St.” is none. */
function sentenceOf(text: string): string {
  for (const { index } of text.matchAll(/[.;!?]\s|\s(?:and (?:also|then)|because|since)\s|[.;!?]$/g))
    if (text[index] !== '.' || !abbreviation.test(text.slice(0, index))) return text.slice(0, index).replace(politeness, ''); // prettier-ignore
  return text.replace(politeness, '');
}

function whole(address: Record<keyof WrittenAddress, string | undefined> | WrittenAddress): WrittenAddress {
  return Object.fromEntries(Object.entries(address).filter(([, value]) => value));
}
