import type { Logger } from '@supportgraph/kernel';
import { untilAborted } from './deadline.js';
import type { ApiUsage, ModelUse, OnUsage } from './modelUse.js';
import { estimateTokens } from './tokens.js';

/** How long an answer waits for its record, in ms: the next call is to know of it, but not at any price. */
const longestWait = 2_000;

/** Tells of a model call. The customer's answer is not lost because it cannot be kept: then the log has all that it took. */
export async function report(use: ModelUse, onUsage: OnUsage, log: Logger): Promise<void> {
  const kept = Promise.resolve(use)
    .then(onUsage)
    .catch((error: unknown) => log.error({ ...use, err: error }, 'model call not recorded'));
  await untilAborted(kept, AbortSignal.timeout(longestWait)).catch(() =>
    log.warn(use, 'model call takes long to record'),
  );
}

/**
 * The counts of a call that was given up before the answer began: estimated, since only the answer would tell them. Whether
 * the provider has read the prompt is not known; a budget that took every such call for free would be none.
 */
export function unansweredUsage(prompt: object): ApiUsage {
  const input = estimateTokens(JSON.stringify(prompt));
  return { input_tokens: input, output_tokens: 0, cache_read_input_tokens: null, cache_creation_input_tokens: null };
}
