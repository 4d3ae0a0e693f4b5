import type { Database } from '@supportgraph/data';
import type { Situation } from '../domain/situation.js';
import { readMethods } from './readCustomer.js';
import { readOrders } from './readOrder.js';
import { readShop } from './readShop.js';

/** What the rules of an order look at, without its lock: good for showing, not for writing. Null if there is no such order. */
export async function readSituation({ prisma }: Database, orderId: string, now: Date): Promise<Situation | null> {
  const [order] = await readOrders(prisma, [orderId]);
  if (!order) return null;
  const [methods, shop] = await Promise.all([
    readMethods(prisma, { customerIds: [order.customerId] }),
    readShop(prisma),
  ]);
  return { order, methods, shop, now };
}
