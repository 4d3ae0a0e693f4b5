import { testDatabase } from '@supportgraph/data/testing';
import { nobody, silent, type Viewer } from '@supportgraph/kernel';
import { commerceEvents, importShop, openCommerce, type Commerce, type CommerceEventType } from '../index.js';
import type { CommerceDeps } from '../services/deps.js';

/** An order of a test: what is not said is a pending order of one blue shirt, paid by card. */
export interface TestOrder {
  number: string;
  status?: string;
  items?: readonly ('blue' | 'red' | 'sold out' | 'mug')[];
  /** Paid in full with this. */
  paidWith?: string;
  deliveredAt?: string | null;
  itemsModified?: boolean;
}

const shirt = { productId: 'shirt', name: 'Shirt' };
const things = {
  blue: { ...shirt, variantId: 'blue', price: '20.00', options: { color: 'blue' } },
  red: { ...shirt, variantId: 'red', price: '25.50', options: { color: 'red' } },
  'sold out': { ...shirt, variantId: 'soldOut', price: '10.00', options: { color: 'grey' } },
  mug: { productId: 'mug', name: 'Mug', variantId: 'mug', price: '8.25', options: {} },
} as const;

const address = { line1: '1 Test Street', city: 'Testville', region: 'CA', postcode: '90001', countryCode: 'US' };

/** A shop with one customer `ann` (a card, PayPal, a gift card of 30.00 and one of 0.50), another one `bob`, and these orders of ann's. */
export function testShop(orders: readonly TestOrder[], settings: object = {}): object {
  return {
    currency: 'USD',
    settings: { name: 'Test shop', verification: 'EMAIL', ...settings },
    products: [
      {
        ...{ id: 'shirt', name: 'Shirt' },
        variants: [
          { id: 'blue', options: { color: 'blue' }, price: '20.00', available: true },
          { id: 'red', options: { color: 'red' }, price: '25.50', available: true },
          { id: 'green', options: { color: 'green' }, price: '15.00', available: true },
          { id: 'white', options: { color: 'white' }, price: '20.00', available: true },
          { id: 'soldOut', options: { color: 'grey' }, price: '10.00', available: false },
        ],
      },
      { id: 'mug', name: 'Mug', variants: [{ id: 'mug', options: {}, price: '8.25', available: true }] },
    ],
    customers: [
      {
        ...{ id: 'ann', email: 'Ann@example.com', firstName: 'Ann', lastName: 'Example', address },
        paymentMethods: [
          { id: 'card', kind: 'CREDIT_CARD', brand: 'visa', lastFour: '4242' },
          { id: 'paypal', kind: 'PAYPAL' },
          { id: 'gift', kind: 'GIFT_CARD', balance: '30.00' },
          { id: 'poorGift', kind: 'GIFT_CARD', balance: '0.50' },
        ],
      },
      {
        ...{ id: 'bob', email: 'bob@example.com', firstName: 'Bob', lastName: 'Example', address },
        paymentMethods: [{ id: 'bobsGift', kind: 'GIFT_CARD', balance: '100.00' }],
      },
    ],
    orders: orders.map(orderRecord),
  };
}

function orderRecord({ number, paidWith = 'card', ...order }: TestOrder): object {
  const items = (order.items ?? ['blue']).map((name) => things[name]);
  const cents = items.reduce((sum, { price }) => sum + Math.round(Number(price) * 100), 0);
  return {
    ...{
      number,
      customerId: 'ann',
      status: order.status ?? 'PENDING',
      placedAt: '2026-01-02T03:04:05Z',
      address,
      items,
    },
    ...{ deliveredAt: order.deliveredAt ?? null, itemsModified: order.itemsModified ?? false },
    transactions: [{ kind: 'PAYMENT', amount: (cents / 100).toFixed(2), paymentMethodId: paidWith }],
  };
}

export const ann: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_ann' };
export const bob: Viewer = { ...nobody, role: 'CUSTOMER', customerId: 'cus_bob' };
export const staff: Viewer = { ...nobody, role: 'STAFF', staffId: 'stf_sam' };

export interface TestCommerce extends Commerce {
  deps: CommerceDeps;
  /** Sets the time that the services see. */
  setTime(iso: string): void;
  /** Also fails if an event was emitted that does not fit its schema. */
  stop(): Promise<void>;
}

/** The services on a database of their own that holds this shop file. */
export async function startCommerce(
  shop: object,
  others: Pick<CommerceDeps, 'customersServed'> = {},
): Promise<TestCommerce> {
  const { db, drop } = await testDatabase();
  let now = new Date('2026-02-01T12:00:00Z');
  const deps: CommerceDeps = { db, log: silent, clock: () => now, ...others };
  const result = await importShop(deps, () => textOf(shop));
  if (!result.ok) throw new Error(`The test's shop is refused: ${result.errors[0]?.message.en}`);
  return {
    ...openCommerce(deps),
    deps,
    setTime: (iso) => (now = new Date(iso)),
    async stop() {
      const events = await db.prisma.outboxEvent.findMany();
      await drop();
      for (const event of events) checkEvent(event);
    },
  };
}

/** Every event that a test has caused must fit the schema of its type. */
function checkEvent({ type, version, data }: { type: string; version: number; data: unknown }): void {
  // Whether it is one is what is asked.
  const schema = commerceEvents[type as CommerceEventType] as (typeof commerceEvents)[CommerceEventType] | undefined;
  if (schema?.version !== version) throw new Error(`The event ${type}, version ${version}, has no schema.`);
  schema.data.parse(data);
}

/** A value as the text of a file, in pieces. */
export async function* textOf(value: unknown): AsyncGenerator<string> {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  for (let i = 0; i < text.length; i += 1_000) yield text.slice(i, i + 1_000);
}
