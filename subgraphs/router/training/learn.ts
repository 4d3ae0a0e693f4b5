import { classes } from '../src/domain/classifier.js';
import { splitClauses } from '../src/domain/clauses.js';
import { featuresOf, type Features } from '../src/domain/features.js';
import type { Example } from './corpus.js';
import type { Random } from './random.js';
import type { Label } from './templates.js';

/** A clause with what it is: a place among the classes. */
interface Lesson {
  features: Features;
  wanted: number;
}

export interface LearnOptions {
  /** Times that each lesson is seen. */
  rounds: number;
  /** How fast weights move. */
  pace: number;
  /** How strongly weights are drawn to zero. */
  decay: number;
  /** The share of a clause's features that each step does without, so that no single one decides. */
  dropped: number;
}

/** Weights of features by class: row after row, in the order of the features and of the classes. */
export interface Weights {
  features: readonly number[];
  table: Float64Array;
}

/** A lesson by the rows of its features. */
interface Row {
  places: Uint32Array;
  values: Float64Array;
  wanted: number;
}

/** Multinomial logistic regression over the clauses of the examples. */
export function learn(examples: readonly Example[], random: Random, options: LearnOptions): Weights {
  const lessons = examples.flatMap(lessonsOf);
  const features = oftenSeen(lessons);
  const places = new Map(features.map((hash, place) => [hash, place]));
  const rows = lessons.map((lesson) => rowOf(lesson, places));
  const table = new Float64Array(features.length * classes.length);
  const squares = new Float64Array(table.length).fill(1e-2);
  for (let round = 0; round < options.rounds; round += 1) {
    shuffle(rows, random);
    for (const row of rows) step(thin(row, options.dropped, random), table, squares, options);
  }
  return { features, table };
}

function rowOf({ features, wanted }: Lesson, places: ReadonlyMap<number, number>): Row {
  const known = [...features].filter(([hash]) => places.has(hash));
  return {
    places: Uint32Array.from(known, ([hash]) => places.get(hash)! * classes.length),
    values: Float64Array.from(known, ([, value]) => value),
    wanted,
  };
}

function thin({ places, values, wanted }: Row, dropped: number, random: Random): Row {
  const stays = Array.from(places, () => !random.chance(dropped));
  const kept = (_: number, at: number) => stays[at]!;
  return { places: places.filter(kept), values: values.filter(kept), wanted };
}

/** One step down the gradient of the log loss, each weight at its own pace (AdaGrad). */
function step(
  { places, values, wanted }: Row,
  table: Float64Array,
  squares: Float64Array,
  options: LearnOptions,
): void {
  const errors = chancesOf(scoresOf(places, values, table));
  errors[wanted]! -= 1;
  for (let feature = 0; feature < places.length; feature += 1) {
    for (let at = 0; at < errors.length; at += 1) {
      const cell = places[feature]! + at;
      const slope = errors[at]! * values[feature]! + options.decay * table[cell]!;
      squares[cell]! += slope * slope;
      table[cell]! -= (options.pace * slope) / Math.sqrt(squares[cell]!);
    }
  }
}

function scoresOf(places: Uint32Array, values: Float64Array, table: Float64Array): Float64Array {
  const scores = new Float64Array(classes.length);
  for (let feature = 0; feature < places.length; feature += 1)
    for (let at = 0; at < scores.length; at += 1) scores[at]! += values[feature]! * table[places[feature]! + at]!;
  return scores;
}

function chancesOf(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Each clause with the label of the part it stands in, and a message with one wish also as a whole. */
function lessonsOf({ text, segments }: Example): Lesson[] {
  const clauses = splitClauses(text);
  const features = featuresOf(clauses.map((clause) => clause.text));
  const lessons = clauses.map(({ start, end }, index) => {
    const part = segments.reduce((best, each) => (overlap(each, start, end) > overlap(best, start, end) ? each : best));
    return { features: features[index]!, wanted: classOf(part.label) };
  });
  const wished = new Set(
    segments.map(({ label }) => label).filter((label) => !['aside', 'chitchat', 'none', 'echo'].includes(label)),
  );
  if (clauses.length > 1 && wished.size === 1) {
    const [label] = wished;
    lessons.push({ features: featuresOf([text])[0]!, wanted: classOf(label!) });
  }
  return lessons;
}

function overlap(part: { start: number; end: number }, start: number, end: number): number {
  return Math.min(part.end, end) - Math.max(part.start, start);
}

function classOf(label: Label): number {
  const name = label === 'none' || label === 'aside' || label === 'echo' ? 'UNKNOWN' : label.toUpperCase();
  return classes.findIndex((each) => each === name);
}

/** Features that were seen at least twice: one seen once says nothing of what will be seen. */
function oftenSeen(lessons: readonly Lesson[]): number[] {
  const counts = new Map<number, number>();
  for (const { features } of lessons) for (const hash of features.keys()) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= 2).map(([hash]) => hash);
}

function shuffle<T>(items: T[], random: Random): void {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
}
