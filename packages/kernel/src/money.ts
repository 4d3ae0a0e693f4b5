const digitsOf = new Map<string, number>();

/** Digits after the point of a currency, as ISO 4217 has them (2 for USD and TWD, 0 for JPY). */
export function minorDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsOf.set(currency, digits);
  }
  return digits;
}

/** Minor units of a decimal text, for example `'19.90'` → `1990`; null if it is malformed, too exact or too large. */
export function parseMoney(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const match = /^(-?)(\d{1,13})(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.slice(digits).replace(/0/g, '') !== '') return null;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? (sign ? 0 - minor : minor) : null;
}

/** Decimal text of minor units, for example `1990` → `'19.90'`. */
export function formatMoney(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits ? `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}` : sign + text;
}

/** An amount with its currency as people are told it, for example `1990` → `'USD 19.90'`. */
export function moneyText(minor: number, currency: string): string {
  return `${currency} ${formatMoney(minor, currency)}`;
}
