import type { Classifier, StoredWeights } from '../src/domain/classifier.js';
import type { Labelled } from './labelled.js';

/** Steps down the gradient; it has long come to rest by then. */
const steps = 400;
const pace = 0.5;

/**
 * How the confidence of a classifier must be read so that it comes true (Platt's scaling), by messages that it has not learned
 * from: about those that it has it is always sure.
 */
export function fitCertainty(classifier: Classifier, unseen: readonly Labelled[]): StoredWeights['certainty'] {
  const tries = unseen.map(({ text, routes }) => {
    const { found, confidence } = classifier.classify(text);
    const wanted = routes.length === 0 ? 'unknown' : routes.join();
    return { odds: logOdds(confidence), isRight: found.map(({ intent }) => intent.toLowerCase()).join() === wanted };
  });
  let [factor, offset] = [1, 0];
  for (let step = 0; step < steps; step += 1) {
    const errors = tries.map(({ odds, isRight }) => 1 / (1 + Math.exp(-factor * odds - offset)) - (isRight ? 1 : 0));
    factor -= (pace * mean(errors.map((error, at) => error * tries[at]!.odds))) / 4;
    offset -= pace * mean(errors);
  }
  return { factor: Number(factor.toFixed(3)), offset: Number(offset.toFixed(3)) };
}

function logOdds(chance: number): number {
  const kept = Math.min(0.999, Math.max(0.001, chance));
  return Math.log(kept / (1 - kept));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
