import { describe, expect, test } from 'vitest';
import { estimateTokens, modelClient } from '../src/index.js';
import { recordingWriter, routeJob, scriptedModel, type ScriptStep } from '../src/testing/index.js';
import { play } from './support.js';

const long = 'Your order has been on its way for some days now. '.repeat(20);
const half = 2 + long.split(' ').length / 2;

describe('a reply that is not read to its end is counted by what was written', () => {
  test.each(['cut', 'end'] as const)('when its stream breaks (%s)', async (then) => {
    const { uses, job } = await play([{ say: long, fault: { afterEvents: half, then } }]);
    expect(uses[0]?.outputTokens).toBeGreaterThanOrEqual(estimateTokens(job.writer.written));
    expect(uses[0]?.outputTokens).toBeGreaterThan(100);
    expect(uses[0]?.outputTokens).toBeLessThan(estimateTokens(long));
  });

  test('when the turn is cancelled', async () => {
    const cancel = new AbortController();
    let said = '';
    const writer = recordingWriter((delta) => {
      said += delta;
      if (said.length > 400) cancel.abort(new Error('cancelled by the customer'));
    });
    const uses: number[] = [];
    const playing = play([{ say: long }], {
      job: routeJob('Where is #W1?', { writer, signal: cancel.signal }),
      access: { onUsage: ({ outputTokens }) => void uses.push(outputTokens) },
    });
    await expect(playing).rejects.toThrow('cancelled by the customer');
    expect(uses).toEqual([expect.any(Number)]);
    expect(uses[0]).toBeGreaterThanOrEqual(100);
  });

  test('when it breaks in the arguments of a tool', async () => {
    const json = JSON.stringify({ number: '#W1', note: 'x'.repeat(2_000) });
    const { uses } = await play([{ rawCall: { name: 'get_order', json }, fault: { afterEvents: 80, then: 'cut' } }]);
    expect(uses[0]?.outputTokens).toBeGreaterThan(400);
  });

  test('when it asks for something without end', async () => {
    const { uses } = await play([{ rawCall: { name: 'get_order', json: '"'.padEnd(100_000, 'x') } }]);
    expect(uses[0]?.outputTokens).toBeGreaterThan(16_000);
  });
});

/** A model whose stream says these things differently. */
async function playChanged(step: ScriptStep, change: (stream: string) => string) {
  const model = scriptedModel(step);
  const fetch = async (...request: Parameters<typeof globalThis.fetch>) => {
    const response = await model.fetch(...request);
    return new Response(change(await response.text()), { headers: response.headers });
  };
  return play([], { access: { client: modelClient({ fetch }) } });
}

describe('a whole reply', () => {
  test('is counted as the API counts it, even if that is less than we would have thought', async () => {
    const { uses } = await playChanged({ say: long }, (stream) =>
      stream.replace(/"output_tokens":\d+\}\}(?=\s*event: message_stop)/, '"output_tokens":7}}'),
    );
    expect(uses.map(({ outputTokens }) => outputTokens)).toEqual([7]);
  });

  test('that reports its input at the beginning keeps it when the end says zero', async () => {
    const { uses } = await playChanged({ say: 'Hello.' }, (stream) =>
      stream.replace(/"output_tokens":\d+\}\}(?=\s*event: message_stop)/, '"output_tokens":7,"input_tokens":0}}'),
    );
    expect(uses[0]?.inputTokens).toBeGreaterThan(50);
  });

  test('is charged to the model that says it answered', async () => {
    const { uses } = await playChanged({ say: 'Hello.' }, (stream) =>
      stream.replace('"model":"first"', '"model":"claude-opus-5-5"'),
    );
    expect(uses).toEqual([expect.objectContaining({ model: 'claude-opus-5-5', priceVersion: '2026-10' })]);
  });
});
