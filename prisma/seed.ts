import { importShop } from '@supportgraph/commerce';
import type { Database } from '@supportgraph/data';
import type { Logger } from '@supportgraph/kernel';
import { seedFaqs } from './demo/faqs/index.js';
import { seedGuides } from './demo/guides/index.js';
import { demoShop } from './demo/shop/demoShop.js';

export { demoVisit } from './demo/shop/demoShop.js';

/**
 * Fills an empty database with the demo shop: its products, customers and orders, its FAQ and its guides. One that has
 * a shop, this or another, stays as it is. The shop is written last and all at once, so that a seed that was cut off is
 * done again, and of several at once one writes it.
 */
export async function seed(db: Database, log: Logger, now = new Date()): Promise<void> {
  if (await hasShop(db)) return;
  await seedFaqs(db, now);
  await seedGuides(db, now);
  const text = JSON.stringify(demoShop(now));
  const imported = await importShop({ db, log, clock: () => now }, () => inOnePiece(text));
  // Another process came first if it is refused: the same orders at other times are other orders.
  if (!imported.ok && !(await hasShop(db)))
    throw new Error(`The demo shop is refused: ${imported.errors[0]?.message.en}`);
}

async function hasShop({ prisma }: Database): Promise<boolean> {
  const [product, customer] = await Promise.all([
    prisma.product.findFirst({ select: { id: true } }),
    prisma.customer.findFirst({ select: { id: true } }),
  ]);
  return product !== null || customer !== null;
}

async function* inOnePiece(text: string): AsyncGenerator<string> {
  yield text;
}
