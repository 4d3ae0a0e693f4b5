import { propose, refuse, tool, toolInput, type Tool } from '@supportgraph/agent';
import type { ActionWish } from '@supportgraph/commerce';
import { isId, notFound, type Text } from '@supportgraph/kernel';
import { z } from 'zod';
import { askWho, itemChanges, orderNumber, type ToolContext } from './toolContext.js';

const address = z.strictObject({
  line1: z.string().max(200).describe('Street and number.'),
  line2: z.string().max(200).nullable().describe('Flat, floor, care of; null if there is none.'),
  city: z.string().max(200),
  region: z.string().max(200).nullable().describe('State, province or county; null if there is none.'),
  postcode: z.string().max(200),
  countryCode: z.string().max(2).describe('ISO 3166-1 alpha-2.'),
});
const paymentMethodId = z.string().max(120).describe('Id of a way to pay, from list_payment_methods or get_order.');

const proposeCancellationInput = toolInput({
  number: orderNumber,
  reason: z.enum(['NO_LONGER_NEEDED', 'ORDERED_BY_MISTAKE']),
});
const proposeOrderAddressInput = toolInput({ number: orderNumber, address });
const proposeItemChangeInput = toolInput({ number: orderNumber, changes: itemChanges, paymentMethodId });
const proposePaymentChangeInput = toolInput({ number: orderNumber, paymentMethodId });
const proposeDefaultAddressInput = toolInput({ address });

/** Side effects, each shown to the customer, who alone can agree to it. */
export function proposalTools(context: ToolContext): readonly Tool[] {
  const { commerce, caller, job } = context;

  /** Drafts the wish for the order with this number, and shows the draft. */
  const onOrder = async (number: string, wish: (orderId: string) => ActionWish) => {
    if (caller.viewer.customerId === null) return askWho(context);
    const order = await commerce.orders.findByNumber(caller.viewer, number);
    if (!order) return refuse([notFound('number')]);
    const wanted = wish(order.id);
    if (!(await hasMethodOf(wanted))) return refuse([notFound('paymentMethodId')]);
    return propose(job, await commerce.actions.draft(caller.viewer, wanted));
  };

  /** Another customer's way to pay is not there; a wrong one of their own is for the rules to refuse. */
  const hasMethodOf = async (wish: ActionWish) => {
    if (!('paymentMethodId' in wish) || wish.paymentMethodId === null) return true;
    const { paymentMethodId: id } = wish;
    const [method] = isId('pay', id) ? await commerce.customers.loadMethods(caller.viewer, [id]) : [];
    return Boolean(method);
  };

  return [
    tool({
      name: 'propose_cancellation',
      description: 'Shows the customer the cancellation of a pending order to confirm. Ask for the reason first.',
      label: preparing('the cancellation', '取消訂單'),
      input: proposeCancellationInput,
      run: ({ number, reason }) => onOrder(number, (orderId) => ({ kind: 'CANCEL_ORDER', orderId, reason })),
    }),
    tool({
      name: 'propose_order_address',
      description:
        'Shows the customer a new address of a pending order to confirm. Not for the default address of later orders.',
      label: preparing('the new address', '變更地址'),
      input: proposeOrderAddressInput,
      run: ({ number, address }) => onOrder(number, (orderId) => ({ kind: 'UPDATE_ORDER_ADDRESS', orderId, address })),
    }),
    tool({
      name: 'propose_item_change',
      description:
        'Shows the customer other variants of items of a pending order to confirm. Possible once for each order: give all changes together.',
      label: preparing('the change of items', '變更商品'),
      input: proposeItemChangeInput,
      run: ({ number, ...wish }) => onOrder(number, (orderId) => ({ kind: 'UPDATE_ORDER_ITEMS', orderId, ...wish })),
    }),
    tool({
      name: 'propose_payment_change',
      description: 'Shows the customer another way to pay a pending order to confirm.',
      label: preparing('the change of payment', '變更付款方式'),
      input: proposePaymentChangeInput,
      run: ({ number, paymentMethodId }) =>
        onOrder(number, (orderId) => ({ kind: 'UPDATE_ORDER_PAYMENT', orderId, paymentMethodId })),
    }),
    tool({
      name: 'propose_default_address',
      description:
        'Shows the customer a new default address for later orders to confirm. Orders already placed stay as they are.',
      label: preparing('the new default address', '變更預設地址'),
      input: proposeDefaultAddressInput,
      run: async ({ address }) => {
        if (caller.viewer.customerId === null) return askWho(context);
        return propose(job, await commerce.actions.draft(caller.viewer, { kind: 'UPDATE_CUSTOMER_ADDRESS', address }));
      },
    }),
  ];
}

function preparing(en: string, zhHant: string): Text {
  return { en: `Preparing ${en}`, 'zh-Hant': `正在準備${zhHant}` };
}
