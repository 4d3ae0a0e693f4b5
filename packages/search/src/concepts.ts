import type { Vocabulary } from './vocabulary.js';

/** One way to say something: the lexemes that an entry must all have. */
export interface Form {
  lexemes: readonly string[];
  /** 1 for what was typed, less for a synonym or a guess at the spelling. */
  strength: number;
}

/** One thing that a question asks for, and the ways to say it, as typed first. */
export interface Concept {
  /** As it was typed, folded. */
  said: string;
  /** Latin words can be misspelt; Chinese is typed by choosing characters. */
  isLatin: boolean;
  forms: readonly Form[];
}

/** A piece of a folded question: a word or phrase of the vocabulary, another Latin word, or a pair of Chinese characters. */
export type Piece = { kind: 'term' | 'word' | 'pair'; text: string };

/** How much a synonym counts, compared with the word itself. Set with the test sets of both subgraphs, 2026-11. */
const synonymStrength = 0.85;
const mostConcepts = 24;

const latinWord = /^[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/u;
const han = /^[\u3400-\u9fff]/u;

/** A verb, what is sent back and the word that belongs to the verb: “sent the blue mug back”. */
const separated =
  /\b(send|sent|sending|give|gave|giving|bring|brought|bringing|take|took|taking|ship|shipped|shipping) ((?:[\p{L}\p{N}'’-]+ ){1,4}?)back\b/gu;

/** A folded question with the verbs whole that have words in between: “send back the blue mug”. */
export function withWholeVerbs(folded: string): string {
  return folded.replace(separated, (_, verb: string, between: string) => `${verb} back ${between.trim()}`);
}

/** Cuts a folded question into pieces, the longest known term first, and leaves out what says nothing. */
export function piecesOf(folded: string, vocabulary: Vocabulary): Piece[] {
  const pieces: Piece[] = [];
  let run = '';
  const endRun = () => {
    pieces.push(...pairsOf(run).map((text) => ({ kind: 'pair' as const, text })));
    run = '';
  };
  for (let at = 0; at < folded.length;) {
    const rest = folded.slice(at);
    const term = vocabulary.termAt(rest);
    const character = term ? undefined : han.exec(rest)?.[0];
    const word = term || character ? undefined : latinWordOf(rest);
    if (character) run += character;
    else endRun();
    if (term && !term.isStopWord) pieces.push({ kind: 'term', text: term.text });
    if (word && !vocabulary.isStopWord(word)) pieces.push({ kind: 'word', text: word });
    at += (term?.text ?? character ?? word ?? ' ').length;
  }
  endRun();
  return distinct(pieces).slice(0, mostConcepts);
}

function latinWordOf(rest: string): string | undefined {
  const found = latinWord.exec(rest)?.[0];
  // A run of letters ends where Chinese begins: the expression takes both for letters.
  return found?.split(/[\u3400-\u9fff]/u)[0];
}

function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((second, index) => characters[index]! + second);
}

function distinct(pieces: readonly Piece[]): Piece[] {
  return [...new Map(pieces.map((piece) => [piece.text, piece])).values()];
}

/** What a piece asks for, in all its ways; null if it says nothing (a stop word of PostgreSQL's). */
export function conceptOf(piece: Piece, lexemes: readonly string[], vocabulary: Vocabulary): Concept | null {
  const typed = lexemes.length > 0 ? [{ lexemes, strength: 1 }] : [];
  const others = vocabulary
    .synonymsOf(piece.text, lexemes)
    .map((other) => ({ lexemes: other, strength: synonymStrength }));
  if (typed.length + others.length === 0) return null;
  return {
    said: piece.text,
    isLatin: latinWord.test(piece.text) && !han.test(piece.text),
    forms: [...typed, ...others],
  };
}
