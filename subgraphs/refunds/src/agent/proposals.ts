import { propose, refuse, tool, toolInput, type RouteJob, type Tool } from '@supportgraph/agent';
import type { ActionWish } from '@supportgraph/commerce';
import { isId, notFound, type Text, type Viewer } from '@supportgraph/kernel';
import { z } from 'zod';
import { orderNumber, withOrder, type RefundsServices } from './toolContext.js';

const itemId = z.string().max(120);
const paymentMethodId = z.string().max(120);

const proposeReturnInput = toolInput({
  number: orderNumber,
  itemIds: z.array(itemId).min(1).max(50).describe('Ids of the items, from check_return.'),
  paymentMethodId: paymentMethodId.describe('Where the money goes, from paidBackTo of check_return.'),
});
const proposeExchangeInput = toolInput({
  number: orderNumber,
  changes: z
    .array(z.strictObject({ itemId, newVariantId: z.string().max(120) }))
    .min(1)
    .max(50)
    .describe('What goes back and what comes instead, from get_exchange_options.'),
  paymentMethodId: paymentMethodId.describe('Pays or gets back the difference, from paidWith of get_exchange_options.'),
});
const proposeRefundInput = toolInput({
  number: orderNumber,
  amount: z.string().max(40).nullable().describe('Decimal such as 19.90, without currency; null: all that is left.'),
  reason: z.string().min(1).max(1_000).describe('Why, in the customer’s words.'),
  paymentMethodId: paymentMethodId
    .nullable()
    .describe('A gift card from paidBackTo of check_return; null: the original way to pay.'),
});

/** Side effects, each shown to the customer, who alone can agree to it. */
export function proposalTools(services: RefundsServices, job: RouteJob): readonly Tool[] {
  /** Drafts the wish for the order with this number, and shows the draft. */
  const onOrder = (number: string, wish: (orderId: string) => ActionWish) =>
    withOrder(services, number, async ({ id }, _, viewer) => {
      const wanted = wish(id);
      if (!(await hasMethodOf(viewer, wanted))) return refuse([notFound('paymentMethodId')]);
      return propose(job, await services.commerce.actions.draft(viewer, wanted));
    });

  /** Another customer's way to pay is not there; a wrong one of their own is for the rules to refuse. */
  const hasMethodOf = async (viewer: Viewer, wish: ActionWish) => {
    if (!('paymentMethodId' in wish) || wish.paymentMethodId === null) return true;
    const { paymentMethodId: id } = wish;
    const [method] = isId('pay', id) ? await services.commerce.customers.loadMethods(viewer, [id]) : [];
    return Boolean(method);
  };

  return [
    tool({
      name: 'propose_return',
      description:
        'Shows the customer a return of delivered items to confirm. Possible once for each order: give all items together. Use ' +
        'check_return first; the money goes to the original way to pay, or to a gift card if they want that.',
      label: preparing('the return', '退貨'),
      input: proposeReturnInput,
      run: ({ number, itemIds, paymentMethodId }) =>
        onOrder(number, (orderId) => ({ kind: 'REQUEST_RETURN', orderId, orderItemIds: itemIds, paymentMethodId })),
    }),
    tool({
      name: 'propose_exchange',
      description:
        'Shows the customer an exchange of delivered items for other variants of the same products to confirm. Possible once for ' +
        'each order: give all changes together. Use get_exchange_options first.',
      label: preparing('the exchange', '換貨'),
      input: proposeExchangeInput,
      run: ({ number, changes, paymentMethodId }) =>
        onOrder(number, (orderId) => ({
          ...{ kind: 'REQUEST_EXCHANGE', orderId, paymentMethodId },
          changes: changes.map(({ itemId, newVariantId }) => ({ orderItemId: itemId, newVariantId })),
        })),
    }),
    tool({
      name: 'propose_refund',
      description:
        'Shows the customer money back without sending anything back to confirm. Ask for amount and reason first. Not for what they ' +
        'would rather send back.',
      label: preparing('the refund', '退款'),
      input: proposeRefundInput,
      run: ({ number, ...wish }) => onOrder(number, (orderId) => ({ kind: 'REQUEST_REFUND', orderId, ...wish })),
    }),
  ];
}

function preparing(en: string, zhHant: string): Text {
  return { en: `Preparing ${en}`, 'zh-Hant': `正在準備${zhHant}` };
}
