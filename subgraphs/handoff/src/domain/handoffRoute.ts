import type { HandoffReason, RouteJob } from '@supportgraph/conversation';

const upset =
  /\b(?:complain\w*|complaint|unacceptable|ridiculous|furious|angry|terrible|worst|useless|scam|lawyer|sue)\b|客訴|投訴|投诉|申訴|太誇張|太扯|爛透|生氣|氣死|離譜|騙|律師|消保/i;

/** Earlier messages that the summary quotes, and how much of each. */
const quotedMessages = 6;
const quotedLength = 200;

/** Why the customer is given to a person. */
export function reasonOf(text: string): HandoffReason {
  return upset.test(text) ? 'UPSET' : 'CUSTOMER_ASKED';
}

/** What the person who takes over should know: what was said last, in the words in which it was said. */
export function summaryOf({ history, text }: Pick<RouteJob, 'history' | 'text'>): string {
  const said = [...history.slice(-quotedMessages), { author: 'CUSTOMER', text }];
  return said.map(({ author, text: words }) => `${author}: ${shortened(words)}`).join('\n');
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > quotedLength ? `${characters.slice(0, quotedLength).join('')}…` : text;
}
