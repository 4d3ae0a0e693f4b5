import { userError } from '@supportgraph/kernel';
import type { RouteJob } from '../job.js';

/** A model that names somebody else for the customer is told so, and it is kept. */
export const notWritten = userError(
  'NOT_FOUND',
  'The customer has not written this. Ask them for it, and use only what they wrote, as they wrote it.',
  '顧客沒有寫過這些資料。請先詢問顧客，並且只使用其所寫的內容。',
);

/** Whether the customer has written all of a claim in the conversation themselves, each part as a word of its own. */
export function isWritten(
  claim: Readonly<Record<string, string | undefined>>,
  job: Pick<RouteJob, 'text' | 'history'>,
) {
  const earlier = job.history.filter(({ author }) => author === 'CUSTOMER');
  const texts = [...earlier, job].map(({ text }) => plain(text));
  return Object.entries(claim).every(([name, value = '']) => {
    const pattern = asWord(name, plain(value));
    return texts.some((text) => pattern.test(text));
  });
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase();

/** What may not stand around a value that would then be a part of another one. Chinese has no spaces between words. */
const around: Readonly<Record<string, readonly [before: string, after: string]>> = {
  email: ['[a-z0-9._%+-]', '[.-]?[a-z0-9]'],
  // Customers leave out the letters in front of a number, and the model knows them.
  orderNumber: ['[0-9]', '[a-z0-9]'],
};

/** Finds a value whose letters and digits are written so; a dash, a space or a capital more or less does not matter. */
function asWord(name: string, value: string): RegExp {
  const wanted = name === 'orderNumber' ? value.replace(/^\P{N}+/u, '') : value;
  const signs = wanted.match(/[\p{L}\p{N}]\p{M}*/gu) ?? [];
  const [before, after] = around[name] ?? ['[a-z0-9]', '[a-z0-9]'];
  return new RegExp(String.raw`(?<!${before})${signs.join(String.raw`[^\p{L}\p{N}]{0,5}`)}(?!${after})`, 'u');
}
