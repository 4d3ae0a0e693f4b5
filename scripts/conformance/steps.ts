import { randomUUID } from 'node:crypto';
import type { ShopFile } from '@supportgraph/commerce';
import type { Callers, Refused, Reply } from './callers.js';
import type { Step } from './readCases.js';
import { codeOf, countryCode, lineFinder } from './reference.js';

/** What a step is made with. */
interface Shop {
  callers: Callers;
  /** The shop of the start: whose an order is does not change. */
  file: ShopFile;
}
type Arguments = Step['arguments'];
/** Null: done. */
type Outcome = Refused | null;
type Tool = (shop: Shop, args: Arguments) => Promise<Outcome>;

const notThere: Refused = { code: 'NOT_FOUND' };

/** The reference's tools over our API. */
const tools: Readonly<Record<string, Tool>> = {
  find_user_id_by_email: (shop, args) => verify(shop, { email: text(args, 'email') }),
  find_user_id_by_name_zip: (shop, args) =>
    verify(shop, {
      ...{ firstName: text(args, 'first_name'), lastName: text(args, 'last_name') },
      postcode: text(args, 'zip'),
    }),
  get_user_details: async ({ callers }, args) => {
    const customerId = text(args, 'user_id');
    const reply = await callers.ask<{ viewer: { customer: { id: string } | null } }>(customerId, customerQuery, {});
    return found(reply, ({ viewer }) => viewer.customer?.id === `cus_${customerId}`);
  },
  get_order_details: async (shop, args) => {
    const number = text(args, 'order_id');
    const reply = await askAbout<{ orderByNumber: { number: string } | null }>(shop, number, orderQuery, { number });
    return found(reply, ({ orderByNumber }) => orderByNumber?.number === number);
  },
  get_product_details: (shop, args) => readProduct(shop, text(args, 'product_id'), () => true),
  get_item_details: (shop, args) => {
    const variantId = text(args, 'item_id');
    const product = shop.file.products?.find(({ variants }) => variants.some(({ id }) => id === variantId));
    return readProduct(shop, product?.id ?? variantId, (ids) => ids.includes(`var_${variantId}`));
  },
  list_all_product_types: async ({ callers }) =>
    found(
      await callers.ask<{ products: { nodes: object[] } }>(callers.sessionCustomerId(), productsQuery, {}),
      () => true,
    ),
  cancel_pending_order: (shop, args) => change(shop, args, 'cancelOrder', { reason: codeOf(text(args, 'reason')) }),
  modify_pending_order_address: (shop, args) => change(shop, args, 'updateOrderAddress', { address: addressOf(args) }),
  modify_pending_order_payment: (shop, args) => change(shop, args, 'updateOrderPayment', methodOf(args)),
  modify_pending_order_items: async (shop, args) =>
    change(shop, args, 'updateOrderItems', { changes: await changesOf(shop, args), ...methodOf(args) }),
  exchange_delivered_order_items: async (shop, args) =>
    change(shop, args, 'requestExchange', { changes: await changesOf(shop, args), ...methodOf(args) }),
  return_delivered_order_items: async (shop, args) =>
    change(shop, args, 'requestReturn', { orderItemIds: await itemsOf(shop, args), ...methodOf(args) }),
  modify_user_address: ({ callers }, args) =>
    mutate(callers, text(args, 'user_id'), 'updateCustomerAddress', { address: addressOf(args) }),
  transfer_to_human_agents: async ({ callers }, args) => {
    const input = { sessionId: await callers.sessionId(), message: text(args, 'summary') };
    return mutate(callers, null, 'requestHandoff', input);
  },
};

/** Tools that do nothing with the shop. */
const withoutCounterpart = new Set(['calculate', 'think']);

/** Carries out a step through the API; answers why it is refused, or null if it is not. */
export async function carryOut(shop: Shop, { name, arguments: args }: Step): Promise<Outcome> {
  const tool = tools[name];
  if (tool) return tool(shop, args);
  const known = [...Object.keys(tools), ...withoutCounterpart].join(', ');
  throw new Error(`There is no tool ${name}; there are ${known}`);
}

/** Whether a step can show nothing of us. */
export function isWithoutCounterpart({ name }: Step): boolean {
  return withoutCounterpart.has(name);
}

