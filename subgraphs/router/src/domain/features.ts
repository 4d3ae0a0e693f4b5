import { conceptsOf, isOfShop } from './concepts.js';
import { normalise } from './normalise.js';

/** What is known of a clause: hashes of its features, each with its value. */
export type Features = ReadonlyMap<number, number>;

/** A clause as far as its neighbours need to know it. */
interface Read {
  normalised: string;
  marks: string;
  concepts: readonly string[];
}

/** The features of each clause of a message: its own words and ideas, and the ideas of what stands around it. */
export function featuresOf(clauses: readonly string[]): Features[] {
  const read = clauses.map(readClause);
  return read.map((own, index) => {
    const features = new Map<number, number>();
    addWords(features, own.normalised);
    addIdeas(features, own);
    const before = read[index - 1]?.concepts;
    const after = read[index + 1]?.concepts;
    addAll(features, before ? before.map((concept) => `<${concept}`) : ['<'], 0.2);
    addAll(features, after ? after.map((concept) => `>${concept}`) : ['>'], 0.2);
    return features;
  });
}

function readClause(text: string): Read {
  const normalised = normalise(text);
  const marks = [...new Set(text.match(/[?？!！]/gu) ?? [])].map((mark) => mark.normalize('NFKC')).join('');
  return { normalised, marks, concepts: conceptsOf(normalised) };
}

/** Parts of a word at least this long are features too, so that a typo leaves most of it known. */
const shortestSplit = 5;

function addWords(features: Map<number, number>, normalised: string): void {
  const names: string[] = [];
  const parts: string[] = [];
  let before = '^';
  for (const token of normalised.match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? []) {
    if (/\p{Script=Han}/u.test(token)) addChinese(names, token);
    else {
      names.push(`w:${token}`, `b:${before} ${token}`);
      if (token.length >= shortestSplit) addParts(parts, `_${token}_`);
    }
    before = token;
  }
  names.push(`b:${before} $`);
  addAll(features, names, 1 / Math.sqrt(names.length));
  addAll(features, parts, 0.6 / Math.sqrt(parts.length || 1));
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

/** Ideas alone, two at a time (a return and a rule are a question about rules), and the shape of the clause. */
function addIdeas(features: Map<number, number>, { normalised, marks, concepts }: Read): void {
  const pairs = concepts.flatMap((one, at) => concepts.slice(at + 1).map((other) => `${one}&${other}`));
  addAll(features, concepts.length > 0 ? concepts : ['none'], 0.6);
  addAll(features, pairs, 0.3);
  const length = Math.min(5, Math.ceil(Math.log2(1 + normalised.length / 6)));
  addAll(features, [`marks${marks}`, `length${length}`, `ideas${Math.min(4, concepts.length)}`], 0.3);
  addAll(features, [isOfShop(concepts) ? 'shop' : 'anything', 'clause'], 0.5);
}

function addAll(features: Map<number, number>, names: readonly string[], value: number): void {
  for (const name of names) features.set(hash(name), value);
}

/** FNV-1a in 24 bits: small enough to store, large enough that features rarely meet. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) value = Math.imul(value ^ name.charCodeAt(at), 0x01000193);
  return ((value >>> 24) ^ value) & 0xffffff;
}
