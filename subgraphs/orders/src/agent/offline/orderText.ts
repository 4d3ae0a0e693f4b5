import { thing } from '@supportgraph/commerce';
import type { Language } from '@supportgraph/kernel';
import type { ListedOrder, ListedOrders, ShownOrder } from '../shown.js';
import { actions, sentences, statuses } from './sentences.js';
import type { Facet, Period } from './facets.js';

/** What is said of an order: where it stands, then what was asked about. */
export function describeOrder(order: ShownOrder, asked: readonly Facet[], language: Language): string {
  const facets = facetsToldOf(order, asked);
  return [standing(order, language), ...facets.map((facet) => describe[facet](order, language))]
    .filter(Boolean)
    .join(language === 'en' ? ' ' : '')
    .replaceAll(/ +\n/g, '\n');
}

/** What is told of an order where this was asked. */
function facetsToldOf(order: ShownOrder, asked: readonly Facet[]): readonly Facet[] {
  if (asked.includes('missing') && order.status === 'DELIVERED') return ['tracking', 'address'];
  if (asked.includes('invoice')) return ['items', 'total', 'ledger'];
  const told = asked.filter((facet) => facet !== 'missing');
  return told.length > 0 ? told : usual(order);
}

/** What is said of an order if nothing in particular was asked. */
function usual({ status }: ShownOrder): readonly Facet[] {
  if (status === 'PENDING') return ['items', 'total', 'actions'];
  return status === 'PROCESSED' || status === 'DELIVERED' ? ['tracking', 'items', 'total'] : ['items', 'refund'];
}

function standing({ number, status, placedOn, deliveredOn, cancelReason }: ShownOrder, language: Language): string {
  const placed = day(placedOn, language);
  const delivered = deliveredOn && day(deliveredOn, language);
  if (language === 'en') {
    const why = cancelReason === 'ORDERED_BY_MISTAKE' ? ' (ordered by mistake)' : cancelReason ? ' (no longer needed)' : ''; // prettier-ignore
    const arrived = delivered ? ` It arrived on ${delivered}.` : '';
    return `Order ${number}, placed on ${placed}, is ${statuses[status].en}${why}.${arrived}`;
  }
  const why = cancelReason === 'ORDERED_BY_MISTAKE' ? '（誤下單）' : cancelReason ? '（不再需要）' : '';
  const arrived = delivered ? `商品於 ${delivered}送達。` : '';
  return `訂單 ${number} 於 ${placed}成立，目前狀態：${statuses[status]['zh-Hant']}${why}。${arrived}`;
}

