import type { OfflineTurn } from '@supportgraph/agent';
import type { TriageJob } from '@supportgraph/conversation';
import { describe, expect, test } from 'vitest';
import { smallTalk } from '../src/agent/offline.js';
import { triageMessage } from '../src/triageMessage.js';
import { offlineRouting } from '../training/offlineRouting.js';

const turn = (text: string, fields: Partial<OfflineTurn> = {}): OfflineTurn => ({
  ...{ language: 'en', text, entities: [], history: [], results: [] },
  ...fields,
});

describe('small talk after “I am not sure what you need” is answered, and nobody is called for it', () => {
  test.each([
    ['lol', 'en', /^Good to hear you laugh!/],
    ['haha 😂', 'en', /^Good to hear you laugh!/],
    ['tell me a joke', 'en', /jokes/],
    ['are you there', 'en', /^Yes, I am here/],
    ['👍', 'en', /^Good\./],
    ['讲个笑话', 'zh-Hant', /笑話/],
    ['在吗', 'zh-Hant', /^在的/],
    ['哈哈', 'zh-Hant', /心情/],
  ] as const)('%s', (text, language, said) => {
    const notClear = smallTalk(turn('asdf', { language }));
    if (!('say' in notClear)) throw new Error('nothing is said');
    const history = [
      { author: 'CUSTOMER' as const, text: 'asdf' },
      { author: 'ASSISTANT' as const, text: notClear.say! },
    ];
    const step = smallTalk(turn(text, { language, history }));
    expect(step).toEqual({ say: expect.stringMatching(said) as string });
  });
});

test('one proposal that was asked for earlier is named, with what to do', () => {
  const step = smallTalk(turn('ok', { entities: [{ name: 'proposal', value: 'Cancel order #1' }] }));
  expect(step).toEqual({ say: expect.stringMatching(/^This still waits.*- Cancel order #1.*buttons/s) as string });
});

describe('while a person is waited for', () => {
  const triage = triageMessage(offlineRouting());
  test.each(['好', 'yes', 'ok', '好的'])(
    '“%s” is answered with who will come and the place in the queue',
    async (text) => {
      const decision = await triage({
        ...{ sessionId: 'ses_1', turnId: 'trn_1', sessionStatus: 'WAITING_FOR_STAFF', language: 'en', text },
        ...{ history: [], pending: [], signal: new AbortController().signal },
      } satisfies TriageJob);
      expect(decision.routes).toMatchObject([{ agent: 'HANDOFF' }]);
    },
  );
});
