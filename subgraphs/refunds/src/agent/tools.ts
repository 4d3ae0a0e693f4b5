import { refuse, tool, transferToPerson, type RouteJob, type Tool, type ToolRefusal } from '@supportgraph/agent';
import { returnEligibility, type Commerce, type Order, type Shop } from '@supportgraph/commerce';
import { notFound, type Clock, type Viewer } from '@supportgraph/kernel';
import { z } from 'zod';
import {
  briefOf,
  orderRefundsOf,
  returnCheckOf,
  type OrderRefunds,
  type ReturnableOrders,
  type ReturnCheck,
} from './shown.js';
import type { Speaker } from './speaker.js';
import { verificationAsks } from './verification.js';

/** What the refunds agent needs for one answer. */
export interface RefundsServices {
  commerce: Commerce;
  clock: Clock;
  speaker: Speaker;
}

/** Orders that are looked through and told of at once. */
const ordersShown = 10;

const orderNumber = z
  .string()
  .min(1)
  .max(60)
  .describe('Number of the order as the customer wrote it, such as #W1000001.');

/** The tools of one answer. */
export function refundsTools(services: RefundsServices, job: RouteJob): readonly Tool[] {
  return [
    verifyCustomer(services),
    getOrderRefunds(services, job),
    listRefunds(services, job),
    checkReturn(services, job),
    listReturnableOrders(services, job),
    transferToPerson(),
  ];
}

function verifyCustomer({ speaker }: RefundsServices): Tool {
  const said = z.string().min(1).max(200).optional();
  return tool({
    name: 'verify_customer',
    description:
      'Finds out which customer this is by what they wrote of themselves in this conversation: the e-mail address of the account, or ' +
      'first name, last name and postcode; some shops ask for more. Needed once, before any order can be looked up. Never pass ' +
      'anything that the customer did not write.',
    label: { en: 'Looking for your account', 'zh-Hant': '正在確認您的身分' },
    input: z.object({ email: said, firstName: said, lastName: said, postcode: said, orderNumber: said }),
    run: async (claim) => {
      if (speaker.customer) return { verified: true };
      const recognised = await speaker.recognise(claim);
      return recognised.ok ? { verified: true } : refuse(recognised.errors);
    },
  });
}

function getOrderRefunds(services: RefundsServices, { language, writer }: RouteJob): Tool {
  const shown = new Set<string>();
  return tool({
    name: 'get_order_refunds',
    description:
      'What became of the refunds, the return and the exchange of one order of this customer: where each stands, how much, where the ' +
      'money goes and by when. Shows the order to the customer. Not for whether something can be sent back: that is check_return.',
    label: ({ orderNumber }) => ({
      en: `Looking up the refunds of ${orderNumber}`,
      'zh-Hant': `查詢 ${orderNumber} 的退款`,
    }),
    input: z.object({ orderNumber }),
    run: ({ orderNumber }): Promise<OrderRefunds | ToolRefusal> =>
      withOrder(services, orderNumber, async (order, shop, viewer) => {
        if (!shown.has(order.id)) writer.order(order.id);
        shown.add(order.id);
        const methods = await services.commerce.customers.loadMethods(viewer, methodIdsOf(order));
        return orderRefundsOf({ order, shop, methods, language, now: services.clock() });
      }),
  });
}

function listRefunds(services: RefundsServices, { language }: RouteJob): Tool {
  return tool({
    name: 'list_refunds',
    description:
      'The newest refunds of this customer over all orders. Use it when they ask for a refund and name no order.',
    label: { en: 'Looking up your refunds', 'zh-Hant': '查詢您的退款' },
    input: z.object({}),
    run: async (): Promise<{ orders: OrderRefunds[] } | ToolRefusal> =>
      withCustomer(services, async (viewer, shop) => {
        const { refunds, orders, customers } = services.commerce;
        const [newest = []] = await refunds.pagesOfCustomers(viewer, [viewer.customerId!], {
          take: ordersShown,
          key: null,
        });
        const found = await orders.load(viewer, [...new Set(newest.map(({ orderId }) => orderId))]);
        const seen = found.filter((order) => order !== null);
        const methods = await customers.loadMethods(viewer, seen.flatMap(methodIdsOf));
        const now = services.clock();
        return { orders: seen.map((order) => orderRefundsOf({ order, shop, methods, language, now })) };
      }),
  });
}

function checkReturn(services: RefundsServices, { language }: RouteJob): Tool {
  return tool({
    name: 'check_return',
    description:
      'Whether one order of this customer can be sent back or exchanged, until when or why not, its items with what each would give ' +
      'back, and where the money may go. It changes nothing.',
    label: ({ orderNumber }) => ({
      en: `Checking whether ${orderNumber} can be sent back`,
      'zh-Hant': `確認 ${orderNumber} 是否可以退貨`,
    }),
    input: z.object({ orderNumber }),
    run: ({ orderNumber }): Promise<ReturnCheck | ToolRefusal> =>
      withOrder(services, orderNumber, async (order, shop, viewer) => {
        const [methods = []] = await services.commerce.customers.methodsOf(viewer, [order.customerId]);
        return returnCheckOf({ order, shop, methods, language, now: services.clock() });
      }),
  });
}

function listReturnableOrders(services: RefundsServices, { language }: RouteJob): Tool {
  return tool({
    name: 'list_returnable_orders',
    description: 'The newest orders of this customer that can be sent back or exchanged now, with their items.',
    label: { en: 'Looking for orders that can be sent back', 'zh-Hant': '查詢可以退貨的訂單' },
    input: z.object({}),
    run: async (): Promise<ReturnableOrders | ToolRefusal> =>
      withCustomer(services, async (viewer, shop) => {
        const page = { take: ordersShown, key: null };
        const [delivered = []] = await services.commerce.orders.pagesOfCustomers(
          viewer,
          [viewer.customerId!],
          ['DELIVERED'],
          page,
        );
        const now = services.clock();
        const open = delivered.filter((order) => returnEligibility(order, shop, now).isEligible);
        return { orders: open.map((order) => briefOf({ order, shop, language, now })) };
      }),
  });
}

/** Runs for the customer once known; until then the model is told what to ask for. */
async function withCustomer<T>(
  { commerce, speaker }: RefundsServices,
  run: (viewer: Viewer, shop: Shop) => Promise<T>,
): Promise<T | ToolRefusal> {
  const shop = await commerce.shop.read();
  if (speaker.customer) return run(speaker.customer, shop);
  return refuse([{ code: 'CUSTOMER_NOT_VERIFIED', message: verificationAsks[shop.verification] }]);
}

/** Runs on an order of the customer's; somebody else's is not there. */
function withOrder<T>(
  services: RefundsServices,
  number: string,
  run: (order: Order, shop: Shop, viewer: Viewer) => Promise<T>,
): Promise<T | ToolRefusal> {
  return withCustomer(services, async (viewer, shop) => {
    const order = await services.commerce.orders.findByNumber(viewer, number);
    return order ? run(order, shop, viewer) : refuse([notFound('orderNumber')]);
  });
}

function methodIdsOf({ refunds, return: orderReturn, exchange }: Order): string[] {
  const used = [...refunds, orderReturn, exchange].flatMap((each) => each?.paymentMethodId ?? []);
  return [...new Set(used)];
}
