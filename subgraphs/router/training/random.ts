/** Numbers that look random and are the same for the same seed on every machine. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  below(count: number): number;
  pick<T>(items: readonly T[]): T;
  chance(share: number): boolean;
}

/** Mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const random: Random = {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
    },
    below: (count) => Math.floor(random.next() * count),
    pick: (items) => items[random.below(items.length)]!,
    chance: (share) => random.next() < share,
  };
  return random;
}
