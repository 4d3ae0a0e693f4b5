import type { Concept, Form } from './concepts.js';

/** Where in an entry a lexeme is: its title, the words given by hand, its text. */
export type Field = 'A' | 'B' | 'C';

/** An entry in one language, and which of the wanted lexemes are where in it. */
export interface Candidate {
  id: string;
  fields: Readonly<Record<string, Field>>;
  /** Its title and keywords, folded, one a line. */
  phrases: string;
  /** The same, as lexemes with spaces between. */
  wordings: readonly string[];
}

/** What is asked. */
export interface Question {
  /** As typed, folded. */
  folded: string;
  concepts: readonly Concept[];
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
/** A Latin word that no entry has is mostly what the question is about: “Do you sell bicycles?”. A pair of characters may be none. */
const weightOfUnknown = { latin: 0.9, chinese: 0.3 };
/** Whoever tells a story asks for less than they say: beyond this weight, what is said counts half. */
const weightOfQuestion = 2.5;
const shortestPhrase = 3;
const share = { coverage: 0.62, closeness: 0.33, verbatim: 0.05 };

/** Below this an entry is no hit: it shares a word with the question, and no more. From here on it is fit to be the answer. */
export const answerThreshold = 0.44;

/** The entries that fit, the best first; one hit for each entry, whatever the languages it was found in. */
export function rank(question: Question, candidates: readonly Candidate[], corpus: Corpus): Hit[] {
  const best = new Map<string, Hit>();
  for (const candidate of candidates) {
    const hit = score(question, candidate, corpus);
    if (hit.score >= answerThreshold && hit.score > (best.get(hit.id)?.score ?? 0)) best.set(hit.id, hit);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
}

/** How much of the question the entry has anywhere, and how close the question comes to one of its wordings. */
function score({ folded, concepts }: Question, candidate: Candidate, corpus: Corpus): Hit {
  const weights = concepts.map((concept) => weightOf(concept, corpus));
  const matches = concepts.map((concept) => bestMatch(concept, candidate));
  const coverage = shareOf(weights, matches);
  const closeness = Math.max(0, ...candidate.wordings.map((wording) => closenessTo(wording, concepts, weights)));
  return {
    id: candidate.id,
    score:
      share.coverage * coverage + share.closeness * closeness + (isVerbatim(folded, candidate) ? share.verbatim : 0),
    lexemes: [...new Set(matches.flatMap(({ form }) => form?.lexemes ?? []))],
  };
}

/** The harmonic mean of how much of the question is in a wording and how much of the wording is in the question. */
function closenessTo(wording: string, concepts: readonly Concept[], weights: readonly number[]): number {
  const lexemes = new Set(wording.split(' '));
  const matches = concepts.map(({ forms }) => strongest(forms, (lexeme) => (lexemes.has(lexeme) ? 1 : 0)));
  const met = new Set(matches.flatMap(({ form }) => form?.lexemes ?? []));
  const ofQuestion = shareOf(weights, matches);
  const ofWording = met.size / lexemes.size;
  return ofQuestion === 0 ? 0 : (2 * ofQuestion * ofWording) / (ofQuestion + ofWording);
}

/** Whether the question holds a whole phrase of the entry, letter by letter. */
function isVerbatim(folded: string, { phrases }: Candidate): boolean {
  return phrases.split('\n').some((phrase) => phrase.length >= shortestPhrase && folded.includes(phrase));
}

function shareOf(weights: readonly number[], matches: readonly Match[]): number {
  const said = weights.reduce((sum, weight) => sum + weight, 0);
  const asked = said <= weightOfQuestion ? said : (said + weightOfQuestion) / 2;
  const answered = weights.reduce((sum, weight, index) => sum + weight * matches[index]!.strength, 0);
  return asked === 0 ? 0 : Math.min(1, answered / asked);
}

/** How much a concept tells, from its rarity: one that few entries have tells most. */
function weightOf({ forms, isLatin }: Concept, { entries, entriesWith }: Corpus): number {
  const known = forms.find((form) => entriesOf(form, entriesWith) > 0);
  if (!known) return isLatin ? weightOfUnknown.latin : weightOfUnknown.chinese;
  return Math.log(1 + entries / entriesOf(known, entriesWith)) / Math.log(1 + entries);
}

function entriesOf({ lexemes }: Form, entriesWith: ReadonlyMap<string, number>): number {
  return Math.min(...lexemes.map((lexeme) => entriesWith.get(lexeme) ?? 0));
}

interface Match {
  form: Form | null;
  strength: number;
}

function bestMatch({ forms }: Concept, { fields }: Candidate): Match {
  return strongest(forms, (lexeme) => (fields[lexeme] ? fieldStrength[fields[lexeme]] : 0));
}

/** The form of which all lexemes are there, at the strength of the weakest. */
function strongest(forms: readonly Form[], strengthOf: (lexeme: string) => number): Match {
  let best: Match = { form: null, strength: 0 };
  for (const form of forms) {
    const strength = form.strength * Math.min(...form.lexemes.map(strengthOf));
    if (strength > best.strength) best = { form, strength };
  }
  return best;
}
