import { conceptOf, piecesOf, type Concept } from './concepts.js';
import { rank, type Candidate, type Corpus, type Hit } from './scoring.js';
import { meantWord } from './spelling.js';
import { terms, vocabularyOf, type ReadTerm, type StopWords, type Vocabulary } from './vocabulary.js';

/** What a search needs of a database: one prepared statement on a pool. */
export interface SearchDatabase {
  query<Row>(text: string, values?: unknown[], name?: string): Promise<Row[]>;
}

/** Finds entries that answer a question. */
export interface TextSearch {
  /** The entries that fit, the best first; none if none does. */
  find(question: string, limit: number): Promise<Hit[]>;
  /** What PostgreSQL reads in texts: their lexemes. */
  read(texts: readonly string[]): Promise<(readonly string[])[]>;
}

/** Longer questions are cut: what is asked is said by then. */
const mostCharacters = 500;
const mostCandidates = 60;
/** How much a mended word counts, compared with the word itself. */
const mendedStrength = 0.9;

/**
 * A search in a relation with the columns `id`, `search` (from `search.document`), `phrases` and `wordings` (from the functions of the same names),
 * one row for each entry and language: `textSearch(db, 'faq.searchable')`. The name is trusted.
 */
export function textSearch(db: SearchDatabase, relation: string): TextSearch {
  const sql = statements(relation);
  let loading: Promise<Vocabulary> | undefined;

  const load = async () => {
    const read = await db.query<ReadTerm>(sql.terms, [terms]);
    const [stopWords] = await db.query<StopWords>(sql.stopWords);
    return vocabularyOf(read, stopWords!);
  };
  // Kept once it is there; a failed attempt is not.
  const vocabulary = () =>
    (loading ??= load().catch((fault: unknown) => {
      loading = undefined;
      throw fault;
    }));

  const read = async (texts: readonly string[]) => {
    const rows = await db.query<{ lexemes: string[] }>(sql.read, [texts]);
    return rows.map(({ lexemes }) => lexemes);
  };

  const fold = async (question: string) => {
    const [row] = await db.query<{ folded: string }>(sql.fold, [question.slice(0, mostCharacters)]);
    return row!.folded;
  };

  const conceptsOf = async (folded: string, known: Vocabulary) => {
    const pieces = piecesOf(folded, known);
    const lexemes = await read(pieces.map(({ text }) => text));
    return pieces.map((piece, index) => conceptOf(piece, lexemes[index]!, known)).filter((concept) => concept !== null);
  };

  const corpusOf = async (concepts: readonly Concept[]): Promise<Corpus> => {
    const lexemes = lexemesOf(concepts);
    const queries = lexemes.map((lexeme) => anyOf([lexeme]));
    const rows = await db.query<{ lexeme: string; count: number; entries: number }>(sql.corpus, [lexemes, queries]);
    return { entries: rows[0]?.entries ?? 0, entriesWith: new Map(rows.map(({ lexeme, count }) => [lexeme, count])) };
  };

  /** Adds the word that was probably meant to each concept that no entry knows. */
  const mend = async (concepts: readonly Concept[], corpus: Corpus, known: Vocabulary) => {
    const unknown = concepts.filter((concept) => isMisspelt(concept, corpus)).map(({ said }) => said);
    if (unknown.length === 0) return { concepts, corpus };
    const rows = await db.query<{ word: string; candidates: string[] }>(sql.alike, [unknown, relation]);
    const meant = rows.flatMap(({ word, candidates }) => {
      const text = meantWord(word, candidates);
      return text === null ? [] : [{ word, text }];
    });
    const lexemes = await read(meant.map(({ text }) => text));
    const mended = new Map(
      meant.map(({ word, text }, index) => [word, conceptOf({ kind: 'word', text }, lexemes[index]!, known)]),
    );
    const guessed = concepts.map((concept) => withGuess(concept, mended.get(concept.said) ?? null));
    return { concepts: guessed, corpus: await corpusOf(guessed) };
  };

  return {
    read,
    async find(question, limit) {
      const known = await vocabulary();
      const folded = await fold(question);
      const typed = await conceptsOf(folded, known);
      if (typed.length === 0) return [];
      const { concepts, corpus } = await mend(typed, await corpusOf(typed), known);
      const lexemes = lexemesOf(concepts);
      const candidates = await db.query<Candidate>(sql.candidates, [lexemes, anyOf(lexemes), mostCandidates]);
      return rank({ folded, concepts }, candidates, corpus).slice(0, limit);
    },
  };
}

const lexemesOf = (concepts: readonly Concept[]) => [
  ...new Set(concepts.flatMap(({ forms }) => forms.flatMap(({ lexemes }) => lexemes))),
];

/** A tsquery for entries that have any of the lexemes. */
function anyOf(lexemes: readonly string[]): string {
  return lexemes.map((lexeme) => `'${lexeme.replace(/[\\']/g, '$&$&')}'`).join(' | ');
}

function isMisspelt({ isLatin, forms }: Concept, { entriesWith }: Corpus): boolean {
  return isLatin && !forms.some(({ lexemes }) => lexemes.every((lexeme) => (entriesWith.get(lexeme) ?? 0) > 0));
}

function withGuess(concept: Concept, guess: Concept | null): Concept {
  if (!guess) return concept;
  const guessed = guess.forms.map(({ lexemes, strength }) => ({ lexemes, strength: strength * mendedStrength }));
  return { ...concept, forms: [...concept.forms, ...guessed] };
}

function statements(relation: string) {
  return {
    terms: `SELECT term, search.fold(term) AS folded, tsvector_to_array(search.lexemes(term)) AS lexemes FROM unnest($1::text[]) AS term`,
    stopWords: `SELECT search.english_stop_words() AS english, search.chinese_stop_words() AS chinese`,
    fold: `SELECT search.fold($1::text) AS folded`,
    read: `SELECT tsvector_to_array(search.lexemes(said)) AS lexemes FROM unnest($1::text[]) WITH ORDINALITY AS each(said, place) ORDER BY place`,
    corpus: `
      SELECT lexeme, total.entries, (SELECT count(DISTINCT id)::int FROM ${relation} WHERE search @@ wanted::tsquery) AS count
      FROM unnest($1::text[], $2::text[]) AS each(lexeme, wanted),
        (SELECT count(DISTINCT id)::int AS entries FROM ${relation}) AS total`,
    alike: `
      SELECT word, array_agg(candidate) AS candidates
      FROM unnest($1::text[]) AS word, search.words_like(word, $2::text::regclass) AS candidate GROUP BY word`,
    candidates: `
      SELECT id, phrases, wordings,
        (SELECT coalesce(json_object_agg(lexeme, (SELECT min(weight) FROM unnest(weights) AS weight)), '{}')
          FROM unnest(search) WHERE lexeme = ANY ($1::text[])) AS fields
      FROM ${relation} WHERE search @@ $2::text::tsquery
      ORDER BY ts_rank(search, $2::text::tsquery) DESC LIMIT $3`,
  };
}
