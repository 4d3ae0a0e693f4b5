import type { AgentKind, Intent, Said } from '@supportgraph/conversation';
import type { Classification } from './classifier.js';
import { splitClauses } from './clauses.js';
import { withoutEntities } from './entities.js';
import { isSelfContained } from './selfContained.js';
import type { Entity } from './triage.js';

/** What an agent's question was about. The others ask nothing that they wait for. */
export const intentOf: Readonly<Partial<Record<AgentKind, Intent>>> = {
  FAQ: 'FAQ',
  ORDERS: 'ORDER',
  REFUNDS: 'REFUND',
  TECHSUPPORT: 'TECHNICAL',
};

/** Longer messages are no mere answers. */
const mostCharacters = 160;
/** A wish that a clause says with this chance is one, whatever was asked. */
const clearWish = 0.95;
/** In a question, beside an order number, and where a person may be wanted, less is enough. */
const likelyWish = 0.5;

const asksSomething = /[?？]|\b(?:please|write|name|tell|send|give)\b|請|请/i;
const endsWithQuestion = /[?？][\s\p{P}]*$/u;
const isQuestion = /[?？]|嗎|吗/u;

/** What the agent answers that asked the customer something just now; null if none did. */
export function askedIntent(history: readonly Said[]): Intent | null {
  const last = lastReply(history);
  if (!last) return null;
  // An article is full of requests that are none to the customer.
  const asks = last.agent === 'FAQ' ? endsWithQuestion : asksSomething;
  return asks.test(last.text) ? (intentOf[last.agent] ?? null) : null;
}

interface Reply {
  agent: AgentKind;
  text: string;
}

/** What was last said to the customer; null if nothing was. */
export function lastSaid(history: readonly Said[]): Said | null {
  return history.findLast(({ author }) => author !== 'CUSTOMER') ?? null;
}

function lastReply(history: readonly Said[]): Reply | null {
  const last = lastSaid(history);
  return last?.author === 'ASSISTANT' && last.agent ? { agent: last.agent, text: last.text } : null;
}

const yesOrNoQuestion =
  /\b(?:shall|should|may|do|does|did|is|are|was|were|can|could|would|will|have|has) (?:i|we|you|it|that|this|they|the|your)\b[^.?!\n]*\?|[嗎吗][？?]/giu;
/** Whoever says yes to this wants to go on, but not yet with what. */
const anythingElse = /anything else|something else|other questions|其他|還有|还有/iu;

/** What the agent answers that just now asked something that yes is an answer to; null if none did. */
export function intentOfYes(history: readonly Said[]): Intent | null {
  const last = lastReply(history);
  const questions = last?.text.match(yesOrNoQuestion) ?? [];
  return last && questions.some((question) => !anythingElse.test(question)) ? (intentOf[last.agent] ?? null) : null;
}

/** Whether a message answers what an agent asked, rather than wants something new. */
export function answersQuestion(
  text: string,
  entities: readonly Entity[],
  asked: Intent,
  { found }: Classification,
): boolean {
  if (text.length > mostCharacters) return false;
  if (onlyGives(text, entities)) return true;
  if (asked === 'FAQ' && isSelfContained(splitClauses(text))) return false;
  const isMarked = isQuestion.test(text) || entities.some(({ name }) => name === 'order_number');
  const least = (intent: Intent) => (isMarked || intent === 'HUMAN' ? likelyWish : clearWish);
  const others = found.filter(({ intent }) => intent !== asked && intent !== 'UNKNOWN');
  return others.every(({ intent, confidence }) => confidence < least(intent) || isDetail(text, intent));
}

/** What goes on with the same thing, and names only what is different. */
const goesOn = /^(?:and|also|what about|how about)\b|^(?:那|還有|还有)|呢[\s\p{P}]*$/iu;
const longestAddition = 60;

