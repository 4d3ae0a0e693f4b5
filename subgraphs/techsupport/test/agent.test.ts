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
