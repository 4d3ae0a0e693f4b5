import type { Logger } from '@supportgraph/kernel';
import { costNanoUsd, priceVersionOf, type TokenCounts } from './prices.js';
import { estimateTokens } from './tokens.js';

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

/** Tells of a model call. The customer's answer is not lost because it cannot be kept: then the log has all that it took. */
export async function report(use: ModelUse, onUsage: OnUsage, log: Logger): Promise<void> {
  try {
    await onUsage(use);
  } catch (error) {
    log.error({ ...use, err: error }, 'model call not recorded');
  }
}

/** The API's own counts. */
export interface ApiUsage {
  input_tokens: number;
  output_tokens: number;
  cache_read_input_tokens: number | null;
  cache_creation_input_tokens: number | null;
  cache_creation?: { ephemeral_1h_input_tokens: number } | null;
}

/**
 * The counts of a call that was given up before the answer began: estimated, since only the answer would tell them. The
 * provider has read the prompt and charges for it.
 */
export function unansweredUsage(prompt: object): ApiUsage {
  const input = estimateTokens(JSON.stringify(prompt));
  return { input_tokens: input, output_tokens: 0, cache_read_input_tokens: null, cache_creation_input_tokens: null };
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
