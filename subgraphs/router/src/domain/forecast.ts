import type { NanoUsd } from './usd.js';

/** What coming days will cost, with a chance of one in ten that it is less than `low`, and of one in ten that it is more than `high`. */
export interface Forecast {
  expected: NanoUsd;
  low: NanoUsd;
  high: NanoUsd;
  daysOfData: number;
}

/** One in ten of a normal distribution lies beyond this many standard deviations. */
const tenth = 1.2816;

/**
 * What `days` days will cost if they are like those given (the oldest first; days before the first that cost anything say
 * nothing). The interval holds both how days differ and how badly few days tell their mean.
 */
export function forecast(costs: readonly NanoUsd[], days: number): Forecast {
  const first = costs.findIndex((cost) => cost > 0n);
  const known = first < 0 ? [] : costs.slice(first).map(Number);
  const count = known.length;
  if (count === 0) return { expected: 0n, low: 0n, high: 0n, daysOfData: 0 };
  const mean = known.reduce((sum, cost) => sum + cost, 0) / count;
  // One day says nothing of how days differ: then they may differ by as much as it cost.
  const variance = count > 1 ? known.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / (count - 1) : mean ** 2;
  const margin = tenth * Math.sqrt(variance * days + (variance * days ** 2) / count);
  const expected = mean * days;
  return {
    expected: whole(expected),
    low: whole(Math.max(0, expected - margin)),
    high: whole(expected + margin),
    daysOfData: count,
  };
}

const whole = (nano: number): NanoUsd => BigInt(Math.round(nano));
