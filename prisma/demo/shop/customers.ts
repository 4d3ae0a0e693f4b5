import type { Random } from './random.js';
import { type DemoCustomer, type DemoMethod, text } from './shopParts.js';

// Both invented; every pair of them is one customer.
const givenNames = [
  'Alwena', 'Brisco', 'Corvina', 'Delmaro', 'Elspira', 'Fennick', 'Galora', 'Hestor', 'Ilvana', 'Jorrin', 'Kelwyn',
  'Lumira', 'Mordan', 'Nerissa', 'Orlen', 'Pellia', 'Quorin', 'Rovena', 'Silvor', 'Talessa', 'Ulfina', 'Vardis',
  'Wendra', 'Yorick', 'Zelmira',
] as const; // prettier-ignore
const surnames = [
  'Ashenmoor', 'Birchlow', 'Copperfen', 'Dapplewood', 'Elmharrow', 'Fernsby', 'Gorsedale', 'Hollowick', 'Ivymead',
  'Juniperson', 'Kestrelby', 'Larkspurne', 'Mossgrave', 'Nettlecombe', 'Oakenshire', 'Pebblecot', 'Quillmarsh',
  'Rushwick', 'Saltmere', 'Thistledown',
] as const; // prettier-ignore

const streets = [
  'Maple',
  'Harbor',
  'Mill',
  'Station',
  'Garden',
  'Hill',
  'Lake',
  'Orchard',
  'Market',
  'Bridge',
] as const;
/** City, region, the first three digits of its postcodes. */
const cities = [
  ['Austin', 'TX', '787'], ['Boston', 'MA', '021'], ['Charlotte', 'NC', '282'], ['Chicago', 'IL', '606'],
  ['Columbus', 'OH', '432'], ['Denver', 'CO', '802'], ['Houston', 'TX', '770'], ['Los Angeles', 'CA', '900'],
  ['Phoenix', 'AZ', '850'], ['Portland', 'OR', '972'], ['San Diego', 'CA', '921'], ['Seattle', 'WA', '981'],
] as const; // prettier-ignore
const brands = ['visa', 'mastercard', 'amex'] as const;

/** The three customers whom the README knows; their orders are in `knownOrders.ts`. */
const known: readonly Omit<DemoCustomer, 'createdAt'>[] = [
  {
    ...{ id: 'mara', email: 'mara.quillby@example.com', firstName: 'Mara', lastName: 'Quillby' },
    address: { line1: '12 Orchard Street', city: 'Portland', region: 'OR', postcode: '97201', countryCode: 'US' },
    paymentMethods: [
      { id: 'mara-card', kind: 'CREDIT_CARD', brand: 'visa', lastFour: '4242' },
      { id: 'mara-paypal', kind: 'PAYPAL' },
      { id: 'mara-gift', kind: 'GIFT_CARD', balance: '80.00' },
    ],
  },
  {
    ...{ id: 'tobin', email: 'tobin.ashgrove@example.com', firstName: 'Tobin', lastName: 'Ashgrove' },
    address: { line1: '7 Mill Street', line2: 'Apt 3', city: 'Boston', region: 'MA', postcode: '02110', countryCode: 'US' },
    paymentMethods: [
      { id: 'tobin-paypal', kind: 'PAYPAL' },
      { id: 'tobin-gift', kind: 'GIFT_CARD', balance: '5.00' },
    ],
  },
  {
    ...{ id: 'yuhan', email: 'yuhan.starling@example.com', firstName: 'Yuhan', lastName: 'Starling' },
    address: { line1: '信義路五段 100 號', city: '臺北市', postcode: '110', countryCode: 'TW' },
    paymentMethods: [{ id: 'yuhan-card', kind: 'CREDIT_CARD', brand: 'mastercard', lastFour: '5454' }],
  },
]; // prettier-ignore

/** The customers of the demo shop, the known ones first. */
export function makeCustomers(random: Random, count: number, createdAt: Date): DemoCustomer[] {
  const names = random.shuffle(givenNames.flatMap((given) => surnames.map((surname) => [given, surname] as const)));
  const others = names.slice(0, count - known.length).map(([firstName, lastName], index) => {
    const id = `c${String(index + 1).padStart(4, '0')}`;
    const email = `${firstName}.${lastName}@example.com`.toLowerCase();
    return { id, email, firstName, lastName, address: makeAddress(random), paymentMethods: makeMethods(random, id) };
  });
  return [...known, ...others].map((customer) => ({ ...customer, createdAt: createdAt.toISOString() }));
}

/** Somewhere in a real city, in a street that may not be there. */
export function makeAddress(random: Random): DemoCustomer['address'] {
  const [city, region, area] = random.pick(cities);
  return {
    line1: `${random.whole(1, 240)} ${random.pick(streets)} Street`,
    ...(random.chance(0.3) && { line2: `Apt ${random.whole(1, 40)}` }),
    ...{ city, region, postcode: `${area}${random.whole(10, 99)}`, countryCode: 'US' },
  };
}

/** One to three ways to pay, of different kinds. */
function makeMethods(random: Random, id: string): DemoMethod[] {
  const lastFour = String(random.whole(1000, 9999));
  const balance = text(random.whole(0, 300) * 25);
  const methods: DemoMethod[] = [
    { id: `${id}-card`, kind: 'CREDIT_CARD', brand: random.pick(brands), lastFour },
    { id: `${id}-paypal`, kind: 'PAYPAL' },
    { id: `${id}-gift`, kind: 'GIFT_CARD', balance },
  ];
  return random.shuffle(methods).slice(0, random.whole(1, 3));
}
