import { holds, type OfflineStep } from '@supportgraph/agent';
import { goodsInEnglish, listVariants, namesOption, notInStock, optionsAsked, thing, type ShownVariant, type FoundProducts } from '@supportgraph/commerce'; // prettier-ignore
import type { ShownOrder } from '../shown.js';
import { isNamed } from './goods.js';
import { otherSize } from './otherSize.js';
import { listMethods, methodNamed, methodsOf } from './methods.js';
import { paymentIn, withoutPayment } from './payment.js';
import { proposing } from './proposing.js';
import { questions } from './sentences.js';
import { ask, say, used, type Scene } from './steps.js';
import type { Thread } from './thread.js';

type Item = ShownOrder['items'][number];
/** What an item is to become, in the customer's words in English, oldest first. */
interface Wish {
  item: Item;
  targets: string[];
}

/** Proposes other variants of items, once it is sure which are meant; what cannot be had is said, with what can. */
export function itemsStep(scene: Scene, order: ShownOrder): OfflineStep {
  const wishes = wishesOf(scene.thread, order);
  if (wishes.length === 0 || !order.paidWith) return ask(scene, questions.whichItem, listItems(scene, order));
  const products = [...new Set(wishes.map(({ item }) => item.name))];
  const unknown = products.filter((name) => !used(scene, 'find_product', { name }));
  if (unknown.length > 0) return { call: unknown.map((name) => ({ name: 'find_product', input: { name } })) };
  const choices = wishes.map((wish) => choiceOf(scene, wish));
  const open = choices.flatMap((choice) => ('open' in choice ? [choice.open] : []));
  if (open.length > 0) return askVariant(scene, open);
  const changes = choices.flatMap((choice) => ('change' in choice ? [choice.change] : []));
  const method = differenceMethod(scene, order.paidWith);
  if (!('id' in method)) return method;
  return proposing(scene, 'propose_item_change', { number: order.number, changes, paymentMethodId: method.id });
}

/** What there is stands before the question; who was told just the same is offered a person too. */
function askVariant(scene: Scene, open: readonly string[]): OfflineStep {
  if (open.every((text) => !text.includes('\n'))) return say(scene, ...open, questions.offerPerson);
  const isRepeated = open.every((text) => scene.thread.lastReply.includes(text));
  return say(scene, ...open, questions.whichVariant, ...(isRepeated ? [questions.offerPerson] : []));
}

type Choice = { change: { orderItemId: string; newVariantId: string } } | { open: string };

/** The variant of a wish: the item as it is, with the options that are named. If that cannot be had, what can. */
function choiceOf(scene: Scene, { item, targets }: Wish): Choice {
  const search = used(scene, 'find_product', { name: item.name })!;
  // Our own tool's answer.
  const found = search.failed ? [] : (search.output as FoundProducts).products;
  const variants = found.find(({ name }) => name === item.name)?.variants ?? [];
  const others = variants.filter(({ id, isAvailable }) => isAvailable && id !== item.variantId);
  const list = (some: readonly ShownVariant[]) => `**${item.name}**\n${listVariants(item.name, some, scene.language)}`;
  const old = variants.find(({ id }) => id === item.variantId)?.options ?? item.options;
  const { named, missing } = targetOf(variants, targets, { ...item, options: old });
  if (missing.length > 0) return { open: notInStock({ name: item.name, variants: others }, { named: Object.values(named), missing }, scene.language) }; // prettier-ignore
  const wanted = { ...old, ...named };
  const variant = variants.find(({ options }) => Object.entries(wanted).every(([name, value]) => options[name] === value)); // prettier-ignore
  const isNew = variant?.id !== item.variantId && Object.keys(named).length > 0;
  if (variant && isNew && variant.isAvailable) return { change: { orderItemId: item.id, newVariantId: variant.id } };
  if (!isNew) return { open: others.length > 0 ? list(others) : noOther(item, scene) };
  // Nothing that was named is left out silently, nor is anything that is there changed beside it.
  return { open: notInStock({ name: item.name, variants: variant ? [...others, variant] : others }, { named: Object.values(wanted), missing: [] }, scene.language) }; // prettier-ignore
}

