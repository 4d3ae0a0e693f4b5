import type { Text } from '@supportgraph/kernel';
import type { OfflineTurn } from './playbook.js';
import { holds } from './said.js';

/** What customers write of themselves, as far as they do. */
export interface WrittenClaim {
  email?: string;
  firstName?: string;
  lastName?: string;
  postcode?: string;
}

/**
 * What this message says of who writes, over what the customer wrote before. Messages that follow one of our questions are
 * read as answers to it: then a name or a postcode needs no words around it.
 */
export function claimOfTurn(
  { text, history }: Pick<OfflineTurn, 'text' | 'history'>,
  questions: readonly Text[],
): WrittenClaim {
  const asks = (reply: string) => questions.some((question) => holds(reply, question));
  let wasAsked = false;
  const claim: WrittenClaim = {};
  for (const said of [...history, { author: 'CUSTOMER' as const, text }]) {
    if (said.author === 'ASSISTANT') wasAsked = asks(said.text);
    else Object.assign(claim, claimIn(said.text, wasAsked));
  }
  return claim;
}

/** What one message says of who writes; `wasAsked`: whether it answers our question who that is. */
export function claimIn(text: string, wasAsked: boolean): WrittenClaim {
  const said = text.normalize('NFKC');
  const [email] = said.match(emailAddresses) ?? [];
  const rest = said.replaceAll(emailAddresses, ' ; ').replace(orderNumber, ' ; ');
  const called = namedPostcode.exec(rest)?.[1];
  const named = nameIn(rest, wasAsked);
  const postcode = called ?? named.postcode ?? (wasAsked || named.firstName ? barePostcode(rest) : undefined);
  const { firstName, lastName } = named;
  return {
    ...(email && { email }),
    ...(firstName && { firstName }),
    ...(lastName && { lastName }),
    ...(postcode && { postcode }),
  };
}

/** E-mail addresses as people write them. */
export const emailAddresses = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
const orderNumber = /#\s*[a-z0-9][\w-]{2,59}|\b[a-z]{1,3}-?\d{4,12}\b|(?:\border|訂單|订单)\s*(?:number|no\.?|編號|编号|号)?\s*(?:is|是|:)?\s*\d{4,12}\b/giu; // prettier-ignore
const code = String.raw`(?:\d{3,6}(?:-\d{3,4})?|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d)(?![\w-])(?!\s*(?:元|塊|块|usd|twd|dollars?|%))`;
const codeName = String.raw`(?:post ?code|postal code|zip(?: ?code)?|郵遞區號|邮政编码|邮编|郵編|区号|區號)`;
const namedPostcode = new RegExp(String.raw`${codeName}\s*(?:is|are|=|:|是|為|为)?\s*([a-z0-9][a-z0-9-]*(?: [a-z0-9]*\d[a-z0-9]*)?)`, 'iu'); // prettier-ignore

/** A number that may be a postcode; amounts are none. */
function barePostcode(text: string): string | undefined {
  return new RegExp(String.raw`(?<![\w#$.-])(?<!\$ )(${code})`, 'iu').exec(text)?.[1];
}

interface Named {
  firstName?: string;
  lastName?: string;
  /** If one stands right behind the name. */
  postcode?: string;
}

