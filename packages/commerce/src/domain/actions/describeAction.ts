import { assertNever, type Text } from '@supportgraph/kernel';
import type { Address } from '../address.js';
import type { NewTransaction, OrderChange } from '../change.js';
import type { CancelReason, Order } from '../order.js';
import type { Variant } from '../product.js';
import type { Situation } from '../situation.js';
import type { ActionDescription, ActionLine, BoundOrderAction } from './action.js';
import { addressText, inEach, listed, moneyText, paymentText, refundText, same, thingText } from './wording.js';

const labels = {
  order: { en: 'Order', 'zh-Hant': '訂單' },
  items: { en: 'Items', 'zh-Hant': '商品' },
  reason: { en: 'Reason', 'zh-Hant': '原因' },
  refund: { en: 'Refund', 'zh-Hant': '退款' },
  payment: { en: 'To pay', 'zh-Hant': '應付' },
  address: { en: 'New address', 'zh-Hant': '新地址' },
  note: { en: 'Please note', 'zh-Hant': '請注意' },
} as const satisfies Record<string, Text>;

const notes = {
  itemsOnce: {
    en: 'The items of an order can be changed only once; it can then no longer be cancelled here.',
    'zh-Hant': '每筆訂單的商品只能變更一次，變更後便無法在此取消訂單。',
  },
  returnOnce: {
    en: 'One return or one exchange is possible for each order.',
    'zh-Hant': '每筆訂單只能退貨或換貨一次。',
  },
  otherOrders: {
    en: 'Orders already placed keep their address.',
    'zh-Hant': '已成立訂單的地址不會變更。',
  },
  needsApproval: {
    en: 'A colleague decides on this refund first.',
    'zh-Hant': '這筆退款須先由客服人員審核。',
  },
} as const satisfies Record<string, Text>;

const reasons: Readonly<Record<CancelReason, Text>> = {
  NO_LONGER_NEEDED: { en: 'No longer needed', 'zh-Hant': '不再需要' },
  ORDERED_BY_MISTAKE: { en: 'Ordered by mistake', 'zh-Hant': '誤下單' },
};

/** What an action on an order would do. Everything shown comes from the database and the decision. */
export function describeAction(
  situation: Situation,
  action: BoundOrderAction,
  variants: ReadonlyMap<string, Variant>,
): ActionDescription {
  const { order } = situation;
  const orderLine = line(labels.order, same(order.number));
  switch (action.kind) {
    case 'CANCEL_ORDER':
      return describe(`Cancel order ${order.number}`, `取消訂單 ${order.number}`, [
        orderLine,
        line(labels.items, itemsText(order)),
        ...reasonLines(action.agreed),
        ...moneyLines(situation, action.agreed.transactions),
      ]);
    case 'UPDATE_ORDER_ADDRESS':
      return describe(`Change the address of order ${order.number}`, `變更訂單 ${order.number} 的地址`, [
        orderLine,
        ...(action.agreed.set?.address ? [addressLine(action.agreed.set.address)] : []),
      ]);
    case 'UPDATE_ORDER_ITEMS':
      return describe(`Change the items of order ${order.number}`, `變更訂單 ${order.number} 的商品`, [
        orderLine,
        ...(action.agreed.items ?? []).map(({ id, variantId }) => exchangeLine(situation, id, variants.get(variantId))),
        ...moneyLines(situation, action.agreed.transactions),
        line(labels.note, notes.itemsOnce),
      ]);
    case 'UPDATE_ORDER_PAYMENT':
      return describe(`Change how order ${order.number} is paid`, `變更訂單 ${order.number} 的付款方式`, [
        orderLine,
        ...moneyLines(situation, action.agreed.transactions),
      ]);
    case 'REQUEST_RETURN': {
      const { itemIds, amount, paymentMethodId } = action.agreed;
      const refund = refundText(situation, { amount, paymentMethodId });
      return describe(`Return items of order ${order.number}`, `退回訂單 ${order.number} 的商品`, [
        orderLine,
        line(labels.items, itemsText(order, itemIds)),
        line(labels.refund, onceArrived(refund)),
        line(labels.note, notes.returnOnce),
      ]);
    }
    case 'REQUEST_EXCHANGE': {
      const { lines, priceDifference, paymentMethodId } = action.agreed;
      return describe(`Exchange items of order ${order.number}`, `更換訂單 ${order.number} 的商品`, [
        orderLine,
        ...lines.map(({ itemId, newVariantId }) => exchangeLine(situation, itemId, variants.get(newVariantId))),
        differenceLine(situation, priceDifference, paymentMethodId),
        line(labels.note, notes.returnOnce),
      ]);
    }
    case 'REQUEST_REFUND': {
      const { isAutomatic } = action.agreed;
      return describe(`Refund for order ${order.number}`, `退還訂單 ${order.number} 的款項`, [
        orderLine,
        line(labels.refund, refundText(situation, action.agreed)),
        ...(isAutomatic ? [] : [line(labels.note, notes.needsApproval)]),
      ]);
    }
    default:
      return assertNever(action);
  }
}

