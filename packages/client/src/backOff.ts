const firstMs = 500;
const mostMs = 8_000;

/**
 * How long to wait before the next try, in ms, after so many in a row have failed. Full jitter: when a server comes back,
 * its thousands of clients do not come back in one moment.
 */
export function backOffMs(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(mostMs, firstMs * 2 ** failures);
}
