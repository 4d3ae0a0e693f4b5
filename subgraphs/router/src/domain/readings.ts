import { logLikelihood, type Wishes } from './alignment.js';
import { chitchat, classes, unknown, type Chances } from './classes.js';
import { maxRoutes } from './triage.js';

/** A way to read a message: what it may want, and how likely that is among all ways. */
export interface Reading {
  wishes: Wishes;
  /** From 0 to 1; those of all readings add up to 1. */
  share: number;
}

/** A wish is looked for where a clause tells it with at least this chance. */
const leastChance = 0.03;

/**
 * All that a message may want by its clauses, and what it is known to want (`right`).
 *
 * @param perFurtherWish how much less likely each wish more is, in e-foldings
 */
export function readingsOf(message: readonly Chances[], perFurtherWish: number, right?: Wishes): Reading[] {
  const all = likelyWishes(message);
  const isKnown = !right || all.some((wishes) => wishes.join() === right.join());
  const readings = (isKnown ? all : [...all, right]).map((wishes) => ({
    wishes,
    log: logLikelihood(message, wishes) - perFurtherWish * Math.max(0, wishes.length - 1),
  }));
  const highest = readings.reduce((most, { log }) => Math.max(most, log), -Infinity);
  const sum = readings.reduce((total, { log }) => total + Math.exp(log - highest), 0);
  return readings.map(({ wishes, log }) => ({ wishes, share: Math.exp(log - highest) / sum }));
}

/** Nothing, small talk, and each order of wishes that the clauses have room for. */
function likelyWishes(message: readonly Chances[]): Wishes[] {
  const likely = classes
    .map((_, place) => place)
    .filter((place) => place !== chitchat && place !== unknown)
    .filter((place) => message.some((each) => each[place]! >= leastChance));
  const all: Wishes[] = [[], [chitchat], ...likely.map((place) => [place])];
  let longest: readonly Wishes[] = likely.map((place) => [place]);
  while (longest.length > 0 && longest[0]!.length < Math.min(maxRoutes, message.length)) {
    longest = longest.flatMap((wishes) =>
      likely.flatMap((place) => (wishes.includes(place) ? [] : [[...wishes, place]])),
    );
    all.push(...longest);
  }
  return all;
}
