import type { Text } from '@supportgraph/kernel';
import type { OrderAction } from '../order.js';
import { inEach } from './wording.js';

const names: Readonly<Record<OrderAction, Text>> = {
  CANCEL: { en: 'cancel it', 'zh-Hant': '取消訂單' },
  UPDATE_ADDRESS: { en: 'change its address', 'zh-Hant': '變更地址' },
  UPDATE_ITEMS: { en: 'change its items', 'zh-Hant': '變更商品' },
  UPDATE_PAYMENT: { en: 'change how it is paid', 'zh-Hant': '變更付款方式' },
  RETURN: { en: 'return items', 'zh-Hant': '退貨' },
  EXCHANGE: { en: 'exchange items', 'zh-Hant': '換貨' },
  REFUND: { en: 'ask for a refund', 'zh-Hant': '申請退款' },
};

/** What can be done with an order now, for a customer who was refused something else. */
export function possibleInstead(number: string, actions: readonly OrderAction[]): Text {
  if (actions.length === 0)
    return {
      en: `Order ${number} cannot be changed any more.`,
      'zh-Hant': `訂單 ${number} 已無法再變更。`,
    };
  const listed = inEach((language) =>
    actions.map((action) => names[action][language]).join(language === 'en' ? ', ' : '、'),
  );
  return {
    en: `For order ${number} it is possible to: ${listed.en}.`,
    'zh-Hant': `訂單 ${number} 目前可以：${listed['zh-Hant']}。`,
  };
}
