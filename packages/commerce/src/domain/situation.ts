import type { Order } from './order.js';
import type { PaymentMethod } from './paymentMethod.js';
import type { Shop } from './shop.js';

/** Everything that is looked at to decide on an order; read under the order's lock. */
export interface Situation {
  order: Order;
  /** All of the customer's ways to pay. */
  methods: readonly PaymentMethod[];
  shop: Shop;
  now: Date;
}
