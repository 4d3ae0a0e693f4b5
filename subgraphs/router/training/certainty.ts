import type { Classifier, StoredWeights } from '../src/domain/classifier.js';
import type { Example } from './corpus.js';

/** Steps down the gradient; it has long come to rest by then. */
const steps = 400;
const pace = 0.5;
/** Less is learned from what nobody could know better. */
const mostExamples = 6_000;

/**
 * How the confidence of a classifier must be read so that it comes true (Platt's scaling), by messages from templates that it
 * has not learned from: about those that it has it is always sure.
 */
export function fitCertainty(classifier: Classifier, unseen: readonly Example[]): StoredWeights['certainty'] {
  const share = Math.max(1, Math.floor(unseen.length / mostExamples));
  const tries = unseen
    .filter((_, at) => at % share === 0)
    .map(({ text, segments }) => {
      const { found, confidence } = classifier.classify(text);
      const isRight = found.map(({ intent }) => intent.toLowerCase()).join() === routesOf(segments).join();
      return { odds: logOdds(confidence), isRight };
    });
  let [factor, offset] = [1, 0];
  for (let step = 0; step < steps; step += 1) {
    const errors = tries.map(({ odds, isRight }) => 1 / (1 + Math.exp(-factor * odds - offset)) - (isRight ? 1 : 0));
    factor -= (pace * mean(errors.map((error, at) => error * tries[at]!.odds))) / 4;
    offset -= pace * mean(errors);
  }
  return { factor: Number(factor.toFixed(3)), offset: Number(offset.toFixed(3)) };
}

function routesOf(segments: Example['segments']): string[] {
  const labels = [...new Set(segments.map(({ label }) => label))];
  const wishes = labels.filter((label) => !['aside', 'echo', 'chitchat', 'none'].includes(label)).slice(0, 3);
  if (wishes.length > 0) return wishes;
  return [labels.includes('chitchat') ? 'chitchat' : 'unknown'];
}

function logOdds(chance: number): number {
  const kept = Math.min(0.999, Math.max(0.001, chance));
  return Math.log(kept / (1 - kept));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
