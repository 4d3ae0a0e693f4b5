import { explain, type Wishes } from './alignment.js';
import { classes, softmax, unknown, type Chances, type Class } from './classes.js';
import { splitClauses, type Clause } from './clauses.js';
import { featuresOf, type Features } from './features.js';
import { readingsOf } from './readings.js';
import type { FoundIntent } from './triage.js';

/** What training leaves: as JSON, numbers in base64. */
export interface StoredWeights {
  /** Digest of all that decides; decisions of another version are not comparable. */
  version: string;
  /** Sorted 24-bit hashes of the features, 3 bytes each, big endian. */
  features: string;
  /** For each feature one signed byte for each class. */
  weights: string;
  /** What a weight of 1 stands for. */
  scale: number;
  /** Turns the share of the best reading among all into a confidence that comes true: in log odds. */
  certainty: { factor: number; offset: number };
}

/** What a message wants, as far as its words tell. */
export interface Classification {
  found: FoundIntent[];
  /** How likely all routes are right, from 0 to 1. */
  confidence: number;
}

export interface Classifier {
  version: string;
  classify(text: string): Classification;
}

interface Read extends Clause {
  chances: Chances;
}

/** How much less likely a message has one wish more, in e-foldings: most have one. Chosen on `training/tuning.jsonl`. */
const perFurtherWish = 2;

/** A classifier from what training left. */
export function makeClassifier(stored: StoredWeights): Classifier {
  const read = reading(stored);
  return { version: stored.version, classify: (text) => classify(text, read, stored.certainty) };
}

/** The chances of clauses that stand beside each other. */
type ReadClauses = (clauses: readonly string[]) => Chances[];

function reading({ features, weights, scale }: StoredWeights): ReadClauses {
  const places = readPlaces(Buffer.from(features, 'base64'));
  const table = new Int8Array(Buffer.from(weights, 'base64'));
  const chancesOf = (known: Features): Chances => {
    const scores = new Float64Array(classes.length);
    for (const [hash, value] of known) {
      const place = places.get(hash);
      if (place === undefined) continue;
      for (let at = 0; at < scores.length; at += 1) scores[at]! += value * scale * table[place * scores.length + at]!;
    }
    return softmax(scores);
  };
  return (clauses) => featuresOf(clauses).map(chancesOf);
}

function readPlaces(bytes: Buffer): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (let at = 0; at < bytes.length; at += 3) places.set(bytes.readUIntBE(at, 3), at / 3);
  return places;
}

function classify(text: string, readClauses: ReadClauses, certainty: StoredWeights['certainty']): Classification {
  const clauses = splitClauses(text);
  const chances = readClauses(clauses.map((clause) => clause.text));
  const readings = readingsOf(chances, perFurtherWish);
  const { wishes, share } = readings.reduce((one, other) => (other.share > one.share ? other : one));
  const read = clauses.map((clause, index): Read => ({ ...clause, chances: chances[index]! }));
  return { found: describe(wishes, read, text), confidence: calibrated(share, certainty) };
}

function describe(wishes: Wishes, clauses: readonly Read[], text: string): FoundIntent[] {
  const wanted = wishes.length === 0 ? [unknown] : wishes;
  const told = toldBy(wishes, clauses);
  return wanted.map((wish) => ({
    intent: classes[wish]!,
    confidence: chanceOf(wish, clauses),
    excerpt: wanted.length > 1 ? excerptOf(classes[wish]!, told, clauses, text) : null,
  }));
}

/** By the clause that tells it best. */
function chanceOf(wish: number, clauses: readonly Read[]): number {
  return Math.round(100 * Math.max(0, ...clauses.map(({ chances }) => chances[wish]!))) / 100;
}

/** What each clause is, given the wishes of the message. */
function toldBy(wishes: Wishes, clauses: readonly Read[]): Class[] {
  const explained = explain(
    clauses.map(({ chances }) => chances),
    wishes,
  );
  return explained.map((chances) => classes[chances.indexOf(Math.max(...chances))]!);
}

/** From the first to the last clause of a wish, with the story that leads to it. */
function excerptOf(wish: Class, told: readonly Class[], clauses: readonly Clause[], text: string): string | null {
  const isWish = (each: Class) => each !== 'UNKNOWN' && each !== 'CHITCHAT';
  const first = told.indexOf(wish);
  if (first < 0) return null;
  const last = told.lastIndexOf(wish);
  const start = told.findLastIndex((each, at) => at < first && isWish(each)) + 1;
  const isLastWish = !told.some((each, at) => at > last && isWish(each));
  const end = isLastWish ? clauses.length - 1 : last;
  return text.slice(clauses[start]!.start, clauses[end]!.end);
}

function calibrated(share: number, { factor, offset }: StoredWeights['certainty']): number {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, share));
  const odds = factor * Math.log(kept / (1 - kept)) + offset;
  return Math.round(1000 / (1 + Math.exp(-odds))) / 1000;
}
