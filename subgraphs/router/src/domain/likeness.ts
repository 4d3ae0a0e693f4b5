import { splitClauses } from './clauses.js';
import { normalise } from './normalise.js';
import { isSelfContained } from './selfContained.js';
import type { FoundIntent } from './triage.js';

/** What was decided about a message, so that it fits every message like it. */
export interface LikeDecision {
  routes: readonly LikeRoute[];
  confidence: number;
  /** What models took for it, in billionths of a US dollar. @default 0 */
  costNanoUsd?: number;
}

interface LikeRoute {
  intent: FoundIntent['intent'];
  confidence: number;
  /** The first and the last clause that it comes from; null if it is the whole message. */
  clauses: readonly [first: number, last: number] | null;
}

/**
 * What messages must share to be decided alike: their words, whatever their case, width, script, punctuation and entities.
 * Null if the message has to be understood from what was said before, of which there is something.
 */
export function likenessOf(text: string, hasHistory: boolean): string | null {
  const clauses = splitClauses(text);
  if (clauses.length === 0 || (hasHistory && !isSelfContained(clauses))) return null;
  return clauses.map((clause) => normalise(clause.text).replace(/\s*[?!]+/g, '')).join('\n');
}

/** Keeps where excerpts stand, not what they say. */
export function generalise(text: string, found: readonly FoundIntent[], confidence: number): LikeDecision {
  const clauses = splitClauses(text);
  const routes = found.map(({ excerpt, ...route }) => {
    const start = excerpt === null ? -1 : text.indexOf(excerpt);
    if (start < 0) return { ...route, clauses: null };
    const end = start + excerpt!.length;
    const first = clauses.findIndex((clause) => clause.end > start);
    const last = clauses.findLastIndex((clause) => clause.start < end);
    return { ...route, clauses: first < 0 || last < first ? null : ([first, last] as const) };
  });
  return { routes, confidence };
}

/** The decision for a message like the one it was made for, with excerpts of its own. */
export function apply(decision: LikeDecision, text: string): FoundIntent[] {
  const clauses = splitClauses(text);
  return decision.routes.map(({ clauses: place, ...route }) => {
    const [first, last] = place ?? [0, -1];
    const excerpt = last < first ? null : text.slice(clauses[first]!.start, clauses[last]!.end);
    return { ...route, excerpt: excerpt === text ? null : excerpt };
  });
}
