import {
  isWritten,
  notWritten,
  refuse,
  tool,
  toolInput,
  transferToPerson,
  type RouteJob,
  type Tool,
  type ToolRefusal,
} from '@supportgraph/agent';
import { returnEligibility, type Order, type OrderStatus } from '@supportgraph/commerce';
import { z } from 'zod';
import { proposalTools } from './proposals.js';
import {
  briefOf, exchangeOptionsOf, isOpen, orderRefundsOf, returnCheckOf,
  type ExchangeOptions, type OrderRefunds, type ReturnableOrders, type ReturnCheck,
} from './shown.js'; // prettier-ignore
import { askWho, orderNumber, withCustomer, withOrder, type RefundsServices } from './toolContext.js';

/** Orders that are looked through and told of at once. */
const ordersShown = 10;

/** What orders are with a return or an exchange that was not called off. */
const goodsUnderWay: readonly OrderStatus[] = ['RETURN_REQUESTED', 'EXCHANGE_REQUESTED', 'RETURNED', 'EXCHANGED'];

const noArguments = toolInput({});
const orderOnly = toolInput({ number: orderNumber });

/** The tools of one answer. */
export function refundsTools(services: RefundsServices, job: RouteJob): readonly Tool[] {
  return [
    verifyCustomer(services, job),
    getOrderRefunds(services, job),
    listRefunds(services, job),
    checkReturn(services, job),
    listReturnableOrders(services, job),
    getExchangeOptions(services, job),
    ...proposalTools(services, job),
    transferToPerson(),
  ];
}

const said = (what: string) => z.string().min(1).max(320).optional().describe(what);
const verifyCustomerInput = toolInput({
  email: said('E-mail address.'),
  firstName: said('First name.'),
  lastName: said('Last name.'),
  postcode: said('Postcode.'),
  orderNumber: said('Number of an order of theirs.'),
});

function verifyCustomer(services: RefundsServices, job: RouteJob): Tool {
  return tool({
    name: 'verify_customer',
    description:
      'Recognises the customer by what they wrote: the e-mail address, or first name, last name and postcode; some shops ask for ' +
      'more. Use it when another tool says that it is not known who is asking, and only with what the customer wrote.',
    label: { en: 'Checking your details', 'zh-Hant': '正在核對您的資料' },
    input: verifyCustomerInput,
    run: async (claim) => {
      if (!claim.email && !(claim.firstName && claim.lastName && claim.postcode)) return askWho(services);
      if (!isWritten(claim, job)) return refuse([notWritten]);
      const recognised = await services.speaker.recognise(claim);
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
    label: ({ number }) => ({
      en: `Looking up the refunds of ${number}`,
      'zh-Hant': `查詢 ${number} 的退款`,
    }),
    input: orderOnly,
    run: ({ number }): Promise<OrderRefunds | ToolRefusal> =>
      withOrder(services, number, async (order, shop, viewer) => {
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
      'The newest refunds, returns and exchanges of this customer over all orders, the open ones first. Use it when they ask for ' +
      'one and name no order.',
    label: { en: 'Looking up your refunds', 'zh-Hant': '查詢您的退款' },
    input: noArguments,
    run: async (): Promise<{ orders: OrderRefunds[] } | ToolRefusal> =>
      withCustomer(services, async (viewer, shop) => {
        const { refunds, orders, customers } = services.commerce;
        const of = [viewer.customerId!];
        const page = { take: ordersShown, key: null };
        const [[newest = []], [withGoods = []]] = await Promise.all([
          refunds.pagesOfCustomers(viewer, of, page),
          orders.pagesOfCustomers(viewer, of, goodsUnderWay, page),
        ]);
        const known = new Set(withGoods.map(({ id }) => id));
        const others = [...new Set(newest.map(({ orderId }) => orderId))].filter((id) => !known.has(id));
        const found = await orders.load(viewer, others);
        const seen = [...found.filter((order) => order !== null), ...withGoods];
        const methods = await customers.loadMethods(viewer, seen.flatMap(methodIdsOf));
        const now = services.clock();
        const told = seen.map((order) => orderRefundsOf({ order, shop, methods, language, now }));
        return { orders: told.sort((a, b) => Number(isOpen(b)) - Number(isOpen(a))).slice(0, ordersShown) };
      }),
  });
}

function checkReturn(services: RefundsServices, { language }: RouteJob): Tool {
  return tool({
    name: 'check_return',
    description:
      'Whether one order of this customer can be sent back or exchanged, until when or why not, its items with what each would give ' +
      'back, and where the money may go. It changes nothing.',
    label: ({ number }) => ({
      en: `Checking whether ${number} can be sent back`,
      'zh-Hant': `確認 ${number} 是否可以退貨`,
    }),
    input: orderOnly,
    run: ({ number }): Promise<ReturnCheck | ToolRefusal> =>
      withOrder(services, number, async (order, shop, viewer) => {
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
    input: noArguments,
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

function getExchangeOptions(services: RefundsServices, { language }: RouteJob): Tool {
  return tool({
    name: 'get_exchange_options',
    description:
      'For each item of one order of this customer the variants in stock that it can be exchanged for, with the difference in price, ' +
      'those that are sold out, and the ways to pay or get back the difference. Use check_return first.',
    label: ({ number }) => ({
      en: `Looking at what the items of ${number} can be exchanged for`,
      'zh-Hant': `查詢 ${number} 可以更換的款式`,
    }),
    input: orderOnly,
    run: ({ number }): Promise<ExchangeOptions | ToolRefusal> =>
      withOrder(services, number, async (order, shop, viewer) => {
        const { customers, products } = services.commerce;
        const productIds = [...new Set(order.items.flatMap(({ productId }) => productId ?? []))];
        const [[methods = []], variants] = await Promise.all([
          customers.methodsOf(viewer, [order.customerId]),
          products.variantsOf(productIds),
        ]);
        return exchangeOptionsOf({ order, shop, methods, language, now: services.clock() }, variants.flat());
      }),
  });
}

function methodIdsOf({ refunds, return: orderReturn, exchange }: Order): string[] {
  const used = [...refunds, orderReturn, exchange].flatMap((each) => each?.paymentMethodId ?? []);
  return [...new Set(used)];
}
