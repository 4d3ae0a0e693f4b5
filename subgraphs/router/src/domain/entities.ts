import type { Entity } from './triage.js';

const orderNumber = /#?\bW(\d{5,12})\b/gi;
const email = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;

/** Order numbers (as `#W…`) and e-mail addresses of a message, each once, in the order found. */
export function findEntities(text: string): Entity[] {
  const numbers = [...text.matchAll(orderNumber)].map(([, digits]) => `#W${digits}`);
  const emails = [...text.matchAll(email)].map(([address]) => address);
  return [
    ...[...new Set(numbers)].map((value) => ({ name: 'order_number', value })),
    ...[...new Set(emails)].map((value) => ({ name: 'email', value })),
  ];
}

/** The message without its order numbers, e-mail addresses and punctuation: what is left to understand. */
export function withoutEntities(text: string): string {
  return text
    .replace(email, ' ')
    .replace(orderNumber, ' ')
    .replace(/[\s\p{P}\p{S}]+/gu, ' ')
    .trim();
}
