import type { Logger } from '@supportgraph/kernel';
import type { ApiUsage, ModelUse, OnUsage } from './modelUse.js';
import { estimateTokens } from './tokens.js';

/** Tells of a model call. The customer's answer is not lost because it cannot be kept: then the log has all that it took. */
export async function report(use: ModelUse, onUsage: OnUsage, log: Logger): Promise<void> {
  try {
    await onUsage(use);
  } catch (error) {
    log.error({ ...use, err: error }, 'model call not recorded');
  }
}

/**
 * The counts of a call that was given up before the answer began: estimated, since only the answer would tell them. The
 * provider has read the prompt and charges for it.
 */
export function unansweredUsage(prompt: object): ApiUsage {
  const input = estimateTokens(JSON.stringify(prompt));
  return { input_tokens: input, output_tokens: 0, cache_read_input_tokens: null, cache_creation_input_tokens: null };
}
