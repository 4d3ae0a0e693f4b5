/** Counts what everybody holds at the same time, so that nobody holds too much. */
export interface Shares {
  /** Takes one; false if the holder has as many as one may. */
  take(holder: string): boolean;
  release(holder: string): void;
}

/** Makes {@link Shares} of so many for each. */
export function openShares(most: number): Shares {
  const held = new Map<string, number>();
  return {
    take(holder) {
      const count = held.get(holder) ?? 0;
      if (count >= most) return false;
      held.set(holder, count + 1);
      return true;
    },
    release(holder) {
      const count = held.get(holder) ?? 0;
      if (count > 1) held.set(holder, count - 1);
      else held.delete(holder);
    },
  };
}
