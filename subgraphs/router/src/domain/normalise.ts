import { simplify } from './chineseScript.js';

const orderNumber = /#?\bw\d{5,12}\b|#\d{5,12}\b/g;
const email = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
const address = /https?:\/\/\S+|www\.\S+/g;

/**
 * A message as it is compared: lower case, narrow, Chinese in one script, without apostrophes and accents; order numbers,
 * e-mail and web addresses, and other numbers by their kind. Never shown to anybody.
 */
export function normalise(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’‘`´]/g, '');
  return simplify(plain)
    .replace(email, ' emailaddr ')
    .replace(address, ' webaddr ')
    .replace(orderNumber, ' ordernum ')
    .replace(/\d+(?:[.,:]\d+)*/g, ' num ')
    .replace(/[^\p{L}\p{N}\p{M}?!]+/gu, ' ')
    .trim();
}
