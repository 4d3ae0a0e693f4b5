/** What a clause may be; `UNKNOWN` wants nothing: a story, a scrap, nonsense. */
export const classes = ['FAQ', 'ORDER', 'REFUND', 'TECHNICAL', 'HUMAN', 'CHITCHAT', 'UNKNOWN'] as const;
export type Class = (typeof classes)[number];

export const chitchat = classes.indexOf('CHITCHAT');
export const unknown = classes.indexOf('UNKNOWN');

/** How likely a clause is of each class; the sum is 1. */
export type Chances = Float64Array;

/** Chances from scores that have no bounds. */
export function softmax(scores: Float64Array): Chances {
  const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
