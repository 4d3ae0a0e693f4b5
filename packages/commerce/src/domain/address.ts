import { fail, ok, userError, type Result } from '@supportgraph/kernel';

/** A postal address. */
export interface Address {
  line1: string;
  line2: string | null;
  city: string;
  region: string | null;
  postcode: string;
  /** ISO 3166-1 alpha-2, in capitals. */
  countryCode: string;
}

/** An address as somebody wrote it. */
export interface AddressInput {
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postcode: string;
  countryCode: string;
}

const maxLength = 200;
// Control characters would break labels and let a name forge a header line.
const control = /\p{Cc}/u;

/** The address with its edges trimmed, or which parts of it cannot be right. */
export function parseAddress(input: AddressInput, path: readonly string[]): Result<Address> {
  const address: Address = {
    line1: input.line1.trim(),
    line2: input.line2?.trim() || null,
    city: input.city.trim(),
    region: input.region?.trim() || null,
    postcode: input.postcode.trim(),
    countryCode: input.countryCode.trim().toUpperCase(),
  };
  const wrong = (Object.keys(address) as (keyof Address)[]).filter((part) => !isPlausible(part, address[part]));
  const [first, ...rest] = wrong.map((part) =>
    userError('INVALID', 'This part of the address is missing or malformed.', '地址的這個部分缺漏或格式不正確。', [
      ...path,
      part,
    ]),
  );
  return first ? fail(first, ...rest) : ok(address);
}

function isPlausible(part: keyof Address, value: string | null): boolean {
  if (value === null) return part === 'line2' || part === 'region';
  if (part === 'countryCode') return /^[A-Z]{2}$/.test(value);
  return value !== '' && value.length <= maxLength && !control.test(value);
}
