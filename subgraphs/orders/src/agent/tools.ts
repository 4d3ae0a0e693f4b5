import { refuse, tool, toolInput, transferToPerson, type RouteJob, type Tool } from '@supportgraph/agent';
import { showProducts } from '@supportgraph/commerce';
import { notFound } from '@supportgraph/kernel';
import { z } from 'zod';
import { callerOf } from './caller.js';
import { proposalTools } from './proposals.js';
import { dayOf, listedOrder, moneyText, shownMethod, shownOrder, type ListedOrders, type ShownOrder } from './shown.js';
import { askWho, itemChanges, orderNumber, type OrdersServices, type ToolContext } from './toolContext.js';
import { verifyCustomer } from './verifyCustomer.js';

/** Orders that a list shows at once. */
const ordersListed = 20;
/** Products that a search shows: the right one is mostly the first. */
const productsFound = 3;

const noArguments = toolInput({});
const orderOnly = toolInput({ number: orderNumber });

/** The tools of one answer. */
export function ordersTools(services: OrdersServices, job: RouteJob): readonly Tool[] {
  const { commerce, clock } = services;
  const showing = async () => ({ shop: await commerce.shop.read(), now: clock(), language: job.language });
  const context: ToolContext = { ...services, job, caller: callerOf(job.viewer), showing };
  return [
    verifyCustomer(context),
    listMyOrders(context),
    getOrder(context),
    findProduct(context),
    listPaymentMethods(context),
    previewItemChange(context),
    ...proposalTools(context),
    transferToPerson(),
  ];
}

function listMyOrders(context: ToolContext): Tool {
  const { commerce, caller } = context;
  return tool({
    name: 'list_my_orders',
    description:
      `The customer’s latest orders, at most ${ordersListed}, newest first, with state, items and total, and what day it is today. ` +
      'Use it when no order number was given. Not for details of one order.',
    label: { en: 'Looking at your orders', 'zh-Hant': '正在查詢您的訂單' },
    input: noArguments,
    run: async () => {
      const { customerId } = caller.viewer;
      if (customerId === null) return askWho(context);
      const page = { take: ordersListed + 1, key: null };
      const [orders = []] = await commerce.orders.pagesOfCustomers(caller.viewer, [customerId], null, page);
      const showing = await context.showing();
      return {
        today: dayOf(showing.now, showing.shop),
        orders: orders.slice(0, ordersListed).map((order) => listedOrder(order, showing)),
        hasMore: orders.length > ordersListed,
      } satisfies ListedOrders;
    },
  });
}

function getOrder(context: ToolContext): Tool {
  const { commerce, caller, job } = context;
  const shown = new Set<string>();
  return tool({
    name: 'get_order',
    description:
      'All about one order of this customer, by its number, and shows it to them as a card: state, items with ids and prices, ' +
      'address, payment, tracking numbers, what can be done with it. Not for products in general.',
    label: ({ number }) => ({ en: `Looking up order ${number}`, 'zh-Hant': `正在查詢訂單 ${number}` }),
    input: orderOnly,
    run: async ({ number }) => {
      if (caller.viewer.customerId === null) return askWho(context);
      const order = await commerce.orders.findByNumber(caller.viewer, number);
      if (!order) return refuse([notFound('number')]);
      const ids = [...new Set(order.transactions.map(({ paymentMethodId }) => paymentMethodId))];
      const methods = await commerce.customers.loadMethods(caller.viewer, ids);
      if (!shown.has(order.id)) job.writer.order(order.id);
      shown.add(order.id);
      const known = methods.filter((method) => method !== null);
      return shownOrder(order, known, await context.showing()) satisfies ShownOrder;
    },
  });
}

const findProductInput = toolInput({
  name: z.string().min(1).max(100).describe('Name of the product, without colour and size.'),
});

function findProduct({ commerce }: ToolContext): Tool {
  return tool({
    name: 'find_product',
    description:
      'Products whose name has these words, with all their variants: options, price now, whether in stock, and ids. ' +
      'Names are in English. Not for what was ordered before.',
    label: ({ name }) => ({ en: `Looking for “${name}”`, 'zh-Hant': `正在尋找「${name}」` }),
    input: findProductInput,
    run: ({ name }) => showProducts(commerce, name, productsFound),
  });
}

function listPaymentMethods(context: ToolContext): Tool {
  const { commerce, caller } = context;
  return tool({
    name: 'list_payment_methods',
    description: 'The customer’s ways to pay on file, with ids, and what is left on gift cards.',
    label: { en: 'Looking at your payment methods', 'zh-Hant': '正在查詢您的付款方式' },
    input: noArguments,
    run: async () => {
      const { customerId } = caller.viewer;
      if (customerId === null) return askWho(context);
      const [methods = []] = await commerce.customers.methodsOf(caller.viewer, [customerId]);
      const showing = await context.showing();
      return { methods: methods.map((method) => shownMethod(method, showing)) };
    },
  });
}

const previewItemChangeInput = toolInput({ number: orderNumber, changes: itemChanges });

function previewItemChange(context: ToolContext): Tool {
  const { commerce, caller } = context;
  return tool({
    name: 'preview_item_change',
    description:
      'What it would cost, or give back, to change items of a pending order to other variants of the same products. Changes nothing.',
    label: ({ number }) => ({
      en: `Working out the change of order ${number}`,
      'zh-Hant': `正在試算訂單 ${number} 的變更`,
    }),
    input: previewItemChangeInput,
    run: async ({ number, changes }) => {
      if (caller.viewer.customerId === null) return askWho(context);
      const order = await commerce.orders.findByNumber(caller.viewer, number);
      if (!order) return refuse([notFound('number')]);
      const preview = await commerce.orders.previewItemChange(caller.viewer, order.id, changes);
      if (!preview.ok) return refuse(preview.errors);
      const { shop } = await context.showing();
      const { difference, newTotal } = preview.value;
      return { difference: moneyText(difference, shop), newTotal: moneyText(newTotal, shop) };
    },
  });
}
