import type { Text } from '@supportgraph/kernel';
import type { HandoffReason, RouteOutcome } from './job.js';
import type { Speech } from './speech.js';

/** What the customer is told when an agent's part does not end as it should. */
export const sentences = {
  cutShort: {
    en: 'My answer became too long and was cut off here. Ask me to go on if you need the rest.',
    'zh-Hant': '我的回覆太長，在這裡被截斷了。需要其餘內容的話，請告訴我繼續。',
  },
  refused: {
    en: 'I am sorry, I cannot help with this. A colleague will look at it and answer you here.',
    'zh-Hant': '很抱歉，這件事我無法協助。同事會看過後在這裡回覆您。',
  },
  spent: {
    en: 'A colleague will answer this for you here.',
    'zh-Hant': '同事會在這裡為您回覆。',
  },
  incomplete: {
    en: 'I am sorry, I could not finish this. A colleague will take it from here and answer you.',
    'zh-Hant': '很抱歉，我沒能完成這件事。同事會接手並在這裡回覆您。',
  },
} satisfies Record<string, Text>;

/** Tells the customer, and gives the session to a person. */
export function giveUp(speech: Speech, sentence: Text, reason: HandoffReason, summary: string): RouteOutcome {
  speech.sentence(sentence);
  return { kind: 'handedOff', reason, summary };
}
