import {
  availableActions,
  businessState,
  displayNameOf,
  labelOf,
  methodInUse,
  previewItemChange,
  productKey,
  refundTime,
  totalOf,
  type PaymentMethod,
} from '@supportgraph/commerce';
import { formatMoney, type Result, type Viewer } from '@supportgraph/kernel';
import { connectionOf, parsePage, payload } from '@supportgraph/subgraph';
import type { Context } from './context.js';
import { methodTypes } from './domain/paymentMethod.js';
import type { Resolvers } from './generated/resolvers.js';

const timeKey = ['time', 'string'] as const;
const nameKey = ['string', 'string'] as const;

/** What every way to pay shows. */
const shownMethod = {
  label: (method: PaymentMethod, _: unknown, { request }: Context) => labelOf(method)[request.language],
  refundTime: ({ kind }: PaymentMethod) => refundTime(kind),
};

export const resolvers: Resolvers = {
  Query: {
    shop: (_, __, { load }) => load.shop.load('shop'),
    order: (_, { id }, { load }) => load.order.load(id),
    orderByNumber: (_, { number }, { load }) => load.orderByNumber.load(number),
    orders: async (_, { filter, ...args }, { commerce, viewer }) => {
      const page = parsePage(args, timeKey);
      const rows = await commerce.orders.page(await viewer(), filter ?? {}, page);
      return connectionOf(rows, page, ({ placedAt, id }) => [placedAt.toISOString(), id]);
    },
    customer: (_, { id }, { load }) => load.customer.load(id),
    customers: async (_, { query, ...args }, { commerce, viewer }) => {
      const page = parsePage(args, timeKey);
      const rows = await commerce.customers.search(await viewer(), query, page);
      return connectionOf(rows, page, ({ createdAt, id }) => [createdAt.toISOString(), id]);
    },
    product: (_, { id }, { load }) => load.product.load(id),
    products: async (_, { query, ...args }, { commerce }) => {
      const page = parsePage(args, nameKey);
      const rows = await commerce.products.page(query ?? null, page);
      return connectionOf(rows, page, ({ name, id }) => [productKey(name), id]);
    },
  },

  Mutation: {
    updateShopSettings: (_, { input }, context) =>
      change('shop', context, (viewer) => context.commerce.shop.change(viewer, input)),
    cancelOrder: (_, { input }, context) =>
      change('order', context, (viewer) => context.commerce.orders.cancel(viewer, input)),
    updateOrderAddress: (_, { input }, context) =>
      change('order', context, (viewer) => context.commerce.orders.changeAddress(viewer, input)),
    updateOrderItems: (_, { input }, context) =>
      change('order', context, (viewer) => context.commerce.orders.changeItems(viewer, input)),
    updateOrderPayment: (_, { input }, context) =>
      change('order', context, (viewer) => context.commerce.orders.changePayment(viewer, input)),
    updateCustomerAddress: (_, { input }, context) =>
      change('customer', context, (viewer) => context.commerce.customers.changeAddress(viewer, input)),
  },

  Shop: {
    linkHosts: ({ linkHosts }) => [...linkHosts],
    businessHours: (shop, _, { clock }) => ({
      timeZone: shop.timeZone,
      spans: [...shop.businessSpans],
      ...businessState(shop, clock()),
    }),
  },

  Customer: {
    __resolveReference: ({ id }, { load }) => load.customer.load(id),
    displayName: displayNameOf,
    defaultAddress: ({ address }) => address,
    paymentMethods: ({ id }, _, { load }) => load.methodsOf.load(id),
    orders: async ({ id }, { filter, ...args }, { load }) => {
      const page = parsePage(args, timeKey);
      const rows = await load.ordersOf({ status: filter?.status ?? null, page }).load(id);
      return connectionOf(rows, page, ({ placedAt, id }) => [placedAt.toISOString(), id]);
    },
  },

  PaymentMethod: {
    __resolveReference: ({ id }, { load }) => load.method.load(id),
    __resolveType: ({ kind }) => methodTypes[kind],
  },
  CreditCard: {
    __resolveReference: ({ id }, { load }) => methodOf('CREDIT_CARD', load.method.load(id)),
    ...shownMethod,
  },
  PaypalAccount: { __resolveReference: ({ id }, { load }) => methodOf('PAYPAL', load.method.load(id)), ...shownMethod },
  GiftCard: { __resolveReference: ({ id }, { load }) => methodOf('GIFT_CARD', load.method.load(id)), ...shownMethod },

  Product: {
    __resolveReference: ({ id }, { load }) => load.product.load(id),
    variants: async ({ id }, { availableOnly }, { load }) => {
      const variants = await load.variantsOf.load(id);
      return availableOnly ? variants.filter(({ isAvailable }) => isAvailable) : variants;
    },
  },
  ProductVariant: {
    __resolveReference: ({ id }, { load }) => load.variant.load(id),
    product: async ({ productId }, _, { load }) => there(await load.product.load(productId), productId),
    options: ({ options }) => [...options],
  },

  Order: {
    __resolveReference: (reference, { load }) =>
      'id' in reference ? load.order.load(reference.id) : load.orderByNumber.load(reference.number),
    customer: async ({ customerId }, _, { load }) => there(await load.customer.load(customerId), customerId),
    shippingAddress: ({ address }) => address,
    items: ({ items }) => [...items],
    total: totalOf,
    paymentMethod: (order, _, { load }) => {
      const id = methodInUse(order);
      return id === null ? null : load.method.load(id);
    },
    transactions: ({ transactions }) => [...transactions],
    fulfillments: ({ fulfillments, items }) =>
      fulfillments.map(({ trackingNumbers, lines }) => ({
        trackingNumbers: [...trackingNumbers],
        items: items.filter(({ line }) => lines.includes(line)),
      })),
    availableActions: async (order, _, { load, clock }) =>
      availableActions(order, await load.shop.load('shop'), clock()),
    previewItemChange: async (order, { changes }, { load, clock, request }) => {
      const shop = await load.shop.load('shop');
      const variants = await Promise.all(changes.map(({ newVariantId }) => load.variant.load(newVariantId)));
      const known = new Map(variants.flatMap((variant) => (variant ? [[variant.id, variant] as const] : [])));
      const preview = previewItemChange({ order, methods: [], shop, now: clock() }, changes, known);
      return payload('priceChange', preview, request.language);
    },
  },
  OrderItem: {
    __resolveReference: ({ id }, { load }) => load.item.load(id),
    variant: ({ variantId }, _, { load }) => (variantId === null ? null : load.variant.load(variantId)),
    options: ({ options }) => [...options],
  },
  OrderTransaction: {
    paymentMethod: async ({ paymentMethodId }, _, { load }) => {
      const method = await load.method.load(paymentMethodId);
      return method?.isOnFile ? method : null;
    },
  },

  Money: {
    amount: async (minor, _, { load }) => formatMoney(minor, (await load.shop.load('shop')).currency),
    currency: async (_, __, { load }) => (await load.shop.load('shop')).currency,
  },
};

/** Does what a mutation asks for. What its payload leads to is read anew. */
async function change<Name extends string, T>(
  name: Name,
  { load, request, viewer }: Context,
  act: (viewer: Viewer) => Promise<Result<T>>,
) {
  const result = await act(await viewer());
  load.forget();
  return payload(name, result, request.language);
}

/** A way to pay if it is of this kind: a reference may name any. */
async function methodOf<Kind extends PaymentMethod['kind']>(kind: Kind, loaded: Promise<PaymentMethod | null>) {
  const method = await loaded;
  return method?.kind === kind ? (method as Extract<PaymentMethod, { kind: Kind }>) : null;
}

/** An object that another one names, and which is never removed before it. */
function there<T>(found: T | null, id: string): T {
  if (found === null) throw new Error(`What an object that was read belongs to is gone: ${id}`);
  return found;
}
