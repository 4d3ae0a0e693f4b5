import { expect, test } from 'vitest';
import { costNanoUsd, defaultModels, hasPrice, modelUse, offlineModels, priceVersionOf } from '../src/index.js';

const counts = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

test.each([
  ['claude-haiku-5-5', { inputTokens: 1_000, outputTokens: 100 }, 150_000],
  ['claude-haiku-5-5', { inputTokens: 100_001, outputTokens: 100 }, 50_250_500],
  ['claude-haiku-5-5', { inputTokens: 1_000, cacheReadTokens: 99_001 }, 5_450_050],
  ['claude-sonnet-5-5', { inputTokens: 1_000, outputTokens: 1_000, cacheReadTokens: 1_000 }, 12_100_000],
  ['claude-opus-5-5', { cacheWriteTokens: 1_000 }, 5_000_000],
  ['claude-haiku-4-5-20251001', { inputTokens: 1 }, 1_000],
  ['anthropic/claude-haiku-4-5-20251001', { inputTokens: 1 }, 1_000],
  ['anthropic.claude-sonnet-5-5@20260701', { inputTokens: 1 }, 2_000],
  ['claude-opus-5-5-latest', { inputTokens: 1 }, 4_000],
  ['offline', { inputTokens: 1_000, outputTokens: 1_000 }, 0],
])('the cost of %s for %j is %j billionths of a dollar', (model, used, cost) => {
  expect(costNanoUsd(model, { ...counts, ...used })).toBe(cost);
});

test.each(['somebody-elses', 'claude-haiku-5-5-fast', 'offline-but-not-ours', 'constructor', ''])(
  'the model “%s” is not in the table and costs what the dearest would',
  (model) => {
    const used = { inputTokens: 1_000, outputTokens: 100, cacheReadTokens: 10, cacheWriteTokens: 1 };
    const inTable = [...Object.values(defaultModels), ...Object.values(offlineModels)].flat();
    expect(hasPrice(model)).toBe(false);
    expect(costNanoUsd(model, used)).toBe(Math.max(...inTable.map((known) => costNanoUsd(known, used))));
    expect(priceVersionOf(model)).toBe(`${priceVersionOf('offline')}-dearest`);
  },
);

test('the models that are used have prices', () => {
  const used = [...Object.values(defaultModels), ...Object.values(offlineModels)].flat();
  expect(used.filter((model) => !hasPrice(model))).toEqual([]);
});

test('what the cache keeps for an hour costs twice the input to write, the rest five quarters of it', () => {
  const usage = {
    ...{ input_tokens: 0, output_tokens: 0, cache_read_input_tokens: null, cache_creation_input_tokens: 30 },
    cache_creation: { ephemeral_1h_input_tokens: 10 },
  };
  expect(modelUse('claude-haiku-4-5', usage, 1, null)).toMatchObject({ cacheWriteTokens: 30, costNanoUsd: 45_000 });
});
