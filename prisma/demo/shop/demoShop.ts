import type { ShopFile } from '@supportgraph/commerce';
import { makeCustomers } from './customers.js';
import { makeOrders } from './orders.js';
import { makeProducts } from './products.js';
import { makeRandom } from './random.js';
import { dayMs, hourMs } from './shopParts.js';

const seed = 20_261_126;
const customerCount = 500;

/**
 * The demo shop as a shop file: 50 products, 500 customers, 1,000 orders. It is invented by this code, the same at
 * every call; only the dates follow `now`, so that return windows make sense whenever a shop is seeded.
 *
 * Known customers and orders, for trying things out (return window: 30 days):
 *
 * | customer                               | order     |                                                              |
 * | -------------------------------------- | --------- | ------------------------------------------------------------ |
 * | Mara Quillby, mara.quillby@example.com | #W1000001 | pending: can be cancelled or changed                         |
 * |                                        | #W1000002 | processed, with a tracking number                            |
 * |                                        | #W1000003 | delivered a few days ago: can be returned or exchanged       |
 * | Tobin Ashgrove, tobin.ashgrove@…       | #W1000004 | delivered, its return window closed                          |
 * |                                        | #W1000005 | return requested                                             |
 * | Yuhan Starling, yuhan.starling@…       | #W1000006 | exchange requested                                           |
 * |                                        | #W1000007 | pending, its items changed: cannot be cancelled any more     |
 * |                                        | #W1000008 | cancelled                                                    |
 */
export function demoShop(now: Date): ShopFile {
  const random = makeRandom(seed);
  // Whole minutes look like a shop's.
  const time = Math.floor(now.getTime() / (hourMs / 60)) * (hourMs / 60);
  const opened = new Date(time - 200 * dayMs);
  const products = makeProducts(opened);
  const customers = makeCustomers(random, customerCount, opened);
  const drafts = makeOrders({ random, now: time, products, customers });
  return {
    currency: 'USD',
    settings: {
      ...{ name: 'Supportgraph Demo Shop', verification: 'EMAIL', returnWindowDays: 30, automaticRefundLimit: '50.00' },
    },
    ...{ products, customers },
    orders: drafts.map(({ order }) => order),
    returns: drafts.flatMap((draft) => draft.return ?? []),
    exchanges: drafts.flatMap((draft) => draft.exchange ?? []),
    refunds: drafts.flatMap((draft) => draft.refunds),
  };
}

/** What somebody who has just started the platform can ask about. */
export const demoVisit = { email: 'mara.quillby@example.com', orderNumber: '#W1000002' } as const;
