import type { Clause } from './clauses.js';
import { normalise } from './normalise.js';

const refersBack =
  /\b(?:it|its|that|this|them|they|these|those|one|ones|he|she|him|her|there|then|same|instead|either|both|first|second|last)\b|那|这|它|他|她|一样|同样|刚才|上面|前面|第一|第二/u;
/** Shorter messages are answers or leave out what everybody knows by then. */
const fewestWords = 4;

/** Whether a message can be understood without what was said before it. What it refers to later is in the message itself. */
export function isSelfContained(clauses: readonly Clause[]): boolean {
  const first = normalise(clauses[0]?.text ?? '');
  const all = normalise(clauses.map(({ text }) => text).join(' '));
  const words = all.match(/[^\s\p{Script=Han}]+|\p{Script=Han}{2}/gu)?.length ?? 0;
  return words >= fewestWords && !refersBack.test(first);
}
