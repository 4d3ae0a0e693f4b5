import {
  answerToOffer,
  offeringIfRepeated,
  staysHere,
  wasJustSaid,
  type OfflinePlaybook,
  type OfflineTurn,
} from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import type { FoundGuide, FoundGuides } from './tools.js';

const longestProblem = 300;

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
  danger: {
    en: 'Please stop using it and unplug it if that is safe.',
    'zh-Hant': '請立即停止使用；若安全無虞，請拔除電源。',
  },
} satisfies Record<string, Text>;

/** How the tech-support agent answers without a model: it searches for a guide and gives its steps. */
export const techsupportOffline: OfflinePlaybook = (turn) => {
  const { text, language, results } = turn;
  if (isDangerous(text))
    return { say: sentences.danger[language], call: [transfer('OUT_OF_SCOPE', `Danger: ${text}`)] };
  const offer = answerToOffer(turn);
  if (offer === 'NO') return { say: staysHere[language] };
  if (offer === 'YES' || wantsPerson(turn))
    return { call: [transfer('CUSTOMER_ASKED', `A technical problem was not solved: ${text}`)] };
  const search = results.find(({ tool }) => tool === 'search_guides');
  if (!search) return { call: [{ name: 'search_guides', input: { problem: text.trim().slice(0, longestProblem) } }] };
  // Our own tool's answer, or an error's text when it failed.
  const [guide] = search.failed ? [] : (search.output as FoundGuides).guides;
  if (!guide && wasJustSaid(turn, sentences.nothingFound))
    return { call: [transfer('LOW_CONFIDENCE', `No guide was found twice: ${text}`)] };
  return offeringIfRepeated(turn, { say: guide ? stepsOf(guide, turn) : sentences.nothingFound[language] });
};

function stepsOf({ title, steps, number }: FoundGuide, { language }: OfflineTurn): string {
  const list = steps.map((step, index) => `${index + 1}. ${step}`).join('\n');
  return `**${title}** [${number}]\n\n${sentences.tryThis[language]}\n\n${list}\n\n${sentences.tellUs[language]}`;
}

function isDangerous(text: string): boolean {
  return /\b(?:smoke|smoking|on fire|burn(?:s|ing|t)?|spark(?:s|ing)?|swollen|exploded?)\b|冒煙|冒烟|起火|燒焦|烧焦|火花|膨脹|膨胀|爆炸/i.test(
    text,
  );
}

function wantsPerson({ text, history }: OfflineTurn): boolean {
  const asks =
    /\b(?:talk|speak|connect|transfer|pass|get|want|need)\b.{0,30}\b(?:person|human|agent|colleague|technician|someone)\b/i.test(
      text,
    ) || /(?:轉接|转接|找|要|換|叫).{0,6}(?:真人|專人|专人|客服|同事|人工)/u.test(text);
  const last = history.findLast(({ author }) => author === 'ASSISTANT')?.text ?? '';
  const said = (sentence: Text) => Object.values(sentence).some((each) => last.includes(each));
  const failed =
    /\b(?:none|nothing|neither|no step)\b.{0,20}\b(?:help|work)|still (?:not|does|doesn)|都沒有?用|都没有?用|還是不行|还是不行|沒有效|没有效/i.test(
      text,
    );
  return asks || (failed && said(sentences.tellUs));
}

function transfer(reason: 'CUSTOMER_ASKED' | 'OUT_OF_SCOPE' | 'LOW_CONFIDENCE', summary: string) {
  return { name: 'transfer_to_person', input: { reason, summary: summary.slice(0, 500) } };
}
