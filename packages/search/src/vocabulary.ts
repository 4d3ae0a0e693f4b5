import { synonyms } from './synonyms.js';

/** A term as PostgreSQL reads it. */
export interface ReadTerm {
  term: string;
  folded: string;
  lexemes: readonly string[];
}

/** Words that say nothing of what is asked: the migration `search` has them, because generated columns leave them out too. */
export interface StopWords {
  english: readonly string[];
  chinese: readonly string[];
}

/** The terms that questions are cut at, and what means the same. */
export interface Vocabulary {
  /** The longest phrase, Chinese word or stop word at the beginning of a folded text. */
  termAt(rest: string): { text: string; isStopWord: boolean } | undefined;
  /** Whether a Latin word says nothing. */
  isStopWord(word: string): boolean;
  /** Other ways to say a piece, as lexemes. */
  synonymsOf(folded: string, lexemes: readonly string[]): (readonly string[])[];
}

/** What questions are wrapped in, folded; unlike the stop words it may say something where it stands in an entry. */
const wrapping = {
  latin: ["i'd", "i'll", "i've", "you'd", 'stuff'],
  chinese: ['东西', '自己', '好像', '刚刚', '今天', '后', '内', '还', '再', '才'],
};

const han = /[\u3400-\u9fff]/u;
const isPhrase = (folded: string) => han.test(folded) || /[ -]/.test(folded);
const keyOf = (lexemes: readonly string[]) => [...lexemes].sort().join(' ');

/** Whether nothing of a term is lost in its lexemes: “did not receive” would be any receiving, and “when will” nothing. */
function isWhole({ folded, lexemes }: ReadTerm): boolean {
  return lexemes.length > 0 && (han.test(folded) || lexemes.length >= folded.split(/[ -]/).length);
}

/** All terms, to be read by PostgreSQL once. */
export const terms: readonly string[] = [...new Set(synonyms.flat())];

/** Builds the vocabulary from the terms as PostgreSQL reads them. */
export function vocabularyOf(read: readonly ReadTerm[], { english, chinese }: StopWords): Vocabulary {
  const byTerm = new Map(read.map((each) => [each.term, each]));
  const others = new Map<string, (readonly string[])[]>();
  for (const group of synonyms) {
    const members = group.map((term) => byTerm.get(term)!);
    const whole = members.filter(isWhole);
    for (const member of members) {
      const rest = whole.filter((each) => each !== member).map(({ lexemes }) => lexemes);
      const keys = [member.folded, ...(isWhole(member) ? [keyOf(member.lexemes)] : [])];
      for (const key of new Set(keys)) others.set(key, [...(others.get(key) ?? []), ...rest]);
    }
  }
  const stopWords = new Set([...english, ...chinese, ...wrapping.latin, ...wrapping.chinese]);
  const phrases = read.map(({ folded }) => folded).filter(isPhrase);
  const byFirst = longestFirst([...new Set([...phrases, ...chinese, ...wrapping.chinese])]);

  return {
    termAt(rest) {
      const text = byFirst.get(rest[0]!)?.find((term) => rest.startsWith(term) && endsThere(rest, term));
      return text === undefined ? undefined : { text, isStopWord: stopWords.has(text) };
    },
    isStopWord: (word) => stopWords.has(word) || stopWords.has(word.replace(/['’-]/g, '')),
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
