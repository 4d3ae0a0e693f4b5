import { conceptsOf, isOfShop } from './concepts.js';
import { normalise } from './normalise.js';

/** What is known of a clause: hashes of its features, each with its value. */
export type Features = ReadonlyMap<number, number>;

/** A clause as far as it and its neighbours need to know it. */
interface Read {
  normalised: string;
  marks: string;
  /** Words, and single Chinese characters. */
  tokens: readonly string[];
  /** Words, and pairs of Chinese characters. */
  words: readonly string[];
  concepts: readonly string[];
}

/** The features of each clause of a message: its own words and ideas, and those of what stands around it. */
export function featuresOf(clauses: readonly string[]): Features[] {
  const read = clauses.map(readClause);
  return read.map((own, index) => {
    const features = new Map<number, number>();
    addWords(features, own);
    addIdeas(features, own);
    addNeighbour(features, '<', read[index - 1]);
    addNeighbour(features, '>', read[index + 1]);
    addPlace(features, index, read.length);
    return features;
  });
}

function readClause(text: string): Read {
  const normalised = normalise(text);
  const marks = [...new Set(text.match(/[?？!！]/gu) ?? [])].map((mark) => mark.normalize('NFKC')).join('');
  const tokens = normalised.match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [];
  const words = (normalised.match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? []).flatMap(wordsOf);
  return { normalised, marks, tokens, words, concepts: conceptsOf(normalised) };
}

const isChinese = (token: string) => /\p{Script=Han}/u.test(token);

function wordsOf(run: string): string[] {
  if (!isChinese(run)) return [run];
  const letters = [...run];
  return letters.slice(1).map((letter, at) => letters[at]! + letter);
}

/** Parts of a word at least this long are features too, so that a typo leaves most of it known. */
const shortestSplit = 5;
/** Words this far from each other are still a pair: "nothing ... arrived". */
const farthestPair = 5;

// Each kind of features has a length of its own, whatever the length of the clause.
function addWords(features: Map<number, number>, { normalised, tokens }: Read): void {
  const names: string[] = [];
  const parts: string[] = [];
  let before = '^';
  for (const token of normalised.match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? []) {
    if (isChinese(token)) addChinese(names, token);
    else {
      names.push(`w:${token}`, `b:${before} ${token}`);
      if (token.length >= shortestSplit) addParts(parts, `_${token}_`);
    }
    before = token;
  }
  names.push(`b:${before} $`);
  addAll(features, [...pairsOf(tokens), ...triplesOf(tokens)], 0.8, true);
  addAll(features, names, 1, true);
  addAll(features, parts, 0.6, true);
}

function addChinese(names: string[], run: string): void {
  const letters = [...run];
  letters.forEach((letter, at) => {
    names.push(`c:${letter}`);
    if (at > 0) names.push(`c:${letters[at - 1]}${letter}`);
    if (at > 1) names.push(`c:${letters[at - 2]}${letters[at - 1]}${letter}`);
  });
}

function addParts(parts: string[], word: string): void {
  for (let at = 0; at + 4 <= word.length; at += 1) parts.push(`p:${word.slice(at, at + 4)}`);
}

/** Two that stand apart. */
function pairsOf(tokens: readonly string[]): string[] {
  return tokens.flatMap((token, at) =>
    tokens.slice(at + 2, at + 1 + farthestPair).map((other) => `s:${token} ${other}`),
  );
}

/** Three in a row around a word; those of Chinese characters are among the words. */
function triplesOf(tokens: readonly string[]): string[] {
  return tokens.flatMap((token, at) =>
    isChinese(token) ? [] : [`t:${tokens[at - 1] ?? '^'} ${token} ${tokens[at + 1] ?? '$'}`],
  );
}

/** Ideas alone, two at a time (a return and a rule are a question about rules), and the shape of the clause. */
function addIdeas(features: Map<number, number>, { normalised, marks, concepts }: Read): void {
  const pairs = concepts.flatMap((one, at) => concepts.slice(at + 1).map((other) => `${one}&${other}`));
  addAll(features, concepts.length > 0 ? concepts : ['none'], 0.6);
  addAll(features, pairs, 0.3);
  const length = Math.min(5, Math.ceil(Math.log2(1 + normalised.length / 6)));
  addAll(features, [`marks${marks}`, `length${length}`, `ideas${Math.min(4, concepts.length)}`], 0.3);
  addAll(features, [isOfShop(concepts) ? 'shop' : 'anything', 'clause'], 0.5);
}

function addNeighbour(features: Map<number, number>, side: '<' | '>', neighbour: Read | undefined): void {
  if (!neighbour) return addAll(features, [side], 0.2);
  const named = (names: readonly string[]) => names.map((name) => `${side}${name}`);
  addAll(features, named(neighbour.words), 0.6, true);
  addAll(features, named(neighbour.concepts), 0.2);
}

/** Where a clause stands: the last of many is more often the wish, the first a story. */
function addPlace(features: Map<number, number>, index: number, count: number): void {
  addAll(features, [`at${Math.min(index, 3)}/${Math.min(count, 4)}`, `of${Math.min(count, 6)}`], 0.3);
}

/** Adds features that share a value if they are `shared` out, so that many of them weigh no more than one. */
function addAll(features: Map<number, number>, names: readonly string[], value: number, shared = false): void {
  const each = shared ? value / Math.sqrt(names.length || 1) : value;
  for (const name of names) features.set(hash(name), each);
}

/** FNV-1a in 24 bits: small enough to store, large enough that features rarely meet. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) value = Math.imul(value ^ name.charCodeAt(at), 0x01000193);
  return ((value >>> 24) ^ value) & 0xffffff;
}
