import { conceptOf, piecesOf, withWholeVerbs, type Concept, type Piece } from './concepts.js';
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
/** Misspelt words of one question that are mended, the first ones: each takes about 3 ms, and who misspells more cannot be guessed. */
const mostMended = 4;
/** How much a mended word counts, compared with the word itself. */
const mendedStrength = 0.9;

/**
 * A search in a relation with the columns `id`, `search` (from `search.document`), `phrases` and `wordings` (from the
 * functions of the same names), one row for each entry and language: `textSearch(db, 'faq.searchable')`. The name is trusted.
 */
export function textSearch(db: SearchDatabase, relation: string): TextSearch {
  const ask = statements(db, relation);
  let loading: Promise<Vocabulary> | undefined;

  const load = async () => {
    const [stopWords] = await ask.stopWords([]);
    return vocabularyOf(await ask.terms([terms]), stopWords!);
  };
  // Kept once it is there; a failed attempt is not.
  const vocabulary = () =>
    (loading ??= load().catch((fault: unknown) => {
      loading = undefined;
      throw fault;
    }));

  const fold = async (question: string) => {
    // PostgreSQL takes any character but this one.
    const [row] = await ask.fold([question.replaceAll('\0', ' ').slice(0, mostCharacters)]);
    return row!.folded;
  };

  const conceptsOf = async (pieces: readonly Piece[], known: Vocabulary) => {
    const rows = await ask.readFolded([pieces.map(({ text }) => text)]);
    return pieces.map((piece, index) => conceptOf(piece, rows[index]!.lexemes, known));
  };

  const corpusOf = async (concepts: readonly Concept[]): Promise<Corpus> => {
    const lexemes = lexemesOf(concepts);
    const queries = lexemes.map((lexeme) => anyOf([lexeme]));
    const rows = await ask.corpus([lexemes, queries]);
    return { entries: rows[0]?.entries ?? 0, entriesWith: new Map(rows.map(({ lexeme, count }) => [lexeme, count])) };
  };

  /** Adds the word that was probably meant to each concept that no entry knows. */
  const mend = async (concepts: readonly Concept[], corpus: Corpus, known: Vocabulary) => {
    const unknown = concepts
      .filter((concept) => isMisspelt(concept, corpus))
      .slice(0, mostMended)
      .map(({ said }) => said);
    if (unknown.length === 0) return { concepts, corpus };
    const rows = await ask.alike([unknown, relation]);
    const meant = rows.flatMap(({ word, candidates }) => {
      const text = meantWord(word, candidates);
      return text === null ? [] : [{ word, piece: { kind: 'word' as const, text } }];
    });
    const guesses = await conceptsOf(
      meant.map(({ piece }) => piece),
      known,
    );
    const mended = new Map(meant.map(({ word }, index) => [word, guesses[index]]));
    const guessed = concepts.map((concept) => withGuess(concept, mended.get(concept.said)));
    return { concepts: guessed, corpus: await corpusOf(guessed) };
  };

  return {
    async read(texts) {
      const rows = await ask.read([texts]);
      return rows.map(({ lexemes }) => lexemes);
    },
    async find(question, limit) {
      const known = await vocabulary();
      const folded = await fold(question);
      const typed = (await conceptsOf(piecesOf(withWholeVerbs(folded), known), known)).filter(
        (concept) => concept !== null,
      );
      if (typed.length === 0) return [];
      const { concepts, corpus } = await mend(typed, await corpusOf(typed), known);
      const lexemes = lexemesOf(concepts);
      const candidates = await ask.candidates([lexemes, anyOf(lexemes), mostCandidates]);
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

function withGuess(concept: Concept, guess: Concept | null | undefined): Concept {
  if (!guess) return concept;
  const guessed = guess.forms.map(({ lexemes, strength }) => ({ lexemes, strength: strength * mendedStrength }));
  return { ...concept, forms: [...concept.forms, ...guessed] };
}

/** The statements of a search, prepared under names of the relation's own. */
function statements(db: SearchDatabase, relation: string) {
  const prepared =
    <Row>(name: string, text: string) =>
    (values: unknown[]): Promise<Row[]> =>
      db.query<Row>(text, values, `search-${name} ${relation}`);
  return {
    terms: prepared<ReadTerm>(
      'terms',
      `SELECT term, search.fold(term) AS folded, tsvector_to_array(search.lexemes(term)) AS lexemes
       FROM unnest($1::text[]) AS term`,
    ),
    stopWords: prepared<StopWords>(
      'stop-words',
      `SELECT search.english_stop_words() AS english, search.chinese_stop_words() AS chinese`,
    ),
    fold: prepared<{ folded: string }>('fold', `SELECT search.fold($1::text) AS folded`),
    read: prepared<{ lexemes: string[] }>('read', readSql('search.lexemes')),
    readFolded: prepared<{ lexemes: string[] }>('read-folded', readSql('search.folded_lexemes')),
    corpus: prepared<{ lexeme: string; count: number; entries: number }>(
      'corpus',
      `SELECT lexeme, total.entries, (SELECT count(DISTINCT id)::int FROM ${relation} WHERE search @@ wanted::tsquery) AS count
       FROM unnest($1::text[], $2::text[]) AS each(lexeme, wanted),
         (SELECT count(DISTINCT id)::int AS entries FROM ${relation}) AS total`,
    ),
    alike: prepared<{ word: string; candidates: string[] }>(
      'alike',
      `SELECT word, array_agg(candidate) AS candidates
       FROM unnest($1::text[]) AS word, search.words_like(word, $2::text::regclass) AS candidate GROUP BY word`,
    ),
    candidates: prepared<Candidate>(
      'candidates',
      `SELECT id, phrases, wordings,
         (SELECT coalesce(json_object_agg(lexeme, (SELECT min(weight) FROM unnest(weights) AS weight)), '{}')
           FROM unnest(search) WHERE lexeme = ANY ($1::text[])) AS fields
       FROM ${relation} WHERE search @@ $2::text::tsquery
       ORDER BY ts_rank(search, $2::text::tsquery) DESC LIMIT $3`,
    ),
  };
}

const readSql = (lexemes: string) =>
  `SELECT tsvector_to_array(${lexemes}(said)) AS lexemes
   FROM unnest($1::text[]) WITH ORDINALITY AS each(said, place) ORDER BY place`;