/** Whether a message takes up a word of what was told of goods: “in olive, 24 litres?”. */
function takesUp(text: string, reply: Reply): boolean {
  const words = new Set(reply.text.toLowerCase().match(longerWord) ?? []);
  return isOfGoods(reply) && (text.toLowerCase().match(longerWord) ?? []).some((word) => words.has(word));
}
const isOfGoods = ({ agent, text }: Reply) => agent === 'FAQ' && /[:：] ?[A-Z]{3} \d/u.test(text);
const longerWord = /[\p{Script=Latin}]{4,}/gu;

/** What the customer has, or wants done. */
const ofOwn = /\b(?:i|my|me|mine|order|return|exchange|refund|cancel)\b|我|[訂订][單单]|退|取消/iu;

/** What the agent answers that spoke last, if a message only adds to what it was asked; else null. */
export function addedTo(text: string, history: readonly Said[], { found }: Classification): Intent | null {
  const last = lastReply(history);
  const intent = last && intentOf[last.agent];
  if (!intent || text.length > longestAddition) return null;
  if (intent === 'REFUND' && asksWhereTo.test(text)) return intent;
  if (!(goesOn.test(text.trim()) || takesUp(text, last))) return null;
  // “And in red, size 42?” sounds like an exchange, where it is not said of what.
  const least = isOfGoods(last) && !ofOwn.test(text) ? clearWish : likelyWish;
  const wantsElse = found.some((each) => !['UNKNOWN', intent].includes(each.intent) && each.confidence >= least);
  return wantsElse ? null : intent;
}

/** Where goods go that are to be sent back; what came of it was said just before. */
const asksWhereTo =
  /\bwhere\b.*\b(?:send|ship|return|bring|post)\b|\bwhat address\b|(?:寄|退|送)(?:回|到|去)?(?:去)?(?:哪|什[麼么]地方)|(?:退[貨货]|寄回).{0,4}地址/iu;

const pointsAtOrder = /\border\b|\bW\d|訂單|订单|一筆|一笔|那筆|那笔/i;
const doesWithOrder =
  /[?？]|嗎|吗|\b(?:cancel|where|track|status|change|address|arriv\w*|deliver\w*|ship\w*|when|invoice)\b|取消|哪|改|換|换|到|寄|送|進度|进度|何時|何时|發票|发票/i;
const choosesVariant = /換成|换成|改成|\b(?:change|swap|switch)\b.*\b(?:to|into|for)\b/i;
const sendsBack = /refund|return|exchange|money|send back|退|換貨|换货/i;

/** Where money is to go, and of which payment not a word. */
export const choosesMethod =
  /^(?!.*(?:\border\b|\bpa(?:y|id|yment)\b|付款|訂單|订单|W\d)).*(?:\b(?:to|onto|use|with)\b.*\b(?:card|paypal|visa|mastercard)\b|[改換换用退].*(?:卡|paypal))/iu;

/** Whether what sounds like a wish only says which order, into what an item is to be changed, or where money is to go. */
function isDetail(text: string, intent: Intent): boolean {
  if (intent === 'ORDER') return (pointsAtOrder.test(text) && !doesWithOrder.test(text)) || choosesMethod.test(text);
  return intent === 'REFUND' && choosesVariant.test(text) && !sendsBack.test(text);
}

// Words around an e-mail address or an order number that want nothing of their own.
const introduces =
  /\b(?:oh|oops|sorry|it|its|this|that|here|is|s|my|the|e|e ?mail|mail|address|account|order|number|no|nr|i|m|am|name|and|use|try|should be|please|thanks)\b|不好意思|抱歉|對不起|对不起|我的|信箱|郵箱|邮箱|電子郵件|电子邮件|郵件|邮件|帳號|账号|訂單|订单|編號|编号|單號|单号|號碼|号码|應該|应该|請用|请用|是|為|为|在這裡|在这里|這個|这个|謝謝|谢谢/giu;
/** Whether a message only gives an e-mail address or an order number; a name and a postcode sound like no wish anyway. */
function onlyGives(text: string, entities: readonly Entity[]): boolean {
  const isGiven = entities.some(({ name }) => name === 'email' || name === 'order_number');
  return isGiven && withoutEntities(text).replace(introduces, '').trim() === '';
}
