import type {
  Commerce, Customer, KeysetPage, Order, OrderExchange, OrderReturn, PaymentMethod, Refund, Shop,
} from '@supportgraph/commerce'; // prettier-ignore
import { isId, type IdPrefix, type Viewer } from '@supportgraph/kernel';
import DataLoader from 'dataloader';

/** What one request reads by id: each once, in batches, as the viewer may see it. */
export interface Loaders {
  shop: DataLoader<'shop', Shop>;
  customer: DataLoader<string, Customer | null>;
  method: DataLoader<string, PaymentMethod | null>;
  order: DataLoader<string, Order | null>;
  refund: DataLoader<string, Refund | null>;
  orderReturn: DataLoader<string, OrderReturn | null>;
  orderExchange: DataLoader<string, OrderExchange | null>;
  /** Refunds by customer, newest first; customers who are asked for the same page share a query. */
  refundsOf(page: KeysetPage): DataLoader<string, Refund[]>;
  /** Reads everything anew, after a change. */
  forget(): void;
}

/** Fresh loaders for one request. */
export function makeLoaders(commerce: Commerce, viewer: () => Promise<Viewer>): Loaders {
  const { shop, customers, orders, refunds, returns } = commerce;
  const pages = new Map<string, DataLoader<string, Refund[]>>();
  const byId = {
    shop: new DataLoader<'shop', Shop>(async (keys) => {
      const settings = await shop.read();
      return keys.map(() => settings);
    }),
    customer: loadById('cus', async (ids) => customers.load(await viewer(), ids)),
    method: loadById('pay', async (ids) => customers.loadMethods(await viewer(), ids)),
    order: loadById('ord', async (ids) => orders.load(await viewer(), ids)),
    refund: loadById('ref', async (ids) => refunds.load(await viewer(), ids)),
    orderReturn: loadById('ret', async (ids) => returns.loadReturns(await viewer(), ids)),
    orderExchange: loadById('exc', async (ids) => returns.loadExchanges(await viewer(), ids)),
  };
  return {
    ...byId,
    refundsOf(page) {
      const asked = JSON.stringify(page);
      const loader =
        pages.get(asked) ??
        new DataLoader<string, Refund[]>(async (ids) => refunds.pagesOfCustomers(await viewer(), ids, page));
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
