import type { NanoUsd } from './usd.js';

/** What coming days will cost, with a chance of one in ten that it is less than `low`, and of one in ten that it is more than `high`. */
export interface Forecast {
  expected: NanoUsd;
  low: NanoUsd;
  high: NanoUsd;
  daysOfData: number;
}

/** From so many days on, the days of the week are told apart. */
const twoWeeks = 14;

/**
 * What `days` days will cost if they are like those given (the oldest first, without a gap). It is the prediction interval
 * for a sum of coming observations (Hahn and Meeker, Statistical Intervals, section 4.8, times the number of days):
 *
 *     mean × days ± t(0.9; n − 1) × s × √(days + days² / n)
 *
 * The first term under the root is how days differ, the second how badly `n` days tell their mean. From two weeks on there
 * is a mean for each day of the week (one-way analysis of variance): `n − 7` degrees of freedom, and instead of `days² / n`
 * the sum of (coming days of a kind)² / (known days of the kind). It supposes days that are independent and about normal;
 * for skewed days (lognormal, σ = 0.6) some 75 of 100 sums lie within, for a σ of 1 some 70.
 */
export function forecast(costs: readonly NanoUsd[], days: number): Forecast {
  const count = costs.length;
  if (count === 0) return { expected: 0n, low: 0n, high: 0n, daysOfData: 0 };
  const kinds = kindsOf(costs.map(Number), days);
  const expected = sumOf(kinds, ({ mean, ahead }) => mean * ahead);
  const uncertainty = days + sumOf(kinds, ({ known, ahead }) => ahead ** 2 / known.length);
  const freedom = count - kinds.length;
  const squares = sumOf(kinds, ({ known, mean }) => sumOf(known, (cost) => (cost - mean) ** 2));
  // One day says nothing of how days differ: then they may differ by as much as it cost.
  const variance = freedom > 0 ? squares / freedom : kinds[0]!.mean ** 2;
  const margin = tenthOfT(Math.max(1, freedom)) * Math.sqrt(variance * uncertainty);
  return {
    expected: whole(expected),
    low: whole(Math.max(0, expected - margin)),
    high: whole(expected + margin),
    daysOfData: count,
  };
}

/** Days that are alike: all days, or those of one day of the week. */
interface Kind {
  known: readonly number[];
  mean: number;
  /** Coming days of this kind. */
  ahead: number;
}

function kindsOf(costs: readonly number[], days: number): Kind[] {
  const number = costs.length >= twoWeeks ? 7 : 1;
  const isOf = (place: number, kind: number) => place % number === kind;
  return Array.from({ length: number }, (_, kind) => {
    const known = costs.filter((_cost, place) => isOf(place, kind));
    const coming = Array.from({ length: days }, (_day, place) => costs.length + place);
    const ahead = coming.filter((place) => isOf(place, kind)).length;
    return { known, mean: sumOf(known, (cost) => cost) / known.length, ahead };
  });
}

/** One in ten of a normal distribution lies beyond this many standard deviations. */
const tenth = 1.2815515655446004;

/**
 * Beyond this lies one in ten of Student's t: exact for one degree of freedom, else the expansion 26.7.5 of Abramowitz and
 * Stegun, Handbook of Mathematical Functions, which is right within 0.2 %.
 */
export function tenthOfT(freedom: number): number {
  if (freedom === 1) return Math.tan(0.4 * Math.PI);
  const x = tenth;
  return (
    x +
    (x ** 3 + x) / (4 * freedom) +
    (5 * x ** 5 + 16 * x ** 3 + 3 * x) / (96 * freedom ** 2) +
    (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / (384 * freedom ** 3) +
    (79 * x ** 9 + 776 * x ** 7 + 1482 * x ** 5 - 1920 * x ** 3 - 945 * x) / (92160 * freedom ** 4)
  );
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

const whole = (nano: number): NanoUsd => BigInt(Math.round(nano));
