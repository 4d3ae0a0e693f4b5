import { claimIn as answerIn, emailAddresses, holds, type OfflineTurn, type WrittenClaim } from '@supportgraph/agent';
import { numbersIn, writtenNumber } from './numbers.js';
import { questions } from './sentences.js';
import type { Thread } from './thread.js';

/** What somebody says of themselves, as `verify_customer` takes it. */
export interface Claim extends WrittenClaim {
  orderNumber?: string;
}

const identityQuestions = [
  questions.WHO_IS_ASKING_EMAIL,
  questions.WHO_IS_ASKING_EMAIL_AND_POSTCODE,
  questions.notVerified,
  questions.restOfIdentity,
];

/** Whether a reply asks who is writing: then a name or a postcode needs no words around it. */
function asksWho(reply: string): boolean {
  return identityQuestions.some((question) => holds(reply, question));
}

const namedPostcode =
  /(?:post ?code|zip(?: ?code)?|postal code|郵遞區號|邮政编码|邮编|郵編|区号|區號)\s*(?:is|are|=|:|：|是|為|为)?\s*([A-Za-z0-9][A-Za-z0-9-]*(?: [A-Za-z0-9]*\d[A-Za-z0-9]*)?)/i;
const barePostcode = /(?<![\w#-])(\d{3,6}(?:-\d{3,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?![\w-])/;
// After “I am” only capitals are a name (“I am looking for …”); a name alone is followed by something else of an identity.
const latinNames = [
  /\b(?:name is|name['’]s|name:)\s+([\p{L}'’-]+)\s+([\p{L}'’-]+)/iu,
  /\b(?:[Ii] am|[Ii]['’]m|[Tt]his is)\s+(\p{Lu}[\p{L}'’-]+)\s+(\p{Lu}[\p{L}'’-]+)/u,
  /(?:我叫|我是|姓名(?:是|：|:)?|名字(?:是|：|:)?)\s*(\p{Lu}[\p{Script=Latin}'’-]+)\s+(\p{Lu}[\p{Script=Latin}'’-]+)/u,
  /^\s*(\p{Lu}[\p{L}'’-]+)\s+(\p{Lu}[\p{L}'’-]+)\s*(?=[,，\n]|$)/u,
];
const hanName =
  /(?:我叫|我是|姓名(?:是|：|:)?|名字(?:是|：|:)?)\s*(\p{Script=Han}{2,4})(?=[\s,，、。]|$)|^\s*(\p{Script=Han}{2,4})(?=[\s,，、]*(?:郵遞區號|邮政编码|邮编|郵編|\d))/u;

/** Whether a message answers the question who is writing, with a part at least. */
export function answersWho({ now, lastReply }: Pick<Thread, 'now' | 'lastReply'>): boolean {
  return asksWho(lastReply) && Object.keys(answerIn(now, true)).length > 0;
}

/** Everything that the messages say of who writes, later ones over earlier ones; null if that is not enough for anybody. */
export function claimOf(
  { text, history }: Pick<OfflineTurn, 'text' | 'history'>,
  { written, earlier }: Thread,
): Claim | null {
  const claim: Claim = {};
  for (const said of [...earlier, ...written]) Object.assign(claim, claimIn(said));
  let wasAsked = false;
  for (const said of [...history, { author: 'CUSTOMER' as const, text }]) {
    if (said.author === 'ASSISTANT') wasAsked = asksWho(said.text);
    else if (wasAsked) Object.assign(claim, answerIn(said.text, true));
  }
  if (!claim.email && !(claim.firstName && claim.lastName && claim.postcode)) return null;
  return claim;
}

/** Whether a message says something of who writes. */
export function saysWho(text: string): boolean {
  const { email, postcode, lastName } = claimIn(text);
  return Boolean(email ?? (postcode && lastName));
}

/** Whether a message says a part of who writes: a name without a postcode. */
export function saysPart(text: string): boolean {
  return Boolean(claimIn(text).lastName);
}

function claimIn(text: string): Claim {
  const [email] = text.match(emailAddresses) ?? [];
  const [orderNumber] = numbersIn(text);
  const rest = text.replace(emailAddresses, ' ').replace(writtenNumber, ' ');
  const postcode = namedPostcode.exec(rest)?.[1] ?? barePostcode.exec(rest)?.[1];
  return {
    ...(email && { email }),
    ...nameIn(rest),
    ...(postcode && { postcode }),
    ...(orderNumber && { orderNumber }),
  };
}

function nameIn(text: string): Pick<Claim, 'firstName' | 'lastName'> {
  const [, introduced, alone] = hanName.exec(text) ?? [];
  const han = introduced ?? alone;
  // Family names are one character; the few of two are written with a space by who wants them told apart.
  if (han) return { lastName: han.slice(0, 1), firstName: han.slice(1) };
  const [, firstName, lastName] = latinNames.map((name) => name.exec(text)).find(Boolean) ?? [];
  return firstName && lastName ? { firstName, lastName } : {};
}
