import { emailAddresses } from '@supportgraph/agent';

// A full stop or hyphen belongs to a number only inside it: “Where is #W1000002.” ends a sentence.
export const writtenNumber =
  /[#＃]\s*[A-Za-z0-9](?:\w|[-.](?=\d)){2,59}|(?<![A-Za-z0-9])[A-Za-z]{1,3}-?\d{4,12}(?!\w)/g;
const calledNumber =
  /(?:\border(?:\s+(?:number|no\.?))?|\bnumber|訂單(?:編號)?|订单(?:编号|号)?|編號|编号)\s*(?:is|是|為|为|:|：)?\s*(\d{4,12})(?![\dA-Za-z])/gi;
/** What an example of ours is introduced with: it is no order of the customer's. */
const example = /(?:such as|for example|e\.g\.|like this|例如|比如|像是)[\s:：“「]*[#＃]\s*\w+/gi;
const notFound = /(?:I find no order|我找不到您的訂單)\s*([#＃]?[\w.-]*\w)/g;

/** Order numbers in a text, in the order written; of plain digits only if they are called a number or an order. */
export function numbersIn(text: string): string[] {
  const clean = text.replace(emailAddresses, ' ');
  const written = [...clean.matchAll(writtenNumber)].map(([number]) => number.replace(/[#＃]\s*/, '#'));
  const called = [...clean.matchAll(calledNumber)].map(([, digits]) => digits!);
  return [...new Set([...written, ...called])];
}

/** Order numbers that a reply of ours speaks of: no examples, and none that was not found. */
export function numbersOf(reply: string): string[] {
  const unknown = unknownNumbers(reply);
  return numbersIn(reply.replace(example, ' ')).filter((number) => !unknown.includes(number));
}

/** Order numbers that a reply of ours has not found. */
export function unknownNumbers(reply: string): string[] {
  return [...reply.matchAll(notFound)].map(([, number]) => number!);
}

/** A text without these order numbers. */
export function withoutNumbers(text: string, numbers: readonly string[]): string {
  return numbers.reduce((rest, number) => rest.replaceAll(new RegExp(`[#＃]?\\s*${bare(number)}(?!\\w)`, 'giu'), ' '), text); // prettier-ignore
}

const bare = (number: string) => number.replace(/^#?W?/i, 'W?').replace(/[.*+()|[\]\\^$]/g, '\\$&');

/** What is left of a message without numbers, e-mail addresses and punctuation. */
export function wordsOf(text: string): string {
  return text.replace(emailAddresses, ' ').replace(writtenNumber, ' ').replace(/[\s\p{P}\p{S}]+/gu, ' ').trim(); // prettier-ignore
}

/** Whether a message is nothing but an order number. */
export function isBare(text: string): boolean {
  const words = wordsOf(text).replace(/\b(?:order|number|it|its|is|the|no|sorry|oh|i|mean|meant|typo|please)\b|訂單|订单|编號|编号|編號|是|號|号|抱歉|不好意思|應該|应该|請|请/giu, ' '); // prettier-ignore
  return numbersIn(text).length > 0 && !/\p{L}{2}/u.test(words);
}
