import { expect, test } from 'vitest';
import { ToolEnding, transferToPerson } from '../src/index.js';

const { prepare } = transferToPerson();
const signal = new AbortController().signal;

test('any agent can pass the session on, with a reason and a summary for the colleague', async () => {
  const prepared = prepare({ reason: 'UPSET', summary: 'The parcel is late for the third time.' });
  const answer = prepared.ok && (await prepared.call.run({ signal }));
  expect(answer).toBeInstanceOf(ToolEnding);
  expect(answer).toMatchObject({
    outcome: { kind: 'handedOff', reason: 'UPSET', summary: 'The parcel is late for the third time.' },
    say: { en: expect.stringContaining('colleague'), 'zh-Hant': expect.stringContaining('同事') },
  });
});

test.each([
  ['a reason that is not the agent’s to give', { reason: 'SYSTEM', summary: 'Broken.' }],
  ['no summary', { reason: 'UPSET', summary: '' }],
  ['a person to pass it to', { reason: 'UPSET', summary: 'Late.', staffId: 'stf_1' }],
])('%s is refused', (_, input) => {
  expect(prepare(input)).toMatchObject({ ok: false, problem: expect.any(String) });
});
