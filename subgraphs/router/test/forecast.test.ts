import { describe, expect, test } from 'vitest';
import { forecast, tenthOfT } from '../src/domain/forecast.js';

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(20_261_126);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function poisson(mean: number): number {
  let count = -1;
  for (let left = mean; left >= 0; left += Math.log(1 - random())) count += 1;
  return count;
}

/** What a day costs, in dollars, by the ways in which days can differ. */
const worlds: Readonly<Record<string, (day: number) => number>> = {
  lognormal: () => Math.exp(0.5 * normal()),
  'of Poisson': () => poisson(8),
  'of calls that cost more or less': () => {
    let cost = 0;
    for (let calls = poisson(30); calls > 0; calls -= 1) cost -= Math.log(1 - random());
    return cost;
  },
};

const weekly = (day: number) => (day % 7 < 5 ? 1 : 0.4) * Math.exp(0.3 * normal());

/** Share of forecasts whose interval holds what the coming days then cost. */
function coverage(world: (day: number) => number, history: number, days: number): number {
  const tries = 2_000;
  let held = 0;
  for (let from = 0; from < tries; from += 1) {
    const nano = (day: number) => BigInt(Math.round(world(from + day) * 1e9));
    const { low, high } = forecast(
      Array.from({ length: history }, (_, day) => nano(day)),
      days,
    );
    let cost = 0n;
    for (let day = 0; day < days; day += 1) cost += nano(history + day);
    if (cost >= low && cost <= high) held += 1;
  }
  return held / tries;
}

const cases = Object.keys(worlds).flatMap((name) =>
  [2, 3, 7, 28].flatMap((history) => [1, 7, 30].map((days) => [name, history, days] as const)),
);

describe('the interval of a forecast', () => {
  test.each(cases)('of days %s holds some eight of ten, after %i days for %i', (name, history, days) => {
    const share = coverage(worlds[name]!, history, days);
    expect(share).toBeGreaterThanOrEqual(0.72);
    expect(share).toBeLessThanOrEqual(0.9);
  });

  test.each([
    [14, 1],
    [28, 1],
    [28, 7],
    [28, 30],
  ])('of days that differ by the day of the week holds as many, after %i days for %i', (history, days) => {
    const share = coverage(weekly, history, days);
    expect(share).toBeGreaterThanOrEqual(0.72);
    expect(share).toBeLessThanOrEqual(0.9);
  });

  test('after one day is as wide as the day was dear', () => {
    expect(forecast([1_000n], 1)).toEqual({ expected: 1_000n, low: 0n, high: 5_353n, daysOfData: 1 });
  });
});

test('a forecast knows the days of the week after two weeks, and not before', () => {
  const week = [1n, 1n, 1n, 1n, 1n, 0n, 0n].map((dollars) => dollars * 1_000n);
  expect(forecast([...week, ...week], 5)).toMatchObject({ expected: 5_000n, low: 5_000n, high: 5_000n });
  expect(forecast(week, 5).expected).toBe(3_571n);
});

test('days without cost are a forecast of none, and no days are no data', () => {
  expect(forecast([0n, 0n], 7)).toEqual({ expected: 0n, low: 0n, high: 0n, daysOfData: 2 });
  expect(forecast([], 7)).toEqual({ expected: 0n, low: 0n, high: 0n, daysOfData: 0 });
});

test.each([
  [1, 3.0777],
  [2, 1.8856],
  [3, 1.6377],
  [6, 1.4398],
  [13, 1.3502],
  [27, 1.3137],
])('beyond the tenth of t with %i degrees of freedom, as tables have it', (freedom, value) => {
  expect(Math.abs(tenthOfT(freedom) / value - 1)).toBeLessThan(0.002);
});
