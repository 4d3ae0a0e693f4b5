import { expect, test } from 'vitest';
import { costNanoUsd } from '../src/index.js';

const counts = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

test.each([
  ['claude-haiku-5-5', { inputTokens: 1_000, outputTokens: 100 }, 150_000],
  ['claude-haiku-5-5', { inputTokens: 100_001, outputTokens: 100 }, 50_250_500],
  ['claude-haiku-5-5', { inputTokens: 1_000, cacheReadTokens: 99_001 }, 5_450_050],
  ['claude-sonnet-5-5', { inputTokens: 1_000, outputTokens: 1_000, cacheReadTokens: 1_000 }, 12_100_000],
  ['claude-opus-5-5', { cacheWriteTokens: 1_000 }, 5_000_000],
  ['claude-haiku-4-5-20251001', { inputTokens: 1 }, 1_000],
  ['offline', { inputTokens: 1_000, outputTokens: 1_000 }, 0],
  ['somebody-elses', { inputTokens: 1 }, null],
])('the cost of %s for %j is %j billionths of a dollar', (model, used, cost) => {
  expect(costNanoUsd(model, { ...counts, ...used })).toBe(cost);
});