function noOther({ name }: Item, { language }: Scene): string {
  return language === 'en' ? `No other ${name} is in stock at the moment.` : `${name}目前沒有其他現貨款式。`;
}

/** The option values that are named, by option; later words over earlier ones. What is missing is so by the last words. */
function targetOf(variants: readonly ShownVariant[], targets: readonly string[], { name, options }: Item) {
  const named: Record<string, string> = {};
  let missing: string[] = [];
  for (const text of targets) {
    const asked = optionsAsked(variants, text, name);
    for (const value of asked.named) named[optionOf(variants, value)] = value;
    Object.assign(named, otherSize(variants, options, text, named));
    missing = asked.missing.length > 0 || asked.named.length > 0 ? asked.missing : missing;
  }
  return { named, missing };
}

function optionOf(variants: readonly ShownVariant[], value: string): string {
  return variants.flatMap(({ options }) => Object.entries(options)).find(([, each]) => each === value)?.[0] ?? value;
}

/** Which items are to become what: “the lamp to black and the shirt to white” are two wishes; answers add to them. */
function wishesOf({ said }: Thread, order: ShownOrder): Wish[] {
  const wishes = new Map<string, Wish>();
  for (const text of said) {
    const piecesOfText = piecesIn(order, goodsInEnglish(withoutPayment(text)));
    const here = new Set<string>();
    for (const { before, target, piece } of piecesOfText) {
      const [only, ...more] = [...wishes.values()];
      const item =
        itemNamed(order, before) ?? itemNamed(order, piece) ?? (only && more.length === 0 ? only.item : null);
      if (!item) continue;
      // One item cannot become two things at once: the customer has to be asked.
      if (here.has(item.id) && piecesOfText.length > 1 && isNamed(item.name, piece)) return [];
      here.add(item.id);
      const wish = wishes.get(item.id) ?? { item, targets: [] };
      wishes.set(item.id, { item, targets: [...wish.targets, target] });
    }
  }
  return [...wishes.values()];
}

interface Piece {
  piece: string;
  /** What stands before “to”, and after it. */
  before: string;
  target: string;
}

function piecesIn(order: ShownOrder, text: string): Piece[] {
  const pieces: string[] = [];
  const names = (piece: string) => order.items.some(({ name }) => isNamed(name, piece));
  for (const piece of text.split(/(?=\band\b|[,，;；、\n]|和|還有|还有)/i)) {
    if (pieces.length === 0 || (names(piece) && names(pieces.at(-1)!))) pieces.push(piece);
    else pieces[pieces.length - 1] += piece;
  }
  return pieces.map((piece) => {
    const [, before = '', target = piece] =
      /^([^]*)(?:\b(?:to|into|for|with)\b(?! be)|改成|換成|换成|改為|改为)([^]*)$/.exec(piece) ?? [];
    return { piece, before, target };
  });
}

/** The item that a text names; the only one needs no name, and of several alike the text has to tell which. */
function itemNamed({ items }: ShownOrder, text: string): Item | null {
  const named = items.filter(({ name }) => isNamed(name, text));
  const candidates = named.length > 0 ? named : items.length === 1 ? items : [];
  const shared = ({ options }: Item) => Object.values(options).filter((value) => namesOption(text, value)).length;
  const [best, next] = [...candidates].sort((a, b) => shared(b) - shared(a));
  if (!best) return null;
  const isOpen = next && shared(next) === shared(best) && (next.name !== best.name || next.variantId !== best.variantId); // prettier-ignore
  return isOpen ? null : best;
}

function listItems({ language }: Scene, { items }: ShownOrder): string {
  return items.map(({ name, options }) => `- ${thing(name, options, language)}`).join('\n');
}

/** The way to pay or get back a difference: the one that is named, else the one in use. */
function differenceMethod(scene: Scene, inUse: { id: string }): { id: string } | OfflineStep {
  const { now, said, lastReply } = scene.thread;
  const named = holds(lastReply, questions.whichMethod) ? now : paymentIn(said.join('\n'));
  if (named === '') return inUse;
  const methods = methodsOf(scene);
  if (!Array.isArray(methods)) return methods;
  return methodNamed(methods, named) ?? ask(scene, questions.whichMethod, listMethods(methods));
}
