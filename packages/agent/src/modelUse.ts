import { costNanoUsd, priceVersionOf, type TokenCounts } from './prices.js';

/** One model call, as it is recorded. */
export interface ModelUse extends TokenCounts {
  /** The one that answered, by its own word. */
  model: string;
  /** Billionths of a US dollar. */
  costNanoUsd: number;
  /** Which prices were taken; see {@link priceVersionOf}. */
  priceVersion: string;
  /** From the request to the end of the reply. */
  ms: number;
  /** From the request to the first thing written; null if nothing was. */
  firstTokenMs: number | null;
}

/** Receives each model call as it ends, also one that was cut off. The next call waits for it. */
export type OnUsage = (use: ModelUse) => Promise<void> | void;

/** The API's own counts. */
export interface ApiUsage {
  input_tokens: number;
  output_tokens: number;
  cache_read_input_tokens: number | null;
  cache_creation_input_tokens: number | null;
  cache_creation?: { ephemeral_1h_input_tokens: number } | null;
}

/** Makes the record of a model call from the API's counts. */
export function modelUse(model: string, usage: ApiUsage, ms: number, firstTokenMs: number | null): ModelUse {
  const counts = {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
  };
  const hourCacheWriteTokens = Math.min(usage.cache_creation?.ephemeral_1h_input_tokens ?? 0, counts.cacheWriteTokens);
  return {
    ...{ model, ...counts, ms, firstTokenMs },
    costNanoUsd: costNanoUsd(model, { ...counts, hourCacheWriteTokens }),
    priceVersion: priceVersionOf(model),
  };
}
