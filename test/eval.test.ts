import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readDialogues } from '../scripts/eval/dialogue.js';
import { play } from '../scripts/eval/play.js';
import { reportOf } from '../scripts/eval/report.js';
import { openStage, type Stage } from '../scripts/eval/stage.js';
import { plain, unlike } from '../scripts/eval/staff.js';
import { rootFolder } from '../supergraph/src/folders.js';

// They share one platform, which takes a while to start.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const files = ['english.json', 'chinese.json'].map((name) => path.join(rootFolder(), 'eval', name));
const dialogues = (await Promise.all(files.map(readDialogues))).flat();
const quick = dialogues.filter((each) => each.quick);

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('a dialogue', () => {
  test.each(quick)('goes as expected: $name', async (dialogue) => {
    await stage.reset();
    expect((await play(stage, dialogue)).problems).toEqual([]);
  });

  test('that expects what does not come has a problem for each expectation, and counts what was done wrongly', async () => {
    await stage.reset();
    const played = await play(stage, {
      ...{ name: 'wrong', language: 'en', customer: 'mara.quillby@example.com', handoff: 'UPSET', quick: false },
      steps: [
        {
          ...{ say: 'Cancel #W1000001, I ordered it by mistake', expect: ['a pony'], never: ['visa'] },
          ...{ routes: ['FAQ'], proposes: [], refuses: true },
        },
      ],
      never: ['61.94'],
      state: { orders: { '#W1000001': { status: 'CANCELLED' } }, customers: {} },
    });
    expect(played.problems).toEqual([
      'step 1 does not say “a pony”',
      'step 1 says “visa”',
      'step 1 says “61.94”',
      'step 1 is routed to ORDER, not FAQ',
      'step 1 proposes CANCEL_ORDER unasked',
      '#W1000001.status is "PENDING", not "CANCELLED"',
      'the handoff is none, not UPSET',
    ]);
    expect(reportOf([played])).toMatchObject({
      total: { dialogues: 1, asExpected: 0, resolved: 0, wrongActions: 2, refusals: { due: 1, given: 0 }, turns: 1 },
      agents: { ORDERS: { turns: 1, wrong: 1 } },
    });
  });
});

describe('the dialogues of the repository', () => {
  test('are about half in each language, and have names of their own', () => {
    const chinese = dialogues.filter(({ language }) => language === 'zh-Hant').length;
    expect(dialogues.length).toBeGreaterThanOrEqual(60);
    expect(Math.abs(2 * chinese - dialogues.length)).toBeLessThanOrEqual(dialogues.length / 5);
    expect(new Set(dialogues.map(({ name }) => name)).size).toBe(dialogues.length);
  });
});

describe('the state of the shop', () => {
  test('is compared where the dialogue names it, with lists whole', () => {
    const order = plain({
      ...{ status: 'PENDING', total: { amount: '5.00' } },
      items: [{ name: 'Mug', options: [{ name: 'color', value: 'blue' }] }],
    });
    expect(unlike({ total: '5.00', items: [{ options: { color: 'blue' } }] }, order, 'order')).toEqual([]);
    expect(unlike({ items: [] }, order, 'order')).toHaveLength(1);
    expect(unlike({ items: [{ options: { color: 'red' } }] }, order, 'order')).toEqual([
      'order.items.0.options.color is "blue", not "red"',
    ]);
  });
});
