/** The month whose prices these are; stored with every cost, so that old records stay explicable. */
export const priceVersion = '2026-10';

/** US dollars per million tokens. */
interface Price {
  /** The longest prompt, in tokens, that has this price. */
  upToPrompt: number;
  input: number;
  output: number;
  /** Share of the input price for reading the prompt cache. */
  cacheRead: number;
}

/** A cache write costs this many times the input price, by how long the cache keeps it. */
const cacheWrite = { fiveMinutes: 1.25, oneHour: 2 };

const prices: Readonly<Record<string, readonly Price[]>> = {
  'claude-haiku-5-5': [
    { upToPrompt: 100_000, input: 0.1, output: 0.5, cacheRead: 0.1 },
    { upToPrompt: Infinity, input: 0.5, output: 2.5, cacheRead: 0.1 },
  ],
  'claude-sonnet-5-5': [{ upToPrompt: Infinity, input: 2, output: 10, cacheRead: 0.05 }],
  'claude-opus-5-5': [{ upToPrompt: Infinity, input: 4, output: 20, cacheRead: 0.1 }],
  'claude-haiku-4-5': [{ upToPrompt: Infinity, input: 1, output: 5, cacheRead: 0.1 }],
  offline: [{ upToPrompt: Infinity, input: 0, output: 0, cacheRead: 0 }],
};

/** What a model call read and wrote. The kinds of input do not overlap. */
export interface TokenCounts {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
}

/** The counts of a call whose cost is asked for. */
export interface PricedCounts extends TokenCounts {
  /** How many of `cacheWriteTokens` the cache keeps for an hour. @default 0: five minutes, which is what we ask for */
  hourCacheWriteTokens?: number;
}

/**
 * The cost of a model call in billionths of a US dollar, so that it is an exact integer. A model without a price costs what
 * the dearest of the table would: a budget that does not see a model would be none.
 */
export function costNanoUsd(model: string, counts: PricedCounts): number {
  const prompt = counts.inputTokens + counts.cacheReadTokens + counts.cacheWriteTokens;
  const price = tiersOf(model)?.find(({ upToPrompt }) => prompt <= upToPrompt);
  if (price) return costAt(price, counts);
  return Math.max(
    ...Object.values(prices)
      .flat()
      .map((known) => costAt(known, counts)),
  );
}

/** Whether a model is in the table. */
export function hasPrice(model: string): boolean {
  return tiersOf(model) !== undefined;
}

/** The prices that a model's cost was taken from: `2026-10`, or `2026-10-dearest` for one that is not in the table. */
export function priceVersionOf(model: string): string {
  return hasPrice(model) ? priceVersion : `${priceVersion}-dearest`;
}

function costAt({ input, output, cacheRead }: Price, counts: PricedCounts): number {
  const { hourCacheWriteTokens: hour = 0 } = counts;
  return (
    counts.inputTokens * nanoPerToken(input) +
    counts.outputTokens * nanoPerToken(output) +
    counts.cacheReadTokens * nanoPerToken(input * cacheRead) +
    (counts.cacheWriteTokens - hour) * nanoPerToken(input * cacheWrite.fiveMinutes) +
    hour * nanoPerToken(input * cacheWrite.oneHour)
  );
}

/** What may stand around a model's name: the provider, and a date or `latest`. Any other variant may cost more. */
const dressed = /^(?:anthropic[./])?(.+?)(?:[-@](?:\d{8}|latest))?$/;

function tiersOf(model: string): readonly Price[] | undefined {
  const name = dressed.exec(model)?.[1] ?? model;
  return Object.hasOwn(prices, name) ? prices[name] : undefined;
}

function nanoPerToken(dollarsPerMillion: number): number {
  return Math.round(dollarsPerMillion * 1_000);
}
