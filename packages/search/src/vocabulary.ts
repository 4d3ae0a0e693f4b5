import { chineseStopWords } from './stopWords.js';
import { synonyms } from './synonyms.js';

/** A term as PostgreSQL reads it. */
export interface ReadTerm {
  term: string;
  folded: string;
  lexemes: readonly string[];
}

/** The terms that questions are cut at, and what means the same. */
export interface Vocabulary {
  /** The longest phrase, Chinese word or stop word at the beginning of a folded text. */
  termAt(rest: string): { text: string; isStopWord: boolean } | undefined;
  /** Other ways to say a piece, as lexemes. */
  synonymsOf(folded: string, lexemes: readonly string[]): (readonly string[])[];
}

const han = /[\u3400-\u9fff]/u;
const isPhrase = (folded: string) => han.test(folded) || /[ -]/.test(folded);
const keyOf = (lexemes: readonly string[]) => [...lexemes].sort().join(' ');

/** All terms, to be read by PostgreSQL once. */
export const terms: readonly string[] = [...new Set([...synonyms.flat(), ...chineseStopWords])];

/** Builds the vocabulary from the terms as PostgreSQL reads them. */
export function vocabularyOf(read: readonly ReadTerm[]): Vocabulary {
  const byTerm = new Map(read.map((each) => [each.term, each]));
  const others = new Map<string, (readonly string[])[]>();
  for (const group of synonyms) {
    const members = group.map((term) => byTerm.get(term)!).filter(({ lexemes }) => lexemes.length > 0);
    for (const member of members) {
      const rest = members.filter((each) => each !== member).map(({ lexemes }) => lexemes);
      for (const key of new Set([member.folded, keyOf(member.lexemes)]))
        others.set(key, [...(others.get(key) ?? []), ...rest]);
    }
  }
  const stopWords = new Set(chineseStopWords.map((word) => byTerm.get(word)!.folded));
  const byFirst = longestFirst([...new Set(read.map(({ folded }) => folded))].filter(isPhrase));

  return {
    termAt(rest) {
      const text = byFirst.get(rest[0]!)?.find((term) => rest.startsWith(term) && endsThere(rest, term));
      return text === undefined ? undefined : { text, isStopWord: stopWords.has(text) };
    },
    synonymsOf: (folded, lexemes) => others.get(folded) ?? others.get(keyOf(lexemes)) ?? [],
  };
}

function longestFirst(phrases: readonly string[]): Map<string, string[]> {
  const byFirst = new Map<string, string[]>();
  for (const phrase of [...phrases].sort((a, b) => b.length - a.length))
    byFirst.set(phrase[0]!, [...(byFirst.get(phrase[0]!) ?? []), phrase]);
  return byFirst;
}

/** A Latin phrase ends where a word ends; Chinese has no such place. */
function endsThere(rest: string, term: string): boolean {
  return han.test(term) || !/^[\p{L}\p{N}]/u.test(rest.slice(term.length));
}
