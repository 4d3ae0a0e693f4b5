import { assertNever, type Text } from '@supportgraph/kernel';
import type { Address } from '../address.js';
import type { NewTransaction } from '../change.js';
import type { Situation } from '../situation.js';
import type { BoundOrderAction } from './action.js';
import { addressText, inEach, paymentText, refundText, type MoneyMove } from './wording.js';

/** Tells a customer what was done to an order, with amounts and times. */
export function reportAction(situation: Situation, action: BoundOrderAction): Text {
  const { number } = situation.order;
  switch (action.kind) {
    case 'CANCEL_ORDER':
      return sentences(
        { en: `Order ${number} is cancelled.`, 'zh-Hant': `訂單 ${number} 已取消。` },
        ...moneySentences(situation, action.agreed.transactions),
      );
    case 'UPDATE_ORDER_ADDRESS': {
      const address = action.agreed.set?.address;
      return sentences(
        { en: `The address of order ${number} is changed.`, 'zh-Hant': `訂單 ${number} 的地址已變更。` },
        ...(address ? [goesTo(address)] : []),
      );
    }
    case 'UPDATE_ORDER_ITEMS':
      return sentences(
        { en: `The items of order ${number} are changed.`, 'zh-Hant': `訂單 ${number} 的商品已變更。` },
        ...moneySentences(situation, action.agreed.transactions),
      );
    case 'UPDATE_ORDER_PAYMENT':
      return sentences(
        { en: `The payment of order ${number} is changed.`, 'zh-Hant': `訂單 ${number} 的付款方式已變更。` },
        ...moneySentences(situation, action.agreed.transactions),
      );
    case 'REQUEST_RETURN': {
      const { amount, paymentMethodId } = action.agreed;
      return sentences(
        { en: `The return of order ${number} is requested.`, 'zh-Hant': `訂單 ${number} 的退貨申請已送出。` },
        onceArrived(refunded(situation, { amount, paymentMethodId })),
      );
    }
    case 'REQUEST_EXCHANGE': {
      const { priceDifference, paymentMethodId } = action.agreed;
      return sentences(
        { en: `The exchange of order ${number} is requested.`, 'zh-Hant': `訂單 ${number} 的換貨申請已送出。` },
        ...differenceSentences(situation, priceDifference, paymentMethodId),
      );
    }
    case 'REQUEST_REFUND':
      return action.agreed.isAutomatic
        ? sentences(
            { en: `The refund for order ${number} is approved.`, 'zh-Hant': `訂單 ${number} 的退款已核准。` },
            refunded(situation, action.agreed),
          )
        : sentences(
            {
              en: `The refund for order ${number} is requested and waits for a colleague to decide.`,
              'zh-Hant': `訂單 ${number} 的退款申請已送出，等待客服人員審核。`,
            },
            afterApproval(refunded(situation, action.agreed)),
          );
    default:
      return assertNever(action);
  }
}

/** Tells a customer that their default address is another. */
export function reportAddressChange(address: Address): Text {
  return sentences(
    { en: 'Your default address is changed.', 'zh-Hant': '您的預設地址已變更。' },
    {
      en: `New orders go to ${addressText(address)}.`,
      'zh-Hant': `新訂單將寄往：${addressText(address)}。`,
    },
  );
}

function sentences(...texts: Text[]): Text {
  return inEach((language) => texts.map((text) => text[language]).join(language === 'en' ? ' ' : ''));
}

const goesTo = (address: Address): Text => ({
  en: `It goes to ${addressText(address)}.`,
  'zh-Hant': `商品將寄往：${addressText(address)}。`,
});

function moneySentences(situation: Situation, transactions: readonly NewTransaction[] = []): Text[] {
  return transactions.map((transaction) => {
    if (transaction.kind === 'PAYMENT') return paid(situation, transaction);
    return transaction.amount === 0 ? samePrice : refunded(situation, transaction);
  });
}

const samePrice: Text = { en: 'The price stays the same.', 'zh-Hant': '價格不變。' };

function paid(situation: Situation, move: MoneyMove): Text {
  const text = paymentText(situation, move);
  return { en: `Paid: ${text.en}.`, 'zh-Hant': `已${text['zh-Hant']}。` };
}

function refunded(situation: Situation, move: MoneyMove): Text {
  const text = refundText(situation, move);
  return { en: `Refund: ${text.en}.`, 'zh-Hant': `退款：${text['zh-Hant']}。` };
}

function differenceSentences(situation: Situation, difference: number, paymentMethodId: string): Text[] {
  if (difference === 0) return [samePrice];
  const move = { amount: Math.abs(difference), paymentMethodId };
  if (difference < 0) return [onceArrived(refunded(situation, move))];
  const text = paymentText(situation, move);
  return [onceArrived({ en: `To pay: ${text.en}.`, 'zh-Hant': `${text['zh-Hant']}。` })];
}

const onceArrived = ({ en, 'zh-Hant': zhHant }: Text): Text => ({
  en: `Once the items have arrived: ${en}`,
  'zh-Hant': `收到商品後：${zhHant}`,
});

const afterApproval = ({ en, 'zh-Hant': zhHant }: Text): Text => ({
  en: `Once it is approved: ${en}`,
  'zh-Hant': `核准後：${zhHant}`,
});
