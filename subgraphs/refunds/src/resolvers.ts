import { refundEligibility, returnEligibility, type Order } from '@supportgraph/commerce';
import { formatMoney, idPrefix, type Result, type Viewer } from '@supportgraph/kernel';
import { connectionOf, parsePage, payload } from '@supportgraph/subgraph';
import type { Context } from './context.js';
import { expectedAt } from './domain/expectedAt.js';
import { withTold } from './domain/withTold.js';
import type { Resolvers } from './generated/resolvers.js';

/** Lists are sorted by the time at which something was asked for, then by id. */
const timeKey = ['time', 'string'] as const;
const keyOf = ({ createdAt, id }: { createdAt: Date; id: string }): [string, string] => [createdAt.toISOString(), id];

export const resolvers: Resolvers = {
  Query: {
    refund: (_, { id }, { load }) => load.refund.load(id),
    refunds: async (_, { filter, ...args }, { commerce, viewer }) => {
      const page = parsePage(args, timeKey);
      return connectionOf(await commerce.refunds.page(await viewer(), filter ?? {}, page), page, keyOf);
    },
    orderReturn: (_, { id }, { load }) => load.orderReturn.load(id),
    orderExchange: (_, { id }, { load }) => load.orderExchange.load(id),
    openReturns: async (_, args, { commerce, viewer, load }) => {
      const page = parsePage(args, timeKey);
      const ids = await commerce.returns.openIds(await viewer(), page);
      const goods = await Promise.all(ids.map((id) => (isReturn(id) ? load.orderReturn : load.orderExchange).load(id)));
      return connectionOf(goods.filter(isThere), page, keyOf);
    },
  },

  Mutation: {
    receiveReturn: (_, { input }, context) =>
      change('orderReturn', context, (viewer) => context.commerce.returns.receiveReturn(viewer, input)),
    receiveExchange: (_, { input }, context) =>
      change('orderExchange', context, (viewer) => context.commerce.returns.receiveExchange(viewer, input)),
    cancelReturn: (_, { input }, context) =>
      change('orderReturn', context, (viewer) => context.commerce.returns.cancelReturn(viewer, input)),
    cancelExchange: (_, { input }, context) =>
      change('orderExchange', context, (viewer) => context.commerce.returns.cancelExchange(viewer, input)),
    requestReturn: (_, { input }, context) =>
      change('orderReturn', context, (viewer) => context.commerce.returns.requestReturn(viewer, input)),
    requestExchange: (_, { input }, context) =>
      change('orderExchange', context, (viewer) => context.commerce.returns.requestExchange(viewer, input)),
    requestRefund: (_, { input }, context) => {
      const { amount = null, paymentMethodId = null } = input;
      return change('refund', context, (viewer) =>
        context.commerce.refunds.request(viewer, { ...input, amount, paymentMethodId }),
      );
    },
    approveRefund: (_, { input }, context) =>
      change('refund', context, (viewer) => context.commerce.refunds.approve(viewer, input)),
    rejectRefund: (_, { input }, context) =>
      change('refund', context, (viewer) => context.commerce.refunds.reject(viewer, input)),
  },

  Customer: {
    __resolveReference: ({ id }, { load }) => load.customer.load(id),
    refunds: async ({ id }, args, { load }) => {
      const page = parsePage(args, timeKey);
      return connectionOf(await load.refundsOf(page).load(id), page, keyOf);
    },
  },

  Order: {
    __resolveReference: async (reference, { load }) => {
      const order = await load.order.load(reference.id);
      return order && withTold(order, reference);
    },
    refundEligibility: async (order, _, { load }) => refundEligibility({ order, shop: await load.shop.load('shop') }),
    returnEligibility: async (order, _, { load, clock }) =>
      returnEligibility(order, await load.shop.load('shop'), clock()),
    returns: (order) => (order.return ? [order.return] : []),
    exchanges: ({ exchange }) => (exchange ? [exchange] : []),
  },

  ReturnEligibility: {
    until: (eligibility) => (eligibility.isEligible ? eligibility.until : null),
    reason: (eligibility, _, { request }) => (eligibility.isEligible ? null : eligibility.reason[request.language]),
  },

  Refund: {
    __resolveReference: ({ id }, { load }) => load.refund.load(id),
    order: ({ orderId }, _, context) => orderOf(orderId, context),
    destination: ({ paymentMethodId }) => ({ id: paymentMethodId }),
    orderReturn: ({ orderReturnId }, _, { load }) => (orderReturnId ? load.orderReturn.load(orderReturnId) : null),
    expectedAt: async (refund, _, { load }) => {
      const method = await load.method.load(refund.paymentMethodId);
      return method && expectedAt(refund, method.kind);
    },
  },

  OrderReturn: {
    __resolveReference: ({ id }, { load }) => load.orderReturn.load(id),
    order: ({ orderId }, _, context) => orderOf(orderId, context),
    items: ({ itemIds }) => itemIds.map((id) => ({ id })),
    destination: ({ paymentMethodId }) => ({ id: paymentMethodId }),
    refund: async ({ id, orderId }, _, context) => {
      const { refunds } = await orderOf(orderId, context);
      return refunds.find(({ orderReturnId }) => orderReturnId === id) ?? null;
    },
  },

  OrderExchange: {
    __resolveReference: ({ id }, { load }) => load.orderExchange.load(id),
    order: ({ orderId }, _, context) => orderOf(orderId, context),
    paymentMethod: ({ paymentMethodId }) => ({ id: paymentMethodId }),
  },

  ExchangeLine: {
    item: ({ itemId }) => ({ id: itemId }),
    newVariant: ({ newVariantId }) => ({ id: newVariantId }),
  },

  Money: {
    amount: async (minor, _, { load }) => formatMoney(minor, (await load.shop.load('shop')).currency),
    currency: async (_, __, { load }) => (await load.shop.load('shop')).currency,
  },

  OpenReturn: { __resolveType: ({ id }) => (isReturn(id) ? 'OrderReturn' : 'OrderExchange') },
  // Of the errors with facts of their own, this subgraph shows one; the others are plain here.
  UserError: {
    __resolveType: ({ __typename }) => (__typename === 'ReturnWindowError' ? __typename : 'InputError'),
  },
};

/** Carries out a change for who is asking, and shows what came of it. */
async function change<Name extends string, T>(
  name: Name,
  { request, viewer, load }: Context,
  act: (viewer: Viewer) => Promise<Result<T>>,
) {
  const result = await act(await viewer());
  load.forget();
  return payload(name, result, request.language);
}

/** The order of something that the viewer was just shown. */
async function orderOf(id: string, { load }: Context): Promise<Order> {
  const order = await load.order.load(id);
  if (!order) throw new Error(`The order of something that was read is gone: ${id}`);
  return order;
}

const isReturn = (id: string) => idPrefix(id) === 'ret';
const isThere = <T>(each: T | null): each is T => each !== null;
