import { wasJustSaid, type OfflinePlaybook, type OfflineTurn } from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';

interface Reply {
  matches: RegExp;
  say: Text;
}

const help: Text = {
  en: 'I can help with general questions, your orders, returns and refunds, and technical problems.',
  'zh-Hant': '我可以協助一般問題、您的訂單、退換貨與退款，以及技術問題。',
};

// The first that matches answers.
const replies: readonly Reply[] = [
  {
    matches: /\b(?:bye|goodbye|see you)\b|再見|拜拜|掰掰/i,
    say: { en: 'Goodbye, and have a good day!', 'zh-Hant': '再見，祝您有美好的一天！' },
  },
  {
    matches:
      /\b(?:are|r) (?:you|u) (?:still )?(?:there|here)\b|\b(?:any(?:one|body)|some(?:one|body)) (?:there|here)\b|在[嗎吗]|有人[嗎吗]/i,
    say: {
      en: `Yes, I am here. ${help.en} What can I do for you?`,
      'zh-Hant': `在的！${help['zh-Hant']}請問需要什麼協助呢？`,
    },
  },
  {
    matches: /\bjokes?\b|笑話|笑话/i,
    say: {
      en: `I am better at parcels than at jokes, I am afraid. ${help.en} What can I do for you?`,
      'zh-Hant': `說笑話我不太在行，處理訂單比較拿手。${help['zh-Hant']}請問需要什麼協助呢？`,
    },
  },
  {
    matches: /^(?:lo+l|l+mao|rofl|xd+|(?:ha){2,}h?|(?:he){2,}|[哈呵嘻]{2,}|笑死)[\s\p{P}\p{S}]*$/iu,
    say: { en: `Good to hear you laugh! What can I do for you?`, 'zh-Hant': '很高興您心情不錯！請問需要什麼協助呢？' },
  },
  {
    matches: /\b(?:thanks?|thank you|thx|cheers)\b|謝謝|谢谢|感謝|感谢|多謝/i,
    say: {
      en: 'You are welcome! Is there anything else I can do for you?',
      'zh-Hant': '不客氣！還有什麼需要幫忙的嗎？',
    },
  },
  {
    matches:
      /\b(?:who|what) are you\b|\bare you (?:a )?(?:human|person|bot|robot|real|an? ai)\b|你是誰|你是谁|你是.{0,4}(?:機器人|机器人|真人)/i,
    say: {
      en: `I am the shop's automatic assistant, not a person. ${help.en} If you would like a person, just say so.`,
      'zh-Hant': `我是商店的自動客服助理，不是真人。${help['zh-Hant']}若您想與專人對話，請直接告訴我。`,
    },
  },
  {
    matches: /\bhow are you\b|你好嗎|你好吗/i,
    say: {
      en: `All is well, thank you for asking. ${help.en} What can I do for you?`,
      'zh-Hant': `一切都好，謝謝關心。${help['zh-Hant']}請問需要什麼協助呢？`,
    },
  },
  {
    matches:
      /^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day))\b|^(?:你好|您好|哈囉|嗨|早安|午安|晚安|早上好|下午好|晚上好)/i,
    say: { en: `Hello! ${help.en} What can I do for you?`, 'zh-Hant': `您好！${help['zh-Hant']}請問需要什麼協助呢？` },
  },
  {
    matches:
      /\b(?:great|perfect|awesome|cool|ok|okay|all good|nothing else|that(?:'| i)s all)\b|好的|太好了|沒事了|沒有了|不用了|^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\s)+$/iu,
    say: {
      en: 'Good. I am here if you need anything else.',
      'zh-Hant': '好的，有任何需要都可以再告訴我。',
    },
  },
];

const notClear: Text = {
  en: `I am not sure what you need. ${help.en} Could you tell me in a few words which of these it is about?`,
  'zh-Hant': `我不太確定您的需求。${help['zh-Hant']}可以用幾個字告訴我是哪一類嗎？`,
};

const whichOne: Text = {
  en: 'More than one thing waits for your answer. Which one do you mean?',
  'zh-Hant': '目前有多項操作等待您回覆，請問您指的是哪一項？',
};
const useButtons: Text = {
  en: 'Nothing is done yet. Please use the buttons below each of them.',
  'zh-Hant': '目前尚未執行任何操作，請使用各項目下方的按鈕。',
};
const askedEarlier: Text = {
  en: 'This still waits for your answer:',
  'zh-Hant': '這項操作仍在等待您回覆：',
};
const useItsButtons: Text = {
  en: 'Nothing is done yet, because your answer may mean something else. If you mean this, please use the buttons below it; if not, tell me in a few words what you want.',
  'zh-Hant':
    '您的回覆也可能是指其他事，因此目前尚未執行任何操作。若您指的是這項，請使用它下方的按鈕；若不是，請用幾個字告訴我您的需求。',
};

const toPerson: Text = {
  en: 'I still do not understand what you need, so I am passing you on to a colleague.',
  'zh-Hant': '我仍然不太了解您的需求，因此為您轉接同事。',
};

/** What the router's agent says to a message that no specialist has to answer. Who is not understood twice in a row gets a person. */
export const smallTalk: OfflinePlaybook = (turn) => {
  const which = whichProposal(turn);
  if (which !== null) return { say: which };
  const reply = replies.find(({ matches }) => matches.test(turn.text.trim()));
  if (reply) return { say: reply.say[turn.language] };
  return wasJustSaid(turn, notClear)
    ? { say: toPerson[turn.language], call: [transfer(turn)] }
    : { say: notClear[turn.language] };
};

function transfer({ text, history }: OfflineTurn) {
  const before = history.findLast(({ author }) => author === 'CUSTOMER')?.text ?? '';
  const summary = `Not understood twice: ${before.slice(0, 200)} / ${text.slice(0, 200)}`;
  return { name: 'transfer_to_person', input: { reason: 'LOW_CONFIDENCE', summary } };
}

/** Asks which of the proposals that wait is meant, or whether the one is; null if triage names none. */
function whichProposal({ entities, language }: OfflineTurn): string | null {
  const titles = entities.filter(({ name }) => name === 'proposal').map(({ value }) => `- ${value}`);
  if (titles.length === 0) return null;
  const [question, what] = titles.length === 1 ? [askedEarlier, useItsButtons] : [whichOne, useButtons];
  return [question[language], titles.join('\n'), what[language]].join('\n\n');
}
