import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * The address that a request came from. Each of `trustedHops` proxies in front of us has written the address that it
 * saw at the end of X-Forwarded-For; what stands before those was written by the client, and is not believed.
 */
export function addressOf({ headers, socket }: IncomingMessage, trustedHops: number): string {
  const own = socket.remoteAddress ?? '';
  if (trustedHops === 0) return networkOf(own);
  const seen = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((entry) => entry.trim());
  const written = seen[seen.length - trustedHops] ?? '';
  return networkOf(isIP(written) ? written : own);
}

/** Whoever has an IPv6 address has 2^64 of them, so the network counts. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const isShort = address.includes('::');
  const groups = isShort ? [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after] : before;
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
