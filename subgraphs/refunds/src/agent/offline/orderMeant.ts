import { goodsInEnglish } from '@supportgraph/commerce';
import type { ReturnableOrders } from '../shown.js';
import { itemsNamed, itemsSaid, type Named } from './items.js';
import type { Question } from './thread.js';

interface OrdersMeant extends Pick<Question, 'isGuess'> {
  orders: ReturnableOrders['orders'];
  /** Whether no goods are named that none of them has. */
  isThere: boolean;
}

/** The order that a question without a number is about, of those that can be sent back; several if it may be any of them. */
export function ordersMeant(orders: ReturnableOrders['orders'], { said }: Question): OrdersMeant {
  const things = orders.flatMap(({ number, items }) => items.map((name) => ({ number, ...named(name) })));
  const meant = itemsNamed(things, said.at(-1) ?? '');
  const all = meant.length > 0 ? meant : itemsSaid(things, said);
  const numbers = new Set(all.map(({ number }) => number));
  const fitting = orders.filter(({ number }) => numbers.has(number));
  if (fitting.length > 0) return { orders: fitting, isGuess: false, isThere: true };
  return { orders, isGuess: true, isThere: !said.some(namesGoods) };
}

/** Another order than this one, of which a message names the goods; null if none, or if it may be several. */
export function otherOrderMeant(orders: ReturnableOrders['orders'], text: string, number: string): string | null {
  const things = orders.flatMap((order) =>
    order.items.map((name) => ({ number: order.number, ...named(name), options: [] })),
  );
  const numbers = new Set(itemsNamed(things, text).map((thing) => thing.number));
  const [only, ...others] = numbers;
  return only && others.length === 0 && only !== number ? only : null;
}

/** Whether a wish names goods, rather than only “it” or “an order”. */
function namesGoods(text: string): boolean {
  const named = /\b(?:return|exchange|send|swap|refund for)\s+(?:back\s+)?(?:the|my|an?|these|those|some|both)\s+(?!(?:\w+\s+)?(?:orders?|items?|package|parcel|things?|stuff|goods|products?|purchases?|one|ones|refund|return)\b)\p{L}/iu; // prettier-ignore
  return named.test(text) || goodsInEnglish(text) !== text;
}

/** `Shirt (blue, L)` with its options. */
function named(name: string): Named {
  const [, options = ''] = / \(([^()]*)\)$/.exec(name) ?? [];
  return { name, options: options.split(', ').filter(Boolean) };
}