/** What changing a customer's default address would do. */
export function describeAddressChange(address: Address): ActionDescription {
  return describe('Change your default address', '變更您的預設地址', [
    addressLine(address),
    line(labels.note, notes.otherOrders),
  ]);
}

function describe(en: string, zhHant: string, lines: ActionLine[]): ActionDescription {
  return { title: { en, 'zh-Hant': zhHant }, lines };
}

const line = (label: Text, value: Text): ActionLine => ({ label, value });

const addressLine = (address: Address) => line(labels.address, same(addressText(address)));

const reasonLines = ({ set }: OrderChange): ActionLine[] =>
  set?.cancelReason ? [line(labels.reason, reasons[set.cancelReason])] : [];

function itemsText({ items }: Order, ids?: readonly string[]): Text {
  const chosen = items.filter(({ id }) => !ids || ids.includes(id));
  return listed(chosen.map(({ name, options }) => thingText(name, options)));
}

/** One line of an order for another variant, with both prices. */
function exchangeLine(situation: Situation, itemId: string, variant: Variant | undefined): ActionLine {
  const item = situation.order.items.find(({ id }) => id === itemId);
  // Decided on just now from these very items and variants.
  const [old, next] = [item!, variant!];
  const before = thingText(old.name, old.options);
  const after = thingText(old.name, next.options);
  const prices = `${moneyText(old.price, situation)} → ${moneyText(next.price, situation)}`;
  return line(
    labels.items,
    inEach(
      (language) => `${before[language]} → ${after[language]}${language === 'en' ? `, ${prices}` : `，${prices}`}`,
    ),
  );
}

/** What is paid, then what goes back. */
function moneyLines(situation: Situation, transactions: readonly NewTransaction[] = []): ActionLine[] {
  return transactions.map((transaction) =>
    transaction.kind === 'PAYMENT'
      ? line(labels.payment, paymentText(situation, transaction))
      : line(labels.refund, transaction.amount === 0 ? noDifference : refundText(situation, transaction)),
  );
}

const noDifference: Text = { en: 'none, the price stays the same', 'zh-Hant': '無，價格不變' };

function differenceLine(situation: Situation, difference: number, paymentMethodId: string): ActionLine {
  if (difference === 0) return line(labels.refund, noDifference);
  const move = { amount: Math.abs(difference), paymentMethodId };
  return difference > 0
    ? line(labels.payment, onceArrived(paymentText(situation, move)))
    : line(labels.refund, onceArrived(refundText(situation, move)));
}

/** Money that moves when the goods are here. */
function onceArrived(text: Text): Text {
  return { en: `${text.en}, once the items have arrived`, 'zh-Hant': `收到商品後：${text['zh-Hant']}` };
}
