import { actionsService, type Actions } from './actions.js';
import { customersService, type Customers } from './customers.js';
import type { CommerceDeps } from './deps.js';
import { ordersService, type Orders } from './orders.js';
import { productsService, type Products } from './products.js';
import { refundsService, type Refunds } from './refunds.js';
import { returnsService, type Returns } from './returns.js';
import { shopService, type ShopSettings } from './shop.js';

/** Everything that can be done with customers, products, orders and money; the only code that writes them. */
export interface Commerce {
  actions: Actions;
  customers: Customers;
  orders: Orders;
  products: Products;
  refunds: Refunds;
  returns: Returns;
  shop: ShopSettings;
}

/** Makes the services of commerce. */
export function openCommerce(deps: CommerceDeps): Commerce {
  const services = {
    customers: customersService(deps),
    orders: ordersService(deps),
    refunds: refundsService(deps),
    returns: returnsService(deps),
  };
  return {
    ...services,
    actions: actionsService(deps, services),
    products: productsService(deps),
    shop: shopService(deps),
  };
}
