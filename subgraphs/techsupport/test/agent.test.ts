import { routeJob, type RecordedJob } from '@supportgraph/agent/testing';
import { silent } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerRoutes } from '../src/agent/answer.js';
import { guideService, type GuideService } from '../src/service.js';
import { models, startWorld, type World } from './world.js';

let world: World;
let guides: GuideService;
beforeAll(async () => {
  world = await startWorld();
  guides = guideService(world);
});
afterAll(() => world.close());

async function answer(text: string, changes: Partial<RecordedJob> = {}) {
  const handle = answerRoutes({ guides, models, recordUse: () => {}, log: silent });
  const job = routeJob(text, changes);
  // The conversation's job says more than the agent needs.
  const outcome = await handle({ ...job, agent: 'TECHSUPPORT', intent: 'TECHNICAL' } as unknown as Parameters<
    typeof handle
  >[0]);
  return { job, outcome };
}

test('a problem is answered with the steps of its guide, in order, and the guide is cited', async () => {
  const { job, outcome } = await answer("My bluetooth headphones won't pair with my phone");
  expect(outcome).toEqual({ kind: 'answered' });
  expect(job.writer.written).toMatch(/1\. Charge the device.*2\. Remove the device.*3\. Start pairing mode/s);
  expect(job.writer.citations).toEqual([
    { number: 1, guideId: 'gde_device-pairing', title: 'My device does not pair by Bluetooth' },
  ]);
});

test('a Chinese problem is answered in Traditional Chinese', async () => {
  const { job } = await answer('吸塵器充不了電', { language: 'zh-Hant' });
  expect(job.writer.written).toMatch(/請依序嘗試以下步驟：\n\n1\. 請將充電器插到確定有電的其他插座/);
});

test('what no guide is for is admitted, and a person is offered', async () => {
  const { job, outcome } = await answer('my unicorn lost its glitter');
  expect(outcome).toEqual({ kind: 'answered' });
  expect(job.writer.written).toMatch(/^I found no guide for this.*Shall I pass you on to a colleague\?/);
});

test('steps that did not help give the session to a person', async () => {
  const first = await answer('no sound from my speaker');
  const history = [
    { author: 'CUSTOMER' as const, text: first.job.text },
    { author: 'ASSISTANT' as const, text: first.job.writer.written },
  ];
  const { outcome } = await answer('None of it helped', { history });
  expect(outcome).toMatchObject({ kind: 'handedOff', reason: 'CUSTOMER_ASKED' });
});

/** What comes of the last of these messages of one conversation. */
async function talk(texts: readonly string[], language: 'en' | 'zh-Hant' = 'en') {
  const history: { author: 'CUSTOMER' | 'ASSISTANT'; text: string }[] = [];
  let last: Awaited<ReturnType<typeof answer>> | undefined;
  for (const text of texts) {
    last = await answer(text, { language, history: [...history] });
    history.push({ author: 'CUSTOMER', text }, { author: 'ASSISTANT', text: last.job.writer.written });
  }
  return { ...last!.outcome, written: last!.job.writer.written };
}

const oneSide = 'hi my headphones only play on one side, what can i do';
test.each<[string[], 'en' | 'zh-Hant']>([
  [[oneSide, 'tried it already, nothing'], 'en'],
  [[oneSide, 'still the same'], 'en'],
  [[oneSide, "that didn't help"], 'en'],
  [[oneSide, 'no'], 'en'],
  [['吸塵器充不了電', '都試過了，沒用'], 'zh-Hant'],
  [['吸塵器充不了電', '还是不行'], 'zh-Hant'],
  [['payment failed at checkout but i was charged', 'no i dont have an order number', 'ok'], 'en'],
  [['payment failed at checkout but i was charged', 'no i dont have an order number', 'it is weird'], 'en'],
])('who has tried the steps is not given another guide, but a person: %j', async (texts, language) =>
  expect(await talk(texts, language)).toMatchObject({ kind: 'handedOff' }),
);

test.each<[string[], 'en' | 'zh-Hant', RegExp]>([
  [[oneSide, 'step 2 helped'], 'en', /^Good to hear that it works again/],
  [['吸塵器充不了電', '好了，謝謝'], 'zh-Hant', /^很高興問題已解決/],
  [
    ['payment failed at checkout but i was charged', 'no i dont have an order number'],
    'en',
    /^We are still at “My payment is declined at the checkout”/,
  ],
  [[oneSide, 'and the app crashes when I open it'], 'en', /^\*\*The app crashes or closes by itself\*\*/],
])('how the steps went is understood, and another problem too: %j', async (texts, language, said) =>
  expect(await talk(texts, language)).toMatchObject({
    kind: 'answered',
    written: expect.stringMatching(said) as string,
  }),
);

test.each(['delete my account please', 'cant close my account'])(
  'a guide that only shares a word is none: %s',
  async (text) => expect((await talk([text])).written).toMatch(/^I found no guide for this/),
);

test('smoke is no case for a guide', async () => {
  const { job, outcome } = await answer('there is smoke coming from the charger');
  expect(job.writer.written).toContain('Please stop using it');
  expect(outcome).toMatchObject({ kind: 'handedOff', reason: 'OUT_OF_SCOPE' });
});

test.each([
  ['ok', { kind: 'handedOff', reason: 'CUSTOMER_ASKED' }],
  ['Yes please, thanks!', { kind: 'handedOff', reason: 'CUSTOMER_ASKED' }],
  ['好的，麻煩了', { kind: 'handedOff', reason: 'CUSTOMER_ASKED' }],
  ['no thanks', { kind: 'answered' }],
  ['不用了，謝謝', { kind: 'answered' }],
  ['the unicorn is dull', { kind: 'handedOff', reason: 'LOW_CONFIDENCE' }],
])('after the offer of a person, “%s” is understood', async (text, expected) => {
  const first = await answer('my unicorn lost its glitter');
  const history = [
    { author: 'CUSTOMER' as const, text: first.job.text },
    { author: 'ASSISTANT' as const, text: first.job.writer.written },
  ];
  const { job, outcome } = await answer(text, { history });
  expect(outcome).toMatchObject(expected);
  expect(job.writer.written).not.toContain('Shall I pass you on');
});
