/** What a benchmark measured, as it is printed and kept in `bench/results`. */
export interface Report {
  /** What was measured and how, in a few sentences. */
  about: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  /** What one must know to read the figures. */
  notes?: readonly string[];
}

/** A benchmark: the `bench` that each `bench/<name>.bench.ts` exports. */
export type Bench = () => Promise<Report>;

/** The value below which this share of the values lies (nearest rank); NaN without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN;
}
