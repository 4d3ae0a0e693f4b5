import type { Concept, Form } from './concepts.js';

/** Where in an entry a lexeme is: its title, the words given by hand, its text. */
export type Field = 'A' | 'B' | 'C';

/** An entry in one language, and which of the wanted lexemes are where in it. */
export interface Candidate {
  id: string;
  fields: Readonly<Record<string, Field>>;
  /** How many lexemes its title has. */
  titleLexemes: number;
}

/** In how many entries lexemes are, of how many. */
export interface Corpus {
  entries: number;
  entriesWith: ReadonlyMap<string, number>;
}

/** An entry that fits. */
export interface Hit {
  id: string;
  /** How well it fits, from 0 to 1. */
  score: number;
  /** Lexemes of the question that it has. */
  lexemes: readonly string[];
}

// Set with the test sets of both subgraphs (subgraphs/*/test/search.test.ts), 2026-11.
const fieldStrength: Readonly<Record<Field, number>> = { A: 1, B: 0.95, C: 0.4 };
const weightOfUnknown = 0.45;
const share = { coverage: 0.85, focus: 0.15 };

/** Below this an entry is no hit: it shares a word with the question, and no more. */
export const hitThreshold = 0.3;
/** From here on an entry is fit to be given as the answer. */
export const answerThreshold = 0.42;

/** The entries that fit, the best first; one hit for each entry, whatever the languages it was found in. */
export function rank(concepts: readonly Concept[], candidates: readonly Candidate[], corpus: Corpus): Hit[] {
  const best = new Map<string, Hit>();
  for (const candidate of candidates) {
    const hit = score(concepts, candidate, corpus);
    if (hit.score >= hitThreshold && hit.score > (best.get(hit.id)?.score ?? 0)) best.set(hit.id, hit);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
}

function score(concepts: readonly Concept[], candidate: Candidate, corpus: Corpus): Hit {
  let asked = 0;
  let answered = 0;
  const lexemes = new Set<string>();
  for (const concept of concepts) {
    const weight = weightOf(concept, corpus);
    const { form, match } = bestMatch(concept, candidate);
    asked += weight;
    answered += weight * match;
    for (const lexeme of form?.lexemes ?? []) lexemes.add(lexeme);
  }
  const inTitle = [...lexemes].filter((lexeme) => candidate.fields[lexeme] === 'A').length;
  const focus = Math.min(1, inTitle / Math.max(1, candidate.titleLexemes));
  const coverage = asked === 0 ? 0 : answered / asked;
  return { id: candidate.id, score: coverage * (share.coverage + share.focus * focus), lexemes: [...lexemes] };
}

/** How much a concept tells, from its rarity: one that few entries have tells most. */
function weightOf({ forms }: Concept, { entries, entriesWith }: Corpus): number {
  const known = forms.find((form) => entriesOf(form, entriesWith) > 0);
  if (!known) return weightOfUnknown;
  return Math.log(1 + entries / entriesOf(known, entriesWith)) / Math.log(1 + entries);
}

function entriesOf({ lexemes }: Form, entriesWith: ReadonlyMap<string, number>): number {
  return Math.min(...lexemes.map((lexeme) => entriesWith.get(lexeme) ?? 0));
}

function bestMatch({ forms }: Concept, { fields }: Candidate): { form: Form | null; match: number } {
  let best: { form: Form | null; match: number } = { form: null, match: 0 };
  for (const form of forms) {
    const strengths = form.lexemes.map((lexeme) => (fields[lexeme] ? fieldStrength[fields[lexeme]] : 0));
    const match = form.strength * Math.min(...strengths);
    if (match > best.match) best = { form, match };
  }
  return best;
}
