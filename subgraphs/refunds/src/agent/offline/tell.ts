import type { OfflineTurn, ToolResult } from '@supportgraph/agent';
import type { OrderRefunds, ReturnableOrders, ReturnCheck } from '../shown.js';
import { itemsWanted } from './wishes.js';
import { methodWanted } from './methods.js';
import { phrases } from './phrases.js';
import { between } from './say.js';
import { sentences } from './sentences.js';
import type { Question } from './thread.js';
import { saysMissing } from './topics.js';

/** One tool's answer in words. Our own tools' outputs have the types that they declare. */
export function tell(turn: OfflineTurn, question: Question, { tool, output }: ToolResult): string {
  switch (tool) {
    case 'get_order_refunds':
      return tellRefunds(turn, question, output as OrderRefunds);
    case 'list_refunds':
      return tellAllRefunds(turn, question, (output as { orders: OrderRefunds[] }).orders);
    case 'check_return':
      return tellCheck(turn, question, output as ReturnCheck);
    case 'list_returnable_orders':
      return tellReturnable(turn, question, output as ReturnableOrders);
    default:
      return '';
  }
}

/** Whether there is nothing to tell of an order’s refunds, return and exchange. */
export const isEmpty = ({ refunds, return: goods, exchange }: OrderRefunds) =>
  refunds.length === 0 && !goods && !exchange;

function tellRefunds({ language }: OfflineTurn, { topic }: Question, found: OrderRefunds): string {
  const words = phrases[language];
  if (!isEmpty(found)) return tellOrder({ language }, found);
  // If money back is wanted, the other tool says what can be done.
  return topic === 'REFUND' ? '' : words.noneOf(found.number);
}

/** What became of one order’s refunds, return and exchange. */
export function tellOrder({ language }: Pick<OfflineTurn, 'language'>, order: OrderRefunds): string {
  const { refunds, return: goods, exchange } = order;
  const words = phrases[language];
  return [
    words.ofOrder(order.number),
    ...(goods ? [words.goingBack(goods)] : []),
    ...(exchange ? [words.exchange(exchange)] : []),
    ...refunds.map((refund) => words.refund(refund)),
  ].join('\n');
}

function tellAllRefunds({ language }: OfflineTurn, { topic, said }: Question, orders: readonly OrderRefunds[]): string {
  const asked = said.at(-1) ?? '';
  const asksForGoods =
    /\breturn|\bexchange|退[貨货]|[換换][貨货]/i.test(asked) && !/refund|money|退款|[錢钱]/i.test(asked);
  const goods = orders.filter((order) => order.return ?? order.exchange);
  const shown = asksForGoods && goods.length > 0 ? goods : orders;
  if (shown.length > 0) return shown.map((order) => tellOrder({ language }, order)).join('\n\n');
  const none = asksForGoods ? sentences.noGoods : sentences.noRefunds;
  return topic === 'REFUND' ? '' : `${none[language]}${between[language]}${sentences.askNumber[language]}`;
}

function tellCheck({ language }: OfflineTurn, { topic, said }: Question, check: ReturnCheck): string {
  const words = phrases[language];
  const isBroken = topic === 'COMPLAINT';
  const canPay = check.possible.includes('REFUND');
  if (isBroken && said.some(saysMissing))
    return [sentences.missingItem, ...(canPay ? [sentences.refundHow] : []), sentences.offer].map((text) => text[language]).join(between[language]); // prettier-ignore
  const refundHow = (topic === 'REFUND' || isBroken) && canPay ? sentences.refundHow[language] : '';
  if (!check.canBeSentBack) {
    const instead = words.instead(check.possible);
    return [words.cannotReturn(check.number, check.reason), instead, refundHow || (instead && sentences.offer[language])].filter(Boolean).join(between[language]); // prettier-ignore
  }
  const named = itemsWanted(check, said);
  const isPart = named.length > 0 && named.length < check.items.length;
  const wish = methodWanted(check.paidBackTo, said);
  const isClear = named.length > 0 && wish && 'method' in wish;
  const prepare = isClear ? words.prepareReturn(named.map(({ name }) => name), wish.method.label) : sentences.whichItems[language]; // prettier-ignore
  const next = isBroken ? [refundHow, prepare] : [topic === 'REFUND' && refundHow ? refundHow : prepare];
  return [
    words.canReturn(check.number, check.until),
    ...(isPart ? named.map(({ name, price }) => words.gives([name], price)) : [words.mostBack(check)]),
    words.backTo(check.paidBackTo.map(({ label }) => label)),
    sentences.once[language],
    ...next,
  ]
    .filter(Boolean)
    .join(between[language]);
}

function tellReturnable({ language }: OfflineTurn, { topic }: Question, { orders }: ReturnableOrders): string {
  const nothing = topic === 'REFUND' || topic === 'COMPLAINT' ? [sentences.nothingReturnable, sentences.askNumber] : [sentences.nothingReturnable]; // prettier-ignore
  if (orders.length === 0) return nothing.map((text) => text[language]).join(between[language]);
  const list = orders.map((order) => phrases[language].returnableOrder(order)).join('\n');
  return `${sentences.returnable[language]}\n${list}\n\n${sentences.whichOrder[language]}`;
}
