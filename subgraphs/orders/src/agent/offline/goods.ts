import { goodsInEnglish, namesGoods, namesOption } from '@supportgraph/commerce';

/** An order by what a customer may call it. */
export interface Callable {
  number: string;
  /** Its things as lists write them: `T-Shirt (blue, M)`. */
  items: readonly string[];
}

/** Whether a text in English calls a thing by its name, by the noun of it (“the lamp”), or in the singular. */
export function isNamed(name: string, text: string): boolean {
  const last = name.split(' ').at(-1)!;
  const short = last.split('-').at(-1)!;
  return [name, last, short, last.replace(/s$/, ''), `${last}s`, name.replace('-', ''), name.replace('-', ' ')].some((each) => namesOption(text, each)); // prettier-ignore
}

/** The orders that a text calls by their things, those that fit best; null if it speaks of no things. */
export function calledByGoods<Order extends Callable>(orders: readonly Order[], said: string): Order[] | null {
  const text = goodsInEnglish(said);
  const scored = orders.map((order) => ({ order, score: scoreOf(order, text) })).filter(({ score }) => score > 0);
  if (scored.length === 0) return namesGoods(text) ? [] : null;
  const best = Math.max(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ order }) => order);
}

/** Names count more than the options beside them, and options alone (“the blue one”) do not name a thing. */
function scoreOf({ items }: Callable, text: string): number {
  const named = [...new Set(items)].filter((item) => isNamed(nameOf(item), text));
  const options = named.flatMap(optionsOf).filter((value) => namesOption(text, value));
  return new Set(named.map(nameOf)).size * 10 + Math.min(options.length, 9);
}

const nameOf = (item: string) => item.replace(/ ?[(（][^()（）]*[)）]$/, '');
const optionsOf = (item: string) => /[(（]([^()（）]*)[)）]$/.exec(item)?.[1]?.split(/, |、/) ?? [];

const places = [['first', '1st', '一'], ['second', '2nd', '二'], ['third', '3rd', '三'], ['fourth', '4th', '四'], ['fifth', '5th', '五']]; // prettier-ignore
/** “The second one”, but no “one second” and no “First Street”. */
const counted = places.map(([word, short, han], index) =>
  new RegExp(`(?<!\\b(?:a|one|per) )\\b(?:${word}|${short})\\b(?:\\s+(?:one|order|purchase)\\b|[\\s\\p{P}]*(?:please)?[\\s\\p{P}]*$)|第(?:${han}|${index + 1})(?:[筆笔個个張张單单項项]|[\\s\\p{P}]*$)`, 'iu'),
); // prettier-ignore
const newest = /\b(?:newest|latest|most recent)\b(?:\s+(?:one|order)\b|[\s\p{P}]*$)|最新|最近(?:的|那|一)/iu;
const oldest = /\boldest\b|最舊|最旧|最早/i;

/** The order that a text picks from a list of ours, newest first: by its place, its time, or its things; null if not just one. */
export function pickedFrom<Order extends Callable>(listed: readonly Order[], said: string): Order | null {
  const place = counted.findIndex((word) => word.test(said));
  if (place >= 0) return listed[place] ?? null;
  if (newest.test(said)) return listed[0] ?? null;
  if (oldest.test(said)) return listed.at(-1) ?? null;
  const called = calledByGoods(listed, said);
  return called?.length === 1 ? called[0]! : null;
}

/** The orders that a reply of ours lists, as `listOrders` writes them. */
export function listedIn(reply: string): Callable[] {
  return [...reply.matchAll(/^- \*\*(#?[\w.-]+)\*\*[,，][^:：\n]*[:：] ?(.*)$/gmu)].map(([, number, rest]) => ({
    number: number!,
    items: rest!.split(/; |；/).slice(0, -2),
  }));
}