const customerQuery = '{ viewer { customer { id email defaultAddress { postcode } paymentMethods { id label } } } }';
const orderQuery = /* GraphQL */ `
  query ($number: String!) {
    orderByNumber(number: $number) {
      number
      status
      total {
        amount
      }
      items {
        id
        price {
          amount
        }
      }
    }
  }
`;
const itemsQuery = /* GraphQL */ `
  query ($number: String!) {
    orderByNumber(number: $number) {
      items {
        id
        variant {
          id
        }
      }
    }
  }
`;
const productQuery = /* GraphQL */ `
  query ($id: ID!) {
    product(id: $id) {
      variants {
        id
        isAvailable
      }
    }
  }
`;
const productsQuery = '{ products(first: 100) { nodes { id name } } }';

async function verify({ callers, file }: Shop, claim: Parameters<Callers['verify']>[0]): Promise<Outcome> {
  const verified = await callers.verify(claim);
  if ('code' in verified) return verified;
  const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
  const customer = file.customers?.find(({ id }) => id === verified.customerId);
  const isMeant =
    customer &&
    ('email' in claim
      ? same(customer.email, claim.email)
      : same(customer.firstName, claim.firstName) &&
        same(customer.lastName, claim.lastName) &&
        same(customer.address.postcode, claim.postcode));
  if (!isMeant) throw new Error(`The session was given to ${verified.customerId}, who is another customer`);
  return null;
}

async function readProduct({ callers }: Shop, id: string, isIt: (variantIds: string[]) => boolean): Promise<Outcome> {
  const reply = await callers.ask<{ product: { variants: { id: string }[] } | null }>(
    ...([callers.sessionCustomerId(), productQuery, { id: `prd_${id}` }] as const),
  );
  return found(reply, ({ product }) => product !== null && isIt(product.variants.map((variant) => variant.id)));
}

function found<Data>(reply: Reply<Data>, isIt: (data: Data) => boolean): Outcome {
  if ('code' in reply) return reply;
  return isIt(reply.data) ? null : notThere;
}

/** Asks as the customer whose order it is, or whoever has the session if there is no such order. */
function askAbout<Data>({ callers, file }: Shop, number: string, query: string, variables: object) {
  const owner = file.orders?.find((order) => order.number === number)?.customerId;
  return callers.ask<Data>(owner ?? callers.sessionCustomerId(), query, variables);
}

/** Changes an order as its customer. */
function change({ callers, file }: Shop, args: Arguments, mutation: string, input: object): Promise<Outcome> {
  const order = file.orders?.find(({ number }) => number === text(args, 'order_id'));
  const orderId = order ? `ord_${order.number.slice(1)}` : 'ord_none';
  return mutate(callers, order?.customerId ?? callers.sessionCustomerId(), mutation, { orderId, ...input });
}

async function mutate(callers: Callers, customerId: string | null, name: string, wish: object): Promise<Outcome> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
  const input = { idempotencyKey: randomUUID(), ...wish };
  const reply = await callers.ask<Record<string, { userErrors: Refused[] }>>(customerId, query, { input });
  return 'code' in reply ? reply : (reply.data[name]!.userErrors[0] ?? null);
}

/** The lines that are meant by their variants, as they are now; what is not on the order has an id that no line has. */
async function itemsOf(shop: Shop, args: Arguments): Promise<string[]> {
  const number = text(args, 'order_id');
  const reply = await askAbout<{
    orderByNumber: { items: { id: string; variant: { id: string } | null }[] } | null;
  }>(shop, number, itemsQuery, { number });
  const items = ('data' in reply && reply.data.orderByNumber?.items) || [];
  const lineOf = lineFinder(items.map(({ variant }) => variant && variant.id.slice('var_'.length)));
  return list(args, 'item_ids').map((variantId) => items[lineOf(variantId) ?? -1]?.id ?? `itm_none_${variantId}`);
}

async function changesOf(shop: Shop, args: Arguments): Promise<object[]> {
  const items = await itemsOf(shop, args);
  const variants = list(args, 'new_item_ids');
  // One without its other half does not fit the schema.
  return Array.from({ length: Math.max(items.length, variants.length) }, (_, n) => ({
    orderItemId: items[n],
    newVariantId: variants[n] === undefined ? undefined : `var_${variants[n]}`,
  }));
}

function methodOf(args: Arguments): { paymentMethodId: string } {
  return { paymentMethodId: `pay_${text(args, 'payment_method_id')}` };
}

function addressOf(args: Arguments): object {
  return {
    line1: args['address1'],
    line2: args['address2'] || null,
    city: args['city'],
    region: args['state'] || null,
    postcode: args['zip'],
    countryCode: countryCode(text(args, 'country')),
  };
}

function text(args: Arguments, name: string): string {
  return typeof args[name] === 'string' ? args[name] : '';
}

function list(args: Arguments, name: string): string[] {
  const value = args[name];
  return Array.isArray(value) ? value.map(String) : [];
}
