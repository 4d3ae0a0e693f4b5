import {
  answerToOffer,
  lastReply,
  offeringIfRepeated,
  staysHere,
  wasJustSaid,
  type OfflinePlaybook,
  type OfflineTurn,
} from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import { asksWhetherSold, namesToFind, toldOfProducts } from './products.js';
import { questionsIn, type Question } from './questions.js';
import type { FoundFaq, FoundFaqs } from './tools.js';
import { isVague } from './vague.js';

/** Below this the entry is near to the question rather than its answer, and the reply says so. */
const sureScore = 0.6;
/** Below this an entry does not answer whether there is such a thing. */
const leastForGoods = 0.5;

const hello: Text = { en: 'Hello!', 'zh-Hant': '您好！' };
const closest: Text = { en: 'This is the closest I found:', 'zh-Hant': '以下是最接近的說明：' };
const nothingFound: Text = {
  en: 'I found no answer to this in our help pages, and I do not want to guess. Shall I pass you on to a colleague?',
  'zh-Hant': '我在說明中找不到這個問題的答案，也不想隨意猜測。要為您轉接同事嗎？',
};

/** How the FAQ agent answers without a model: it searches for each question, and for a product that one names, and gives what it finds. */
export const faqOffline: OfflinePlaybook = (turn) => {
  const offer = answerToOffer(turn);
  if (offer === 'YES' || wantsPerson(turn)) return { call: [transfer('CUSTOMER_ASKED', turn)] };
  if (offer === 'NO') return { say: staysHere[turn.language] };
  const lookUps = lookUpsFor(turn);
  const calls = lookUps.flatMap(callsFor);
  if (turn.results.length === 0 && calls.length > 0) return { call: calls };
  const answers = answersTo(lookUps, turn);
  const products = answers.flatMap(({ product }) => product ?? []);
  const found = answers.flatMap(({ entry }) => entry ?? []);
  const nothing = found.length === 0 && products.length === 0;
  if (nothing && wasJustSaid(turn, nothingFound)) return { call: [transfer('LOW_CONFIDENCE', turn)] };
  const told = [...products, ...(products.length === 0 || found.length > 0 ? [reply(turn, found)] : [])];
  const step = { say: [greeting(turn), told.join('\n\n')].filter(Boolean).join(' ') };
  return products.length > 0 ? step : offeringIfRepeated(turn, step);
};

/** A question, and the products to look for. */
interface LookUp extends Question {
  names: readonly string[];
}

/** Three words: “hi” and “ok” are about nothing. */
const saysSomething = /\p{Script=Han}{3}|\S+\s+\S+\s+\S+/u;

function lookUpsFor(turn: OfflineTurn): LookUp[] {
  const asked = turn.history.findLast(({ author, text }) => author === 'CUSTOMER' && !isVague(text))?.text ?? '';
  const earlier = saysSomething.test(asked) ? asked : null;
  return questionsIn(turn.text, earlier).map((question) => ({ ...question, names: namesToFind(question.said, turn) }));
}

/** The FAQ is asked about products too: the shop may not sell what is named. */
function callsFor({ query, names }: LookUp) {
  const search = query === null ? [] : [{ name: 'search_faqs', input: { query } }];
  return [...search, ...names.map((name) => ({ name: 'find_product', input: { name } }))];
}

function answersTo(lookUps: readonly LookUp[], turn: OfflineTurn): Answer[] {
  const answers: Answer[] = [];
  for (const lookUp of lookUps)
    answers.push(answerTo(lookUp, turn, [lastReply(turn), ...answers.flatMap(({ entry }) => entry?.answer ?? [])]));
  return answers;
}

/** What is said to a question that is looked up: of a product, or by an entry. */
interface Answer {
  product?: string;
  entry?: FoundFaq;
}

function answerTo({ said, query, names }: LookUp, turn: OfflineTurn, told: readonly string[]): Answer {
  const product = toldOfProducts(said, names, turn);
  if (product !== null) return { product };
  const search = turn.results.find(
    ({ tool, input }) => tool === 'search_faqs' && (input as { query: string }).query === query,
  );
  // Our own tool's answer, or an error's text when it failed.
  const entries = !search || search.failed ? [] : (search.output as FoundFaqs).entries;
  // Whoever asks on has read that one.
  const entry = entries.find(({ answer }) => !isVague(said) || !told.some((each) => each.includes(answer)));
  if (!entry || !isOnTopic(entry, said)) return {};
  // Whoever asks for goods that there are not is not helped by an entry that only shares a word.
  return entry.score >= leastForGoods || !asksWhetherSold(said) ? { entry } : {};
}

/** What an entry that answers a question with these words cannot leave out. */
const topics = [
  /gift ?cards?|[禮礼][品物]卡/iu,
  /\breturn(?:s|ed|ing)?\b|\bsen[dt](?:ing)?\b.*\bback\b|退貨|退货/iu,
  /\b(?:exchang(?:e[sd]?|ing)|swap)\b|換貨|换货/iu,
];

/** Whether an entry speaks of what the question names: how long a card is valid says nothing of gift cards. */
function isOnTopic({ question, answer }: FoundFaq, said: string): boolean {
  return topics.every((topic) => !topic.test(said) || topic.test(`${question} ${answer}`));
}

function reply({ language }: OfflineTurn, found: readonly FoundFaq[]): string {
  const entries = [...new Map(found.map((entry) => [entry.number, entry])).values()];
  const [first] = entries;
  if (!first) return nothingFound[language];
  const answers = entries.map(({ answer, number }) => `${answer} [${number}]`);
  const isSure = entries.some(({ score }) => score >= sureScore);
  return isSure ? answers.join('\n\n') : `${closest[language]}\n\n${answers.join('\n\n')}`;
}

function greeting({ text, language, history }: OfflineTurn): string {
  const greets =
    /^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening))\b|^\s*(?:你好|您好|嗨|哈囉|早安|午安|晚安)/i.test(text);
  return greets && history.length === 0 ? hello[language] : '';
}

function wantsPerson({ text }: OfflineTurn): boolean {
  const asks =
    /\b(?:talk|speak|connect|transfer|pass|get|want|need|give)\b.{0,30}\b(?:person|human|agent|colleague|representative|somebody|someone)\b/i.test(
      text,
    ) || /(?:轉接|转接|找|要|換|叫).{0,6}(?:真人|專人|专人|客服|同事|人工)/u.test(text);
  const isHow = /^\s*how\b|如何|怎麼|怎么/i.test(text);
  return asks && !isHow;
}

function transfer(reason: 'CUSTOMER_ASKED' | 'LOW_CONFIDENCE', { text }: OfflineTurn) {
  const what = reason === 'CUSTOMER_ASKED' ? 'The customer asks for a person' : 'Nothing was found twice';
  return { name: 'transfer_to_person', input: { reason, summary: `${what}: ${text}`.slice(0, 500) } };
}
