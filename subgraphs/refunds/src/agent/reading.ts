import type { OfflineTurn } from '@supportgraph/agent';
import type { Claim } from './speaker.js';

/** What a message is about. */
export type Topic = 'STATUS' | 'AMOUNT' | 'LIST' | 'RETURN' | 'EXCHANGE' | 'REFUND';

/** A question, as far as it can be read from what was written. */
export interface Question {
  topic: Topic | null;
  /** Orders it is about, as `#W…`; none if it names none. */
  orderNumbers: readonly string[];
  /** The words it was asked with, in which an item may be named. */
  words: string;
}

/** The first that fits is the topic; Chinese in both scripts. */
const topics: readonly (readonly [Topic, RegExp])[] = [
  [
    'LIST',
    /\b(?:what|which|any(?:thing)?)\b.{0,30}\b(?:orders?|items?|things?|purchases?|i)\b.{0,30}\b(?:return|exchange|send back|sent back)|(?:哪些|哪幾|哪几|哪筆|哪笔|哪個|哪个|什[麼么](?!時候|时候)).{0,12}(?:退|換|换)/i,
  ],
  [
    'AMOUNT',
    /\bhow much\b.{0,40}\b(?:back|refund\w*|return\w*|get|receive)\b|\bwhat (?:would|will|do|can) i get back\b|\b(?:full|whole) (?:amount|price|refund)\b|多少.{0,8}(?:退|錢|钱)|(?:退|拿回|拿到).{0,8}多少|全額|全额/i,
  ],
  [
    'REFUND',
    /^(?![^]*(?:\b(?:where|when|status|progress|yet)\b|進度|进度|狀態|状态|何時|何时|收到))[^]*(?:\brefund\b(?:\s+(?:me|of|for|us|usd|an?|amount))*\s*\$?\d|(?:退款|退費|退费|退錢|退钱)\s*\d|\b(?:want|like|get|give|need|have|claim|ask)\b.{0,30}(?<![\w#.])\$?\d{1,6}(?:\.\d{1,2})?\s*(?:usd|dollars?|twd|nt\$?|euros?|pounds?)?\s+back\b|退(?:我|給我|给我|回)?\s*\$?\d)/i,
  ],
  [
    'STATUS',
    /\bwhat about (?:my|the) (?:refund|return|exchange)\b|\b(?:where|when|status|progress|track|update|check on|what happened)\b.{0,40}\b(?:refund\w*|money|return|exchange)\b|\b(?:refund\w*|money|return|exchange)\b.{0,40}\b(?:status|progress|arriv\w*|come|came|yet|taking|take so long|through|approved|processed|pending|late|stuck|missing|received|credited)\b|\b(?:got|get|received?|seen?)\b.{0,20}\b(?:refund|money)\b.{0,20}\byet\b|\b(?:haven.?t|have not|didn.?t|did not|never|still not|not yet)\b.{0,25}\b(?:refund\w*|money)\b/i,
  ],
  [
    'STATUS',
    /(?:退款|退費|退费|退錢|退钱|退貨|退货|換貨|换货).{0,14}(?:到(?!底|[禮礼]|信用|我)|進度|进度|狀態|状态|何時|何时|時候|时候|多久|入帳|入账|收到|處理|处理|好了|在哪|呢|沒有?下來|没有?下来|核准|通過|通过)|(?:何時|何时|時候|时候|還沒|还没|沒收到|没收到|收到|查).{0,14}(?:退款|退費|退费|退錢|退钱|退貨|退货|換貨|换货|錢|钱)|(?:錢|钱).{0,8}(?:退|回來|回来|到帳|到账)/u,
  ],
  [
    'EXCHANGE',
    /\bexchang\w*\b|\bswap\w*\b|\bdifferent (?:size|colou?r)\b|換貨|换货|換成|换成|換一|换一|想換|想换|可以換|可以换/i,
  ],
  [
    'RETURN',
    /\breturn(?:s|ed|ing|able)?\b|\b(?:send|sending|sent|give|bring|ship)\b.{0,30}\bback\b|退貨|退货|退回|寄回|(?:可以|能|想|要|可|幫我|帮我)退(?![款費费錢钱])|退掉/i,
  ],
  ['REFUND', /\brefund\w*\b|\bmoney back\b|\breimburs\w*\b|退款|退費|退费|退錢|退钱/i],
];

const orderNumberPattern = /#?\b(W\d{5,12})\b/gi;
const emailPattern = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/;

/** The question that one message asks. */
export function questionIn(text: string): Question {
  const topic = topics.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
  return { topic, orderNumbers: orderNumbersIn(text), words: text };
}

/**
 * The question to answer: that of the message. What it does not say is taken from what was asked before, so that an
 * e-mail address, an order number or an item alone goes on with the question for which it was asked.
 */
export function questionOf({ text, history }: Pick<OfflineTurn, 'text' | 'history'>): Question {
  const now = questionIn(text);
  const before = history.flatMap(({ author, text }) => (author === 'CUSTOMER' ? questionIn(text) : [])).reverse();
  const asked = now.topic ? now : before.find(({ topic }) => topic !== null);
  if (!asked) return now;
  const isAboutAll = asked.topic === 'LIST' || /\b(?:all|any|every)\b|所有|全部|任何/i.test(now.words);
  const named = [now, asked, ...(isAboutAll ? [] : before)].find(({ orderNumbers }) => orderNumbers.length > 0);
  return {
    topic: asked.topic,
    orderNumbers: named?.orderNumbers ?? [],
    words: now === asked ? now.words : `${asked.words}\n${now.words}`,
  };
}

function orderNumbersIn(text: string): string[] {
  return [...new Set([...text.matchAll(orderNumberPattern)].map(([, number]) => `#${number!.toUpperCase()}`))];
}

/** What the customer writes of themselves in this message; null if nothing. Parts may have been written before. */
export function claimIn({ text, history }: Pick<OfflineTurn, 'text' | 'history'>, wasAsked: boolean): Claim | null {
  const said = claimOf(text, wasAsked);
  if (Object.keys(said).length === 0) return null;
  const written = history.filter(({ author }) => author === 'CUSTOMER').map((each) => each.text);
  const earlier = wasAsked ? written.map((each) => claimOf(each, true)) : [];
  const [orderNumber] = orderNumbersIn([text, ...written].join('\n'));
  const claim = Object.assign({}, ...earlier, said, orderNumber && { orderNumber }) as Claim;
  return claim.email || (claim.firstName && claim.lastName && claim.postcode) ? claim : null;
}

function claimOf(text: string, wasAsked: boolean): Claim {
  const email = emailPattern.exec(text)?.[0];
  const rest = text.replace(emailPattern, ' ').replace(orderNumberPattern, ' ');
  const name = nameIn(rest, wasAsked);
  const postcode =
    wasAsked || name || /post ?code|\bzip\b|郵遞區號|邮政编码|邮编|郵編/i.test(rest) ? postcodeIn(rest) : null;
  return { ...(email && { email }), ...name, ...(postcode && { postcode }) };
}

const saysName = /(?:\bmy name is|\bi am|\bi.?m|\bthis is|\bname:?|我是|我叫|姓名是?|名字是?)[\s:：]*/iu;

function nameIn(text: string, wasAsked: boolean): Pick<Claim, 'firstName' | 'lastName'> | null {
  const lead = saysName.exec(text);
  if (!lead && !wasAsked) return null;
  const rest = lead ? text.slice(lead.index + lead[0].length) : text;
  const latin = /^[\s,，]*(\p{Lu}[\p{L}'’.-]*)\s+(\p{Lu}[\p{L}'’-]*(?:\s\p{Lu}[\p{L}'’-]*)?)/u.exec(rest);
  if (latin) return { firstName: latin[1]!, lastName: latin[2]! };
  // A Chinese name is the family name, almost always of one character, and then the given name.
  const han = /^[\s,，]*(\p{Script=Han})(\p{Script=Han}{1,2})(?=[\s,，、。]|$|郵|邮)/u.exec(rest);
  return han ? { firstName: han[2]!, lastName: han[1]! } : null;
}

function postcodeIn(text: string): string | null {
  return /\b(?:\d{3,6}(?:-\d{3,4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b/i.exec(text)?.[0] ?? null;
}

/** Whether the customer wants it done, rather than to know whether it can be done. */
export function isWish(text: string): boolean {
  return !/\?|？|\b(?:can|could|may|would|am|is it|do) (?:i|it|this|possible)\b|嗎|吗|能不能|可不可以|可否|是否|多少/i.test(
    text,
  );
}

/** Whether all of an order is meant. */
export function meansAll(text: string): boolean {
  return /\b(?:all|everything|both|(?:whole|entire|full) (?:order|amount|lot))\b|全部|整筆|整笔|都要|都退|全額|全额/i.test(
    text,
  );
}

/** Money back that a message asks for, with its reason, as far as it says them; the amount is null for all that is left. */
export function refundWishIn(text: string): { amount?: string | null; reason?: string } {
  const [before = '', ...after] = text.split(/\b(?:because|since)\b|因為|因为|原因是?[:：]?/i);
  const amount = /(?<![\w.#])(\d{1,9}(?:\.\d{1,2})?)(?![\w.]*\d)/.exec(before.replace(orderNumberPattern, ' '))?.[1];
  const reason = (after.length > 0 ? after.join(' ') : besideWish(before))
    .trim()
    .replace(/^[,，:：\s]+/, '')
    .slice(0, 1_000);
  return {
    ...(amount ? { amount } : meansAll(before) && { amount: null }),
    ...(reason && { reason }),
  };
}

/** What a message says beside the wish itself: “the mug has a scratch” of “a refund of 5.00, the mug has a scratch”. */
function besideWish(text: string): string {
  const clauses = text.split(/[,，。;；!！\n]|\.(?!\d)/).filter((clause) => !/refund|money back|退款|退費|退费|退錢|退钱/i.test(clause)); // prettier-ignore
  const told = clauses.map((clause) =>
    clause
      .replace(orderNumberPattern, ' ')
      .replace(/^[\s的]+/, '')
      .trim(),
  );
  return told.filter((clause) => /\p{L}+\s+\p{L}+|\p{Script=Han}{3}/u.test(clause)).join(', ');
}

/** Whether the customer asks for a person. */
export function wantsPerson(text: string): boolean {
  return (
    /\b(?:talk|speak|chat|connect|transfer|pass|get|want|need|give)\b.{0,30}\b(?:person|human|agent|colleague|representative|somebody|someone|manager)\b/i.test(
      text,
    ) || /(?:轉接|转接|找|要|換|换|叫).{0,6}(?:真人|專人|专人|客服|同事|人工|主管)/u.test(text)
  );
}

const pause = String.raw`[\s,.!。！，、~～]*`;
const only = (words: string) => new RegExp(`^${pause}(?:(?:${words})${pause})+$`, 'i');
const polite = 'please|thanks?|thank you|thx|so much|a lot|謝謝|谢谢|感謝|感谢|你|您';
const yes = only(`yes|yeah|do|ok|okay|sure|go ahead|好|的|啊|可以|是|要|嗯|麻煩|麻烦|了|請|请|${polite}`);
const no = only(`no|nope|not now|不|用|要|必|先|了|${polite}`);
const politeOnly = only(polite);
const thanks = only(`ok|great|perfect|太好了|了解|知道了|好的|${polite}`);

/** A yes and nothing else. */
export const isYes = (text: string) => yes.test(text) && !politeOnly.test(text);

/** A no and nothing else. */
export const isNo = (text: string) => no.test(text) && /^\W*no|不/i.test(text);

/** Thanks and nothing else. */
export const isThanks = (text: string) => thanks.test(text);
