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
    // Customers leave out the letters in front of a number, and the model knows them.
    const wanted = name === 'orderNumber' ? plain(value).replace(/^\P{N}+/u, '') : plain(value);
    return texts.some((text) => holds(text, signsOf(wanted).join(''), around[name] ?? anyWord));
  });
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase();

/** Letters and digits alone: a dash, a space or a capital more or less does not matter. */
const signsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]\p{M}*/gu) ?? [];

interface Around {
  /** What would make it a part of another word, before and after it. Chinese has no spaces between words. */
  before: RegExp;
  after: RegExp;
}
const anyWord: Around = { before: /[a-z0-9]$/, after: /^[a-z0-9]/ };
const around: Readonly<Record<string, Around>> = {
  email: { before: /[a-z0-9._%+-]$/, after: /^[.-]?[a-z0-9]/ },
  orderNumber: { before: /[0-9]$/, after: /^[a-z0-9]/ },
};

/** Whether a text has these letters and digits in a row, as a word of its own. */
function holds(text: string, wanted: string, { before, after }: Around): boolean {
  const places: number[] = [];
  let bare = '';
  for (const { 0: sign, index } of text.matchAll(/[\p{L}\p{N}]\p{M}*/gu)) {
    for (let at = 0; at < sign.length; at += 1) places.push(index + at);
    bare += sign;
  }
  for (let at = bare.indexOf(wanted); at >= 0; at = bare.indexOf(wanted, at + 1)) {
    const start = places[at] ?? 0;
    const end = wanted === '' ? start : places[at + wanted.length - 1]! + 1;
    const isPart = before.test(text.slice(Math.max(0, start - 1), start)) || after.test(text.slice(end, end + 2));
    if (!isPart || wanted === '') return true;
  }
  return false;
}
