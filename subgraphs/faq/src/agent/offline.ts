import {
  answerToOffer,
  offeringIfRepeated,
  staysHere,
  wasJustSaid,
  type OfflinePlaybook,
  type OfflineTurn,
} from '@supportgraph/agent';
import { asksForProduct, describeProducts, goodsInEnglish } from '@supportgraph/commerce';
import type { Text } from '@supportgraph/kernel';
import type { FoundFaq, FoundFaqs, FoundProducts } from './tools.js';

/** Searches for one message: more questions than that are not answered at once. */
const mostSearches = 3;
/** Below this the entry is near to the question rather than its answer, and the reply says so. */
const sureScore = 0.6;
const longestQuery = 300;
const longestName = 100;

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
  const searches = turn.results.filter(({ tool }) => tool === 'search_faqs');
  if (searches.length === 0) return { call: questionsIn(turn.text).flatMap(callsFor) };
  const products = productsIn(turn);
  const unanswered = searches.filter((_, index) => !products.has(index));
  // Our own tool's answer, or an error's text when it failed.
  const found = unanswered.flatMap(({ output, failed }) => (failed ? [] : (output as FoundFaqs).entries.slice(0, 1)));
  const nothing = found.length === 0 && products.size === 0;
  if (nothing && wasJustSaid(turn, nothingFound)) return { call: [transfer('LOW_CONFIDENCE', turn)] };
  const told = [...products.values(), ...(products.size === 0 || found.length > 0 ? [reply(turn, found)] : [])];
  return offeringIfRepeated(turn, { say: [greeting(turn), told.join('\n\n')].filter(Boolean).join(' ') });
};

/** What is looked up for a question. The FAQ is asked about products too: the shop may not sell what is named. */
function callsFor(query: string) {
  const search = { name: 'search_faqs', input: { query } };
  if (!asksForProduct(query)) return [search];
  return [search, { name: 'find_product', input: { name: nameIn(query) } }];
}

const nameIn = (query: string) => goodsInEnglish(query).replace(/\s+/g, ' ').trim().slice(0, longestName);

/** What is said of the products that were found, by the place of the question. */
function productsIn({ results, text, language }: OfflineTurn): Map<number, string> {
  const found = new Map<number, string>();
  for (const [index, query] of questionsIn(text).entries()) {
    const search = results.find(
      ({ tool, input }) => tool === 'find_product' && (input as { name: string }).name === nameIn(query),
    );
    // Our own tool's answer, or an error's text when it failed.
    const products = search && !search.failed ? (search.output as FoundProducts).products : [];
    if (products.length > 0) found.set(index, describeProducts(products, query, language));
  }
  return found;
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

/** The questions of a message, or the whole of it. */
function questionsIn(text: string): string[] {
  const pieces = text
    .split(
      /[?!？！。\n]+|\b(?:and|also)\s+(?=(?:what|how|can|could|do|does|is|are|where|when|which|why|will)\b)|[，,]?(?:另外|以及)|[，,\s](?:還有|还有)/i,
    )
    .map((piece) => piece.trim())
    .filter((piece) => /\p{L}{2}/u.test(piece));
  const questions = pieces.filter((piece) => !isGreeting(piece)).slice(0, mostSearches);
  return (questions.length > 0 ? questions : [text.trim()]).map((question) => question.slice(0, longestQuery));
}

function isGreeting(piece: string): boolean {
  return /^(?:hi|hello|hey|thanks|thank you|good (?:morning|afternoon|evening)|你好|您好|嗨|哈囉|謝謝|谢谢)[\s,，there]*$/i.test(
    piece,
  );
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
