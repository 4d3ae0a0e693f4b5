import type { RouteJob } from './job.js';
import type { ModelSize } from './models.js';

const complaint =
  /\b(?:complain|complaint|unacceptable|ridiculous|outrageous|furious|angry|disgusted|terrible|worst|scam|fraud|lawyer|sue|lawsuit)\b|客訴|投訴|投诉|抱怨|太誇張|太离谱|太離譜|無法接受|无法接受|很生氣|很生气|非常不滿|非常不满|詐騙|诈骗|消保|律師|律师|提告/iu;

/** The size of model that a message needs: the agent's own, or the large one for complaints and for what failed before. */
export function sizeFor({ text, isRetry }: Pick<RouteJob, 'text' | 'isRetry'>, usual: ModelSize): ModelSize {
  return isRetry || complaint.test(text) ? 'large' : usual;
}
