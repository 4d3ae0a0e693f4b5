import { exportShop, importShop, type ShopFile } from '@supportgraph/commerce';
import type { Database } from '@supportgraph/data';
import { testDatabase, type TestDatabase } from '@supportgraph/data/testing';
import { silent } from '@supportgraph/kernel';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { seed } from '../seed.js';

// A thousand orders are written in each of these tests.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });
const now = new Date('2026-11-20T10:11:12.345Z');
const databases: TestDatabase[] = [];
let db: Database;

async function emptyDatabase(): Promise<Database> {
  const database = await testDatabase();
  databases.push(database);
  return database.db;
}

async function exported(from: Database): Promise<string> {
  let text = '';
  await exportShop({ db: from, log: silent, clock: () => now }, (piece) => void (text += piece));
  return text;
}

async function* pieces(text: string) {
  yield text;
}

const countsOf = async ({ prisma }: Database) => ({
  products: await prisma.product.count(),
  customers: await prisma.customer.count(),
  orders: await prisma.order.count(),
  faqs: await prisma.faqEntry.count(),
  guides: await prisma.guide.count(),
  imports: await prisma.auditEvent.count({ where: { action: 'shop.import' } }),
});

beforeAll(async () => {
  db = await emptyDatabase();
  await seed(db, silent, now);
});
afterAll(() => Promise.all(databases.map(({ drop }) => drop())));

test('an empty database gets the shop, the FAQ and the guides', async () => {
  const counts = await countsOf(db);
  expect(counts).toMatchObject({ products: 50, customers: 500, orders: 1_000, imports: 1 });
  expect(counts.faqs).toBeGreaterThanOrEqual(60);
  expect(counts.guides).toBeGreaterThan(0);
});

test('seeding again, even later, changes nothing', async () => {
  const before = await exported(db);
  await seed(db, silent, new Date('2027-01-01T00:00:00Z'));
  expect(await exported(db)).toBe(before);
  expect(await countsOf(db)).toMatchObject({ imports: 1 });
});

test('of two seeds at once, in two processes, one writes the shop and both are content', async () => {
  const shared = await emptyDatabase();
  await Promise.all([seed(shared, silent, now), seed(shared, silent, new Date(now.getTime() + 60_000))]);
  expect(await countsOf(shared)).toMatchObject({ products: 50, customers: 500, orders: 1_000, imports: 1 });
});

test("a database with somebody's own shop stays as it is", async () => {
  const own = await emptyDatabase();
  const file: ShopFile = { currency: 'EUR', products: [{ id: 'p', name: 'Own', variants: [] }] };
  await importShop({ db: own, log: silent, clock: () => now }, () => pieces(JSON.stringify(file)));
  await seed(own, silent, now);
  expect(await countsOf(own)).toEqual({ products: 1, customers: 0, orders: 0, faqs: 0, guides: 0, imports: 1 });
});

test('what is exported from the demo shop, imported into an empty one, is exported as the same text', async () => {
  const text = await exported(db);
  const other = await emptyDatabase();
  const result = await importShop({ db: other, log: silent, clock: () => now }, () => pieces(text));
  expect(result.ok).toBe(true);
  expect(await exported(other)).toBe(text);
});
