import type { RouteJob } from '@supportgraph/agent';
import { userError } from '@supportgraph/kernel';

/** A model that names somebody else for the customer is told so, and it is kept. */
export const notWritten = userError(
  'NOT_FOUND',
  'The customer has not written this. Ask them for it, and use only what they wrote, as they wrote it.',
  '顧客沒有寫過這些資料。請先詢問顧客，並且只使用其所寫的內容。',
);

/** Whether the customer has written all of a claim in the conversation themselves. */
export function isWritten(
  claim: Readonly<Record<string, string | undefined>>,
  job: Pick<RouteJob, 'text' | 'history'>,
) {
  const earlier = job.history.filter(({ author }) => author === 'CUSTOMER');
  const texts = [...earlier, job].map(({ text }) => bare(text));
  return Object.entries(claim).every(([name, value = '']) => {
    // Customers leave out the letters in front of a number, and the model knows them.
    const wanted = name === 'orderNumber' ? bare(value).replace(/^[a-z]+/, '') : bare(value);
    return texts.some((text) => text.includes(wanted));
  });
}

/** Letters and digits, so that a dash, a space or a capital more or less does not matter. */
const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