const describe: Readonly<Record<Facet, (order: ShownOrder, language: Language) => string>> = {
  items({ items }, language) {
    const things = items.map(({ name, options, price }) => `${thing(name, options, language)} ${price}`);
    return language === 'en' ? `Items: ${things.join('; ')}.` : `商品：${things.join('；')}。`;
  },
  total: ({ total }, language) => (language === 'en' ? `The total is ${total}.` : `總金額 ${total}。`),
  payment({ paidWith, transactions }, language) {
    const label = paidWith?.label ?? transactions[0]?.with;
    if (!label) return '';
    return language === 'en' ? `It is paid with ${label}.` : `付款方式：${label}。`;
  },
  tracking({ trackingNumbers, status }, language) {
    const numbers = trackingNumbers.join(language === 'en' ? ', ' : '、');
    if (numbers) return language === 'en' ? `Tracking number: ${numbers}.` : `物流編號：${numbers}。`;
    return status === 'PENDING' || status === 'PROCESSED' ? sentences.noTracking[language] : '';
  },
  address({ address, status }, language) {
    if (language !== 'en') return `收件地址：${address}。`;
    return status === 'DELIVERED' ? `It was sent to ${address}.` : `It goes to ${address}.`;
  },
  date: ({ status }, language) => (status === 'PENDING' || status === 'PROCESSED' ? sentences.noDate[language] : ''),
  refund({ transactions }, language) {
    const refunds = transactions.filter(({ kind }) => kind === 'REFUND');
    if (refunds.length === 0) return language === 'en' ? 'No refund was made for it.' : '這筆訂單沒有退款紀錄。';
    const listed = refunds.map(({ amount, with: label, on }) =>
      language === 'en'
        ? `${amount}${label ? ` to ${label}` : ''} on ${day(on, language)}`
        : `${day(on, language)}退款 ${amount}${label ? `至${label}` : ''}`,
    );
    return language === 'en' ? `Refund: ${listed.join('; ')}.` : `${listed.join('；')}。`;
  },
  ledger({ transactions }, language) {
    const listed = transactions.map(({ kind, amount, with: label, on }) => {
      const what =
        kind === 'PAYMENT' ? { en: 'payment of', 'zh-Hant': '付款' } : { en: 'refund of', 'zh-Hant': '退款' };
      return language === 'en'
        ? `- ${day(on, language)}: ${what.en} ${amount}${label ? `, ${label}` : ''}`
        : `- ${day(on, language)}：${what['zh-Hant']} ${amount}${label ? `，${label}` : ''}`;
    });
    const head = language === 'en' ? 'All payments and refunds of this order:' : '這筆訂單的所有付款與退款：';
    return `\n\n${head}\n${listed.join('\n')}`;
  },
  // Said below the order, with what can be done.
  missing: () => '',
  invoice: () => '',
  actions({ possible }, language) {
    const can = possible.map((action) => actions[action][language]);
    if (language === 'en') {
      return can.length ? `You can still ${list(can)}.` : 'Nothing can be changed on it any more.';
    }
    return can.length ? `目前可以：${can.join('、')}。` : '目前無法再變更這筆訂單。';
  },
};

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}

/** One line for each order. */
export function listOrders(orders: readonly ListedOrder[], language: Language): string {
  return orders
    .map(({ number, status, placedOn, items, total }) =>
      language === 'en'
        ? `- **${number}**, ${day(placedOn, language)}: ${items.join('; ')}; ${total}; ${statuses[status].en}`
        : `- **${number}**，${day(placedOn, language)}：${items.join('；')}；${total}；${statuses[status]['zh-Hant']}`,
    )
    .join('\n');
}

/** The orders placed in a period, as seen from today. */
export function placedIn({ orders, today }: ListedOrders, period: Period): ListedOrder[] {
  const [from, before] = spanOf(period, today);
  return orders.filter(({ placedOn }) => placedOn >= from && placedOn < before);
}

/** The first day of a period, and the first day after it. */
function spanOf(period: Period, today: string): [string, string] {
  const [year = 0, month = 0, date = 0] = today.split('-').map(Number);
  const at = (...[y, m, d]: [number, number, number]) => new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10);
  // Monday is 0.
  const weekday = (new Date(today).getUTCDay() + 6) % 7;
  const monday = date - weekday;
  switch (period) {
    case 'today':
      return [today, at(year, month, date + 1)];
    case 'thisWeek':
      return [at(year, month, monday), at(year, month, monday + 7)];
    case 'lastWeek':
      return [at(year, month, monday - 7), at(year, month, monday)];
    case 'thisMonth':
      return [at(year, month, 1), at(year, month + 1, 1)];
    case 'lastMonth':
      return [at(year, month - 1, 1), at(year, month, 1)];
    case 'thisYear':
      return [at(year, 1, 1), at(year + 1, 1, 1)];
    case 'lastYear':
      return [at(year - 1, 1, 1), at(year, 1, 1)];
    default: {
      // A month that is still to come was last year's.
      const of = period > month ? year - 1 : year;
      return [at(of, period, 1), at(of, period + 1, 1)];
    }
  }
}

const monthNames = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
] as const; // prettier-ignore

/** A day in words, from `YYYY-MM-DD`. */
export function day(text: string, language: Language): string {
  const [year = 0, month = 1, date = 0] = text.split('-').map(Number);
  return language === 'en' ? `${date} ${monthNames[month - 1]} ${year}` : `${year}年${month}月${date}日`;
}
