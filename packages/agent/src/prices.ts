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

/** A five-minute cache write costs this many times the input price. */
const cacheWrite = 1.25;

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

/** The cost of a model call in billionths of a US dollar, so that it is an exact integer; null for a model without a price. */
export function costNanoUsd(model: string, counts: TokenCounts): number | null {
  const prompt = counts.inputTokens + counts.cacheReadTokens + counts.cacheWriteTokens;
  const price = tiersOf(model)?.find(({ upToPrompt }) => prompt <= upToPrompt);
  if (!price) return null;
  return (
    counts.inputTokens * nanoPerToken(price.input) +
    counts.outputTokens * nanoPerToken(price.output) +
    counts.cacheReadTokens * nanoPerToken(price.input * price.cacheRead) +
    counts.cacheWriteTokens * nanoPerToken(price.input * cacheWrite)
  );
}

/** A dated name, for example `claude-haiku-4-5-20251001`, has the price of its model. */
function tiersOf(model: string): readonly Price[] | undefined {
  const name = Object.keys(prices).find((known) => model === known || model.startsWith(`${known}-`));
  return name === undefined ? undefined : prices[name];
}

function nanoPerToken(dollarsPerMillion: number): number {
  return Math.round(dollarsPerMillion * 1_000);
}
