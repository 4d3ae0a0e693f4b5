import { randomBytes } from 'node:crypto';

/** The kinds of object that have a global id; the prefix names the kind. */
export const idPrefixes = [
  'ses', 'msg', 'trn', 'tlc', 'prp', 'att', 'aud', 'api', 'cus', 'prd', 'var', 'ord', 'itm', 'pay', 'ref', 'ret', 'exc',
  'faq', 'tkt', 'gde', 'gdr', 'inc', 'hof', 'stf', 'crp', 'prt', 'rte', 'rtd', 'txn', 'evt', 'use',
  'bdg',
] as const; // prettier-ignore
export type IdPrefix = (typeof idPrefixes)[number];

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32, lower case
const wholeId = /^([a-z]{3})_([A-Za-z0-9_.-]{1,120})$/;

let lastTime = 0;
let counter = 0;

/** The 128 bits of a UUIDv7 (RFC 9562) that is greater than every one made before in this process. */
function uuid7(now: number): bigint {
  if (now > lastTime) {
    lastTime = now;
    counter = randomBytes(2).readUInt16BE() & 0x7ff;
  } else if (++counter > 0xfff) {
    lastTime += 1;
    counter = 0;
  }
  const random = randomBytes(8).readBigUInt64BE() & 0x3fffffffffffffffn;
  return (BigInt(lastTime) << 80n) | (0x7n << 76n) | (BigInt(counter) << 64n) | (0b10n << 62n) | random;
}

/** A new id: the prefix, `_`, and a UUIDv7 in 26 characters of base 32. Ids sort in the order they were made. */
export function newId(prefix: IdPrefix, now: number = Date.now()): string {
  let bits = uuid7(now);
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = alphabet[Number(bits & 31n)]! + text;
    bits >>= 5n;
  }
  return `${prefix}_${text}`;
}

/** The prefix of an id, or null if the text is not one. */
export function idPrefix(id: string): IdPrefix | null {
  const prefix = wholeId.exec(id)?.[1];
  return idPrefixes.find((known) => known === prefix) ?? null;
}

/** Whether a text is an id of this kind. */
export function isId(prefix: IdPrefix, id: string): boolean {
  return idPrefix(id) === prefix;
}

/** When an id made by {@link newId} was made; null for ids given from outside. */
export function idTime(id: string): Date | null {
  const text = id.slice(4);
  if (text.length !== 26) return null;
  let bits = 0n;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  return ((bits >> 76n) & 0xfn) === 7n ? new Date(Number(bits >> 80n)) : null;
}