const lead =
  /(?:\b(?:my (?:full )?name(?: is|['’]?s)?|name(?: is)?\s*:?|(?:hi|hello|hey)[\s,]+(?:it['’]?s|this is|i['’]?m|i am)|i am|i['’]?m|this is|it['’]?s)|我叫|我是|姓名(?:是|:)?|名字(?:是|:)?)[\s:,]*/giu;
const word = String.raw`\p{Script=Latin}[\p{Script=Latin}'’-]+`;
const isCapital = (name: string) => /^\p{Lu}/u.test(name);

function nameIn(text: string, wasAsked: boolean): Named {
  const labelled = labelledName(text);
  if (labelled.firstName || labelled.lastName) return labelled;
  return latinName(text, wasAsked) ?? hanName(text, wasAsked) ?? {};
}

/** “First name Tobin, last name Ashgrove”. */
function labelledName(text: string): Named {
  const after = (label: string) => new RegExp(String.raw`(?:${label})\s*(?:is|:|=|是|為|为)?\s*(${word}|\p{Script=Han}{1,3})`, 'iu').exec(text)?.[1]; // prettier-ignore
  const firstName = after(String.raw`\b(?:first|given) ?name${/姓/u.test(text) ? '|名字' : ''}`);
  const lastName = after(String.raw`\b(?:last|family|sur) ?-?name|姓氏`);
  return { ...(firstName && { firstName }), ...(lastName && { lastName }) };
}

/** Two or three words that nothing but a name can be: behind “I am”, before a postcode, or alone after our question. */
function latinName(text: string, wasAsked: boolean): Named | null {
  const clauses = text.split(/[;!?\n。！？]|\.(?=\s|$)/);
  for (const clause of clauses) {
    const isWhole = clauses.every((other) => other === clause || !/\p{L}/u.test(other));
    for (const { lead, start } of startsIn(clause)) {
      const found = namePart.exec(start.replace(title, ''));
      if (!found?.[1]) continue;
      const { 1: names, 2: postcode, 3: rest = '' } = found;
      const parts = names.split(/[\s,]+/);
      if (parts.some((part) => noNames.test(part))) continue;
      const isIntroduced = lead !== null && (parts.every(isCapital) || /name|叫|姓/iu.test(lead));
      const isBare = !/\p{L}/u.test(rest) && (parts.every(isCapital) || !names.includes(',') || wasAsked);
      const isAlone = wasAsked && isBare && (lead !== null || (isWhole && start.length > clause.length / 2));
      if (!isIntroduced && !isAlone && !(postcode && (lead !== null || isBare))) continue;
      const [firstName = '', ...last] = parts;
      return { firstName, lastName: last.join(' '), ...(postcode && { postcode }) };
    }
  }
  return null;
}

/** Where a name may begin: behind words that introduce it, at the beginning, or behind a comma. */
function startsIn(clause: string): { lead: string | null; start: string }[] {
  const leads = [...clause.matchAll(lead)].map(({ 0: lead, index }) => ({ lead, start: clause.slice(index + lead.length) })); // prettier-ignore
  const commas = [...clause.matchAll(/,/g)].map(({ index }) => ({ lead: null, start: clause.slice(index + 1) }));
  return [...leads, { lead: null, start: clause.replace(filler, '') }, ...commas];
}

const filler = /^[\s,]*(?:(?:hi|hello|hey|ok|okay|sure|yes|yeah|of course|你好|您好|好的?)(?![\p{L}'’])[\s,]*)*/iu;
const title = /^[\s,]*(?:mr|mrs|ms|miss|dr)\.?\s+/iu;
/** Words that are in sentences and not in names: a text with one of them is none. */
const noNames = /^(?:a|about|actually|address|again|all|also|always|am|an|and|another|any|anything|apartment|are|as|ask|asking|at|back|bag|be|because|been|blue|bought|box|broken|but|buy|buying|by|can|cancel|cancelled|card|change|charged|check|code|confused|could|customer|damaged|day|days|delivered|delivery|did|do|does|don['’]?t|dont|else|email|e-mail|exchange|first|for|forgot|found|from|full|get|getting|gift|give|go|going|gone|good|got|green|had|happy|has|have|having|hello|help|her|here|hi|him|his|how|i|if|in|interested|is|it|item|items|it['’]?s|its|just|keep|know|last|late|left|like|live|looking|lost|made|mail|me|missing|money|more|much|my|name|need|never|new|no|none|not|nothing|now|number|of|ok|okay|old|on|one|only|or|order|ordered|orders|other|our|out|paid|parcel|pay|paypal|person|phone|please|post|postal|postcode|problem|product|purchase|question|quite|ready|really|received|red|refund|refunds|reply|return|returning|returns|right|same|say|see|send|sent|she|shipping|shop|should|size|so|some|someone|something|sorry|status|still|stuck|sure|talk|tell|thank|thanks|that|that['’]?s|the|their|them|then|there|these|they|thing|things|think|this|to|told|too|track|tracking|trying|unhappy|up|upset|us|use|very|waiting|want|wanted|was|we|were|what|when|where|which|who|why|will|wish|with|would|writing|wrong|yes|yet|you|your|zip)$/iu; // prettier-ignore
/** Names up to a comma, a postcode or a word that ends them; then the postcode, then the rest. */
const namePart = new RegExp(
  String.raw`^[\s,]*(${word}(?:\s+|,\s*)${word}(?:\s+(?!(?:and|from|in|at|but|with|zip|post|postal|postcode|my|the|is|i|e-?mail)\b)${word})?)(?:[\s,]+(?:and|from|in|my|at|the|is|postcode|postal|post|code|zip|${codeName})(?![\p{Script=Latin}]))*[\s,:]*(${code})?(.*)$`,
  'iu',
);

/** A Chinese name is the family name, almost always of one character, and then the given name. */
function hanName(text: string, wasAsked: boolean): Named | null {
  const lead = String.raw`(?:我叫|我是|姓名(?:是|:)?|名字(?:是|:)?)`;
  const end = String.raw`(?=[\s,、。;]|$|郵|邮|\d)`;
  const introduced = new RegExp(String.raw`${lead}\s*(\p{Script=Han}{2,3})${end}`, 'u').exec(text)?.[1];
  const alone = wasAsked
    ? /^[\s,、]*(\p{Script=Han}{2,3})(?=[\s,、;]*(?:郵|邮|区号|區號|\d|$))/u.exec(text)?.[1]
    : null;
  const name = introduced ?? alone;
  if (!name || /[的了嗎吗呢嗯好是不沒没要退換换款貨货錢钱謝谢誰谁]/u.test(name)) return null;
  return { firstName: name.slice(1), lastName: name.slice(0, 1) };
}
