import type { Tx } from '@supportgraph/data';
import type { Situation } from '../domain/situation.js';
import { readMethods } from './readCustomer.js';
import { readOrders } from './readOrder.js';
import { readShop } from './readShop.js';

/**
 * Locks an order, then its customer's gift cards in the order of their ids, and reads what its rules look at.
 * Every write to an order or a gift card takes these locks in this order, so that no two can wait for each other.
 * Null if there is no such order.
 */
export async function lockOrder(tx: Tx, orderId: string, now: Date): Promise<Situation | null> {
  const [locked] = await tx.$queryRaw<{ customer_id: string }[]>`
    SELECT customer_id FROM commerce.orders WHERE id = ${orderId} FOR UPDATE`;
  if (!locked) return null;
  await tx.$queryRaw`
    SELECT id FROM commerce.payment_methods
    WHERE customer_id = ${locked.customer_id} AND kind = 'GIFT_CARD' ORDER BY id FOR UPDATE`;
  const [order] = await readOrders(tx, [orderId]);
  if (!order) return null;
  const methods = await readMethods(tx, { customerIds: [order.customerId] });
  return { order, methods, shop: await readShop(tx), now };
}
