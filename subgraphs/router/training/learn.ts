import { explain, type Wishes } from '../src/domain/alignment.js';
import { classes, softmax, type Chances } from '../src/domain/classes.js';
import { splitClauses } from '../src/domain/clauses.js';
import { featuresOf, type Features } from '../src/domain/features.js';
import { readingsOf } from '../src/domain/readings.js';
import type { Labelled } from './labelled.js';
import type { Random } from './random.js';

export interface LearnOptions {
  /** Times that each message is seen. */
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
  table: Float32Array;
}

/** A message by its clauses, and its wishes by their places among the classes. */
interface Lesson {
  clauses: readonly Row[];
  wishes: readonly number[];
}

/** A clause by the rows of its features. */
interface Row {
  places: Uint32Array;
  values: Float32Array;
}

/**
 * A conditional random field over the clauses of messages, of which only the wishes of the whole are known (a hidden CRF,
 * Quattoni et al. 2007): each step makes the wishes that a message has more likely than all others that it could have. Which
 * clause tells which wish is summed over.
 */
export function learn(messages: readonly Labelled[], random: Random, options: LearnOptions): Weights {
  const read = messages.map(({ text }) => featuresOf(splitClauses(text).map((clause) => clause.text)));
  const features = oftenSeen(read.flat());
  const places = new Map(features.map((hash, place) => [hash, place]));
  const lessons = messages.map(({ routes }, at): Lesson => {
    const wishes = routes.map((route) => classes.findIndex((each) => each.toLowerCase() === route));
    return { clauses: read[at]!.map((clause) => rowOf(clause, places)), wishes };
  });
  const table = new Float32Array(features.length * classes.length);
  const squares = new Float32Array(table.length).fill(1e-2);
  for (let round = 0; round < options.rounds; round += 1) {
    shuffle(lessons, random);
    // What a message might want says little before anything is known: the first round learns each clause by itself.
    const expect = round === 0 ? byItself : expectedOf;
    for (const lesson of lessons) step(lesson, table, squares, expect, options, random);
  }
  return { features, table };
}

function rowOf(features: Features, places: ReadonlyMap<number, number>): Row {
  const known = [...features].filter(([hash]) => places.has(hash));
  return {
    places: Uint32Array.from(known, ([hash]) => places.get(hash)! * classes.length),
    values: Float32Array.from(known, ([, value]) => value),
  };
}

/** One step down the gradient of the log loss, each weight at its own pace (AdaGrad). */
function step(
  { clauses, wishes }: Lesson,
  table: Float32Array,
  squares: Float32Array,
  expect: Expect,
  { pace, decay, dropped }: LearnOptions,
  random: Random,
): void {
  const rows = clauses.map((row) => thin(row, dropped, random));
  const chances = rows.map((row) => chancesOf(row, table));
  const explained = explain(chances, wishes);
  const expected = expect(chances, wishes);
  rows.forEach(({ places, values }, clause) => {
    for (let feature = 0; feature < places.length; feature += 1) {
      for (let at = 0; at < classes.length; at += 1) {
        const cell = places[feature]! + at;
        const error = expected[clause]![at]! - explained[clause]![at]!;
        const slope = error * values[feature]! + decay * table[cell]!;
        squares[cell]! += slope * slope;
        table[cell]! -= (pace * slope) / Math.sqrt(squares[cell]!);
      }
    }
  });
}

/** How much less likely each wish more is while learning, in e-foldings. */
const perFurtherWish = 1.5;
/** Readings with a smaller share than this move no weight. */
const leastShare = 1e-3;

/** What is expected of each clause, whatever the message wants: the chance of each class. */
type Expect = (message: readonly Chances[], wishes: Wishes) => readonly Chances[];

const byItself: Expect = (message) => message;

/** Over all that the message might want. */
const expectedOf: Expect = (message, wishes) => {
  if (message.length === 1) return message;
  const expected = message.map((chances) => new Float64Array(chances.length));
  for (const reading of readingsOf(message, perFurtherWish, wishes)) {
    if (reading.share < leastShare) continue;
    explain(message, reading.wishes).forEach((chances, clause) =>
      chances.forEach((chance, at) => (expected[clause]![at]! += reading.share * chance)),
    );
  }
  return expected;
};

function thin({ places, values }: Row, dropped: number, random: Random): Row {
  const stays = Uint8Array.from(places, () => (random.chance(dropped) ? 0 : 1));
  const kept = (_: number, at: number) => stays[at] === 1;
  return { places: places.filter(kept), values: values.filter(kept) };
}

function chancesOf({ places, values }: Row, table: Float32Array): Chances {
  const scores = new Float64Array(classes.length);
  for (let feature = 0; feature < places.length; feature += 1)
    for (let at = 0; at < scores.length; at += 1) scores[at]! += values[feature]! * table[places[feature]! + at]!;
  return softmax(scores);
}

/** Features that were seen at least twice: one seen once says nothing of what will be seen. */
function oftenSeen(clauses: readonly Features[]): number[] {
  const counts = new Map<number, number>();
  for (const features of clauses) for (const hash of features.keys()) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= 2).map(([hash]) => hash);
}

function shuffle<T>(items: T[], random: Random): void {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
}
