import type { ReturnableOrders } from '../shown.js';
import { itemsNamed, itemsSaid, type Named } from './items.js';
import type { Question } from './thread.js';

/** The order that a question without a number is about, of those that can be sent back; several if it may be any of them. */
export function ordersMeant(
  orders: ReturnableOrders['orders'],
  { said }: Question,
): Pick<Question, 'isGuess'> & { orders: ReturnableOrders['orders'] } {
  const things = orders.flatMap(({ number, items }) => items.map((name) => ({ number, ...named(name) })));
  const meant = itemsNamed(things, said.at(-1) ?? '');
  const all = meant.length > 0 ? meant : itemsSaid(things, said);
  const numbers = new Set(all.map(({ number }) => number));
  const fitting = orders.filter(({ number }) => numbers.has(number));
  return fitting.length > 0 ? { orders: fitting, isGuess: false } : { orders, isGuess: true };
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

/** `Shirt (blue, L)` with its options. */
function named(name: string): Named {
  const [, options = ''] = / \(([^()]*)\)$/.exec(name) ?? [];
  return { name, options: options.split(', ').filter(Boolean) };
}
