import type {
  Commerce,
  Customer,
  KeysetPage,
  Order,
  OrderItem,
  OrderStatus,
  PaymentMethod,
  Product,
  Shop,
  Variant,
} from '@supportgraph/commerce';
import { isId, type IdPrefix, type Viewer } from '@supportgraph/kernel';
import DataLoader from 'dataloader';

/** Which of their orders several customers are asked for. */
export interface OwnOrdersPage {
  status: readonly OrderStatus[] | null;
  page: KeysetPage;
}

/** What one request reads by id: each once, in batches, as the viewer may see it. */
export interface Loaders {
  shop: DataLoader<'shop', Shop>;
  order: DataLoader<string, Order | null>;
  orderByNumber: DataLoader<string, Order | null>;
  item: DataLoader<string, OrderItem | null>;
  customer: DataLoader<string, Customer | null>;
  method: DataLoader<string, PaymentMethod | null>;
  methodsOf: DataLoader<string, PaymentMethod[]>;
  product: DataLoader<string, Product | null>;
  variant: DataLoader<string, Variant | null>;
  variantsOf: DataLoader<string, Variant[]>;
  /** By customer; customers who are asked the same share a query. */
  ordersOf(asked: OwnOrdersPage): DataLoader<string, Order[]>;
  /** Reads everything anew, after a change. */
  forget(): void;
}

/** Fresh loaders for one request. */
export function makeLoaders({ shop, orders, customers, products }: Commerce, viewer: () => Promise<Viewer>): Loaders {
  const pages = new Map<string, DataLoader<string, Order[]>>();
  const byId = {
    shop: new DataLoader<'shop', Shop>(async (keys) => {
      const settings = await shop.read();
      return keys.map(() => settings);
    }),
    order: loadById('ord', async (ids) => orders.load(await viewer(), ids)),
    orderByNumber: new DataLoader<string, Order | null>(async (numbers) =>
      orders.loadByNumber(await viewer(), numbers),
    ),
    item: loadById('itm', async (ids) => orders.loadItems(await viewer(), ids)),
    customer: loadById('cus', async (ids) => customers.load(await viewer(), ids)),
    method: loadById('pay', async (ids) => customers.loadMethods(await viewer(), ids)),
    methodsOf: new DataLoader<string, PaymentMethod[]>(async (ids) => customers.methodsOf(await viewer(), ids)),
    product: loadById('prd', (ids) => products.load(ids)),
    variant: loadById('var', (ids) => products.loadVariants(ids)),
    variantsOf: new DataLoader<string, Variant[]>((ids) => products.variantsOf(ids)),
  };
  return {
    ...byId,
    ordersOf({ status, page }) {
      const asked = JSON.stringify([status, page]);
      const loader =
        pages.get(asked) ??
        new DataLoader<string, Order[]>(async (ids) => orders.pagesOfCustomers(await viewer(), ids, status, page));
      pages.set(asked, loader);
      return loader;
    },
    forget() {
      pages.clear();
      for (const loader of Object.values(byId)) loader.clearAll();
    },
  };
}

/** A loader that keeps texts which cannot be ids of this kind away from the database. */
function loadById<T>(
  prefix: IdPrefix,
  read: (ids: readonly string[]) => Promise<(T | null)[]>,
): DataLoader<string, T | null> {
  return new DataLoader(async (ids) => {
    const found = await read(ids.filter((id) => isId(prefix, id)));
    let next = 0;
    return ids.map((id) => (isId(prefix, id) ? found[next++]! : null));
  });
}
