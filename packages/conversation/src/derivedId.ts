import { createHash, createHmac } from 'node:crypto';
import type { IdPrefix } from '@supportgraph/kernel';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** An id that follows from what it is of, for example a part's from its route and number: made again, it is the same. */
export function derivedId(prefix: IdPrefix, ...material: readonly (string | number)[]): string {
  return idOf(prefix, createHash('sha256').update(JSON.stringify(material)).digest());
}

/** Like {@link derivedId}, but nobody without the secret can tell the id. */
export function secretId(prefix: IdPrefix, secret: string, ...material: readonly string[]): string {
  return idOf(prefix, createHmac('sha256', secret).update(JSON.stringify(material)).digest());
}

/** The first 130 bits in base 32. */
function idOf(prefix: IdPrefix, digest: Buffer): string {
  let bits = BigInt(`0x${digest.toString('hex')}`) >> 126n;
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = alphabet[Number(bits & 31n)]! + text;
    bits >>= 5n;
  }
  return `${prefix}_${text}`;
}

/** A digest by which inputs are compared, without keeping them. */
export function digestOf(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('base64url');
}
