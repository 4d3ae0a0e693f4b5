import { exportShop, type CommerceDeps, type ShopFile } from '@supportgraph/commerce';

type List<Name extends keyof ShopFile> = NonNullable<ShopFile[Name]>;
type OrderRecord = List<'orders'>[number];
type CustomerRecord = List<'customers'>[number];

export interface AddressState {
  line1: string;
  line2: string | null;
  city: string;
  region: string | null;
  postcode: string;
  countryCode: string;
}

/** What the reference tells of an order, in our words. */
export interface OrderState {
  customerId: string;
  status: string;
  itemsModified: boolean;
  cancelReason: string | null;
  address: AddressState;
  items: { productId: string | null; variantId: string | null; name: string; price: string; options: object }[];
  fulfillments: { trackingNumbers: string[]; items: number[] }[];
  transactions: { kind: string; amount: string; paymentMethodId: string }[];
  /** Variants, sorted: in the reference a line has no other name. */
  return: { items: string[]; paymentMethodId: string } | null;
  exchange: { items: string[]; newItems: string[]; paymentMethodId: string; priceDifference: string } | null;
}

/** What the reference tells of a customer, in our words. */
export interface CustomerState {
  email: string;
  firstName: string;
  lastName: string;
  address: AddressState;
  paymentMethods: Record<string, object>;
  /** Numbers, sorted. */
  orders: string[];
}

/** An order or customer: what the reference tells of it, and what only we know. */
export interface Known<State> {
  told: State;
  /** Nothing that may be done changes this. */
  lasting: object;
  /** The records that an order has besides. */
  records: object;
}

/** A whole shop at one moment. */
export interface ShopState {
  orders: Map<string, Known<OrderState>>;
  customers: Map<string, Known<CustomerState>>;
  /** What nothing that may be done changes. */
  rest: object;
}

/** The shop as `shop:export` writes it. */
export async function readShopState(deps: CommerceDeps): Promise<ShopState> {
  const pieces: string[] = [];
  await exportShop(deps, (text) => void pieces.push(text));
  // It is what the import reads; tests of the export see to that.
  const { orders = [], customers = [], ...file } = JSON.parse(pieces.join('')) as ShopFile;
  return {
    orders: new Map(orders.map((order) => [order.number, knownOrder(order, file)])),
    customers: new Map(customers.map((customer) => [customer.id, knownCustomer(customer, orders)])),
    rest: { currency: file.currency, settings: file.settings, products: file.products },
  };
}

type Goods = Pick<ShopFile, 'returns' | 'exchanges' | 'refunds'>;

function knownOrder(order: OrderRecord, { returns = [], exchanges = [], refunds = [] }: Goods): Known<OrderState> {
  const isOwn = ({ orderNumber }: { orderNumber: string }) => orderNumber === order.number;
  const variantAt = (line: number) => order.items[line]?.variantId ?? '';
  const ownReturn = returns.find(isOwn);
  const exchange = exchanges.find(isOwn);
  return {
    told: {
      ...{ customerId: order.customerId, status: order.status, itemsModified: order.itemsModified ?? false },
      ...{ cancelReason: order.cancelReason ?? null, address: addressState(order.address) },
      items: order.items.map(({ productId = null, variantId = null, name, price, options }) => ({
        ...{ productId, variantId, name, price, options },
      })),
      fulfillments: order.fulfillments ?? [],
      transactions: (order.transactions ?? []).map(({ kind, amount, paymentMethodId }) => ({
        ...{ kind, amount, paymentMethodId },
      })),
      return: ownReturn
        ? { items: ownReturn.items.map(variantAt).sort(), paymentMethodId: ownReturn.paymentMethodId }
        : null,
      exchange: exchange
        ? {
            items: exchange.lines.map(({ item }) => variantAt(item)).sort(),
            newItems: exchange.lines.map(({ variantId }) => variantId).sort(),
            ...{ paymentMethodId: exchange.paymentMethodId, priceDifference: exchange.priceDifference },
          }
        : null,
    },
    lasting: { placedAt: order.placedAt, deliveredAt: order.deliveredAt, createdAt: order.createdAt },
    records: {
      return: ownReturn ?? null,
      exchange: exchange ?? null,
      // Meanwhile the worker may have sent what was approved before.
      refunds: refunds.filter(isOwn).map(({ id, cause, amount, paymentMethodId }) => ({
        ...{ id, cause, amount, paymentMethodId },
      })),
    },
  };
}

function knownCustomer(customer: CustomerRecord, orders: readonly OrderRecord[]): Known<CustomerState> {
  const { id, email, firstName, lastName, address, paymentMethods, createdAt } = customer;
  const own = orders.filter(({ customerId }) => customerId === id);
  return {
    told: {
      ...{ email, firstName, lastName, address: addressState(address) },
      paymentMethods: Object.fromEntries(paymentMethods.map(({ id: methodId, ...method }) => [methodId, method])),
      orders: own.map(({ number }) => number).sort(),
    },
    lasting: { createdAt },
    records: {},
  };
}

function addressState({ line1, line2, city, region, postcode, countryCode }: OrderRecord['address']): AddressState {
  return { line1, line2: line2 || null, city, region: region || null, postcode, countryCode };
}
