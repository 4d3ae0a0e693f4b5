import type { Address } from '../domain/address.js';

/** The address among the columns of a row. */
export function addressOf({ line1, line2, city, region, postcode, countryCode }: Address): Address {
  return { line1, line2, city, region, postcode, countryCode };
}
