import { userError, type Language, type Text, type UserError } from '@supportgraph/kernel';
import type { TurnFailureCode } from './records.js';

/** Characters that a customer's message may have. */
const maxCharacters = 8_000;
const maxKeyCharacters = 255;
const titleCharacters = 60;

/** Text as PostgreSQL can keep it, also in JSON: without NUL, and half a surrogate pair becomes U+FFFD. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Any value as JSON that PostgreSQL can keep. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) => (typeof inner === 'string' ? storable(inner) : inner));
}

/** What is wrong with a customer's text, if anything is. */
export function textFault(text: string): UserError | null {
  const field = ['input', 'text'];
  if (storable(text).trim() === '') return userError('INVALID', 'Please write something.', '請輸入訊息內容。', field);
  if (charactersOf(text) > maxCharacters) {
    return userError(
      'MESSAGE_TOO_LARGE',
      `A message has at most ${maxCharacters.toLocaleString('en')} characters.`,
      `訊息最多 ${maxCharacters.toLocaleString('en')} 個字元。`,
      field,
    );
  }
  return null;
}

/** What is wrong with an idempotency key, if anything is. */
export function keyFault(key: string): UserError | null {
  if (key !== '' && key === storable(key) && key.length <= maxKeyCharacters) return null;
  return userError(
    'INVALID',
    `An idempotency key has 1 to ${maxKeyCharacters} characters.`,
    `冪等鍵須為 1 到 ${maxKeyCharacters} 個字元。`,
    ['input', 'idempotencyKey'],
  );
}

/** The key was used for something else. */
export const keyConflict = userError(
  'IDEMPOTENCY_CONFLICT',
  'This key was used before with other arguments.',
  '這個冪等鍵先前已用於不同的參數。',
  ['input', 'idempotencyKey'],
);

export const sessionClosed = userError('SESSION_CLOSED', 'This conversation has ended.', '這次對話已經結束。');

function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** A title for a session: the first words of its first message. */
export function titleOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  if (characters.length <= titleCharacters) return line;
  const cut = characters.slice(0, titleCharacters - 1).join('');
  const lastWord = cut.lastIndexOf(' ');
  return `${lastWord > titleCharacters / 2 ? cut.slice(0, lastWord) : cut}…`;
}

/** Why a turn has no answer, for the customer. */
export const failureSentences: Readonly<Record<TurnFailureCode, Text>> = {
  MODEL_TIMEOUT: {
    en: 'Sorry, this took too long. Please try again.',
    'zh-Hant': '抱歉，處理時間過長，請再試一次。',
  },
  MODEL_UNAVAILABLE: {
    en: 'Sorry, our assistant cannot be reached right now. Please try again shortly.',
    'zh-Hant': '抱歉，智慧助理目前無法使用，請稍後再試。',
  },
  CONTENT_REFUSED: {
    en: 'Sorry, I cannot help with this.',
    'zh-Hant': '抱歉，這個問題我無法協助。',
  },
  BUDGET_EXHAUSTED: {
    en: 'Sorry, I have reached my limit for this conversation. A colleague can help you further.',
    'zh-Hant': '抱歉，這次對話已達使用上限，可由客服人員繼續為您服務。',
  },
  INTERNAL: {
    en: 'Sorry, something went wrong on our side. Please try again.',
    'zh-Hant': '抱歉，我們這邊發生了問題，請再試一次。',
  },
};

/** Says that a proposal was declined. */
export const declinedSentence: Text = {
  en: 'All right, I have left everything as it is. Is there anything else I can do for you?',
  'zh-Hant': '好的，我沒有做任何變更。還有什麼可以為您服務的嗎？',
};

/** Why an action could not be carried out, with what can be done instead if the reason says so. */
export function refusedSentence(title: string, errors: readonly UserError[]): Text {
  const reasons = (language: Language) => errors.map(({ message }) => message[language]);
  return {
    en: [`I could not do this: ${title}. Nothing was changed.`, ...reasons('en')].join(' '),
    'zh-Hant': [`無法完成這項操作：${title}。沒有任何變更。`, ...reasons('zh-Hant')].join(''),
  };
}

/** Nobody was there to carry out an action. */
export const notDoneSentence: Text = {
  en: 'Sorry, this could not be done just now, and nothing was changed. Please ask for it again in a while.',
  'zh-Hant': '抱歉，目前無法執行這項操作，沒有任何變更。請稍後再提出。',
};

/** Somebody began to carry out an action, and it cannot be found out how that ended. */
export const unknownOutcomeSentence: Text = {
  en: 'Sorry, I cannot find out whether this was done. A colleague will look at it and tell you here.',
  'zh-Hant': '抱歉，我無法確認這項操作是否已完成。客服人員會查看並在這裡告訴您。',
};

/** The assistant's name beside its messages. */
export const assistantName: Text = { en: 'Assistant', 'zh-Hant': '智慧助理' };
/** A customer's name beside their messages, while it is not known. */
export const customerName: Text = { en: 'Customer', 'zh-Hant': '顧客' };
/** The name of a person of the staff, where it is not known which. */
export const staffName: Text = { en: 'Support', 'zh-Hant': '客服人員' };

/** Tells the customer that a person will go on, and the place in the queue while nobody has taken the session. */
export function queueSentence(position: number | null): Text {
  if (position === null) {
    return { en: 'A colleague will continue with you here.', 'zh-Hant': '客服人員會在這裡繼續為您服務。' };
  }
  return {
    en: `I have asked a colleague to continue with you here. You are number ${position} in the queue.`,
    'zh-Hant': `我已請客服人員在這裡繼續為您服務，您目前排在第 ${position} 位。`,
  };
}
