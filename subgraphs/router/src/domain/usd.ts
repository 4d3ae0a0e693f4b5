/** Billionths of a US dollar: costs of models in them are whole numbers. */
export type NanoUsd = bigint;

const digits = 9;

/** For example `1_500_000n` → `'0.0015'`; at least two digits after the point. */
export function formatUsd(nano: NanoUsd): string {
  const text = String(nano < 0n ? -nano : nano).padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '').padEnd(2, '0');
  return `${nano < 0n ? '-' : ''}${text.slice(0, -digits)}.${fraction}`;
}

/** Null if the text is no amount above zero that can be kept exactly. */
export function parseUsd(text: string): NanoUsd | null {
  const match = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(text);
  if (!match) return null;
  const nano = BigInt(match[1]! + (match[2] ?? '').padEnd(digits, '0'));
  return nano > 0n ? nano : null;
}
