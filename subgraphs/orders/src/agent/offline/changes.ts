import { confirmDetails, type OfflineStep, type Proposal } from '@supportgraph/agent';
import type { Text } from '@supportgraph/kernel';
import { goodsInEnglish, namesOption, optionsNamed, thing } from '@supportgraph/commerce';
import type { FoundProducts, ShownMethod, ShownOrder } from '../shown.js';
import { paymentIn, withoutPayment } from './payment.js';
import { actions, questions, statuses } from './sentences.js';
import { ask, call, codesOf, failedStep, say, used, type Scene } from './steps.js';
import { holds, wishOf } from './thread.js';
import type { Change } from './understand.js';

/** Proposes a change of an order, once all that it needs is known. */
export function changeStep(scene: Scene, change: Change, order: ShownOrder): OfflineStep {
  if (!order.possible.includes(change)) return impossible(scene, change, order);
  switch (change) {
    case 'CANCEL':
      return cancelStep(scene, order);
    case 'UPDATE_ADDRESS':
      return addressStep(scene, 'propose_order_address', { number: order.number });
    case 'UPDATE_PAYMENT':
      return paymentStep(scene, order);
    case 'UPDATE_ITEMS':
      return itemsStep(scene, order);
  }
}

/** Proposes another default address. */
export function defaultAddressStep(scene: Scene): OfflineStep {
  return addressStep(scene, 'propose_default_address', {});
}

function impossible(scene: Scene, change: Change, order: ShownOrder): OfflineStep {
  const refusal = refusalOf(change, order);
  // What has arrived is exchanged, which is for another agent to prepare.
  if (change === 'UPDATE_ITEMS' && order.possible.includes('EXCHANGE'))
    return say(scene, refusal, howToExchange(order));
  const others = order.possible.map((action) => actions[action][scene.language]);
  const instead = { en: `What is possible: ${others.join(', ')}.`, 'zh-Hant': `目前可以：${others.join('、')}。` };
  return say(scene, refusal, ...(others.length ? [instead] : []), questions.offerPerson);
}

function howToExchange({ number }: ShownOrder): Text {
  return {
    en: `It can be exchanged instead. Write for example “I want to exchange the item of ${number} for size 42”, with the item and what you would like, and I prepare it for you to confirm.`,
    'zh-Hant': `您可以改為換貨：請回覆「我要換貨 ${number}」，我會列出可更換的款式。`,
  };
}

/** Why a change is not possible. */
function refusalOf(change: Change, { number, status }: ShownOrder): Text {
  const what = actions[change];
  if (status !== 'PENDING')
    return {
      en: `Order ${number} is ${statuses[status].en}, so it is no longer possible to ${what.en}.`,
      'zh-Hant': `訂單 ${number} 目前狀態：${statuses[status]['zh-Hant']}，因此無法再${what['zh-Hant']}。`,
    };
  // A pending order is closed to a change only by an earlier one.
  if (change === 'UPDATE_PAYMENT')
    return {
      en: `More than one payment was already booked for order ${number}, so it is no longer possible to ${what.en}.`,
      'zh-Hant': `訂單 ${number} 已有一筆以上的付款紀錄，因此無法再${what['zh-Hant']}。`,
    };
  return {
    en: `The items of order ${number} were changed before, so it is no longer possible to ${what.en}.`,
    'zh-Hant': `訂單 ${number} 的商品已變更過，因此無法再${what['zh-Hant']}。`,
  };
}

function cancelStep(scene: Scene, { number }: ShownOrder): OfflineStep {
  const text = scene.thread.said.join('\n');
  const isMistake = /mistake|accident|wrong (?:item|order|one)|didn['’]?t mean|誤下|误下|誤|误|[下訂订點点選选拍買买按][錯错]/i.test(text); // prettier-ignore
  const isUnneeded = /no longer|don['’]?t (?:need|want)|do not (?:need|want)|not need|no need|need(?:ed)? (?:it |this )?any ?more|unneeded|change(?:d)? my mind|不再需要|不需要|不想要|不要了|用不到|改變主意|改变主意/i.test(text); // prettier-ignore
  if (!isMistake && !isUnneeded) return ask(scene, questions.whyCancel);
  return proposing(scene, 'propose_cancellation', {
    number,
    reason: isMistake ? 'ORDERED_BY_MISTAKE' : 'NO_LONGER_NEEDED',
  });
}

function addressStep(scene: Scene, tool: string, input: object): OfflineStep {
  const address = scene.thread.said.map(addressIn).findLast((each) => each !== null);
  return address ? proposing(scene, tool, { ...input, address }) : ask(scene, questions.whichAddress);
}

const countries: readonly (readonly [RegExp, string])[] = [
  [/^(?:usa?|united states(?: of america)?|america|美國|美国)$/i, 'US'],
  [/^(?:taiwan|台灣|臺灣|台湾)$/i, 'TW'],
  [/^(?:uk|united kingdom|great britain|england|英國|英国)$/i, 'GB'],
  [/^(?:canada|加拿大)$/i, 'CA'],
  [/^(?:hong kong|香港)$/i, 'HK'],
  [/^(?:japan|日本)$/i, 'JP'],
];

/** An address as we ask for it: street, (flat,) town, region, postcode, country; null if it is not whole. */
function addressIn(text: string): object | null {
  const whole = text.replace(
    /^[^]*?(?:\bto\b(?! be)|:|：|改成|改為|改为|寄到|送到|改到|是)\s*(?=\S+[^,，\n]*[,，\n])/i,
    '',
  );
  const parts = whole.split(/[,，\n]/).map((part) => part.trim().replace(/[.。]$/, '')).filter(Boolean); // prettier-ignore
  const last = parts.pop() ?? '';
  const countryCode = countries.find(([name]) => name.test(last))?.[1] ?? (/^[A-Z]{2}$/.test(last) ? last : null);
  const end = parts.pop() ?? '';
  const [, regionOf, postcode] = /^(?:(.*\S)\s+)?([A-Za-z0-9-]*\d[A-Za-z0-9-]*(?: \d[A-Za-z]{2})?)$/.exec(end) ?? [];
  if (!countryCode || !postcode || parts.length < 2) return null;
  const region = regionOf ?? (parts.length > 2 ? parts.pop() : undefined);
  const [line1, ...others] = parts;
  const city = others.pop();
  if (!city) return null;
  return { line1, line2: others.join(', ') || null, city, region: region ?? null, postcode, countryCode };
}

function paymentStep(scene: Scene, { number, paidWith }: ShownOrder): OfflineStep {
  const methods = methodsOf(scene);
  if (!Array.isArray(methods)) return methods;
  const others = methods.filter(({ id }) => id !== paidWith?.id);
  const chosen = methodNamed(others, scene.thread.said.join('\n'));
  if (chosen) return proposing(scene, 'propose_payment_change', { number, paymentMethodId: chosen.id });
  return ask(scene, questions.whichMethod, listMethods(others));
}

/** The customer's ways to pay, or the step that finds them out. */
export function methodsOf(scene: Scene): ShownMethod[] | OfflineStep {
  const listed = used(scene, 'list_payment_methods');
  if (!listed) return call('list_payment_methods');
  // Our own tool's answer.
  return listed.failed ? failedStep(scene) : (listed.output as { methods: ShownMethod[] }).methods;
}

/** One line for each way to pay. */
export function listMethods(methods: readonly ShownMethod[]): string {
  return methods.map(({ label, balance }) => `- ${label}${balance ? ` (${balance})` : ''}`).join('\n');
}

/** The one way to pay that a text names; null if none or several fit. */
function methodNamed(methods: readonly ShownMethod[], text: string): ShownMethod | null {
  const kinds: readonly (readonly [ShownMethod['kind'], RegExp])[] = [
    ['PAYPAL', /paypal/i],
    ['GIFT_CARD', /gift card|禮物卡|礼物卡|禮品卡|礼品卡/i],
    ['CREDIT_CARD', /credit card|\bcard\b|visa|master|amex|信用卡|刷卡/i],
  ];
  const kind = kinds.find(([, pattern]) => pattern.test(text))?.[0];
  const ofKind = methods.filter((method) => method.kind === kind);
  const byDigits = methods.filter(({ label }) => (label.match(/\d{4}/) ?? []).some((digits) => text.includes(digits)));
  const byBalance = ofKind.filter(({ balance }) => balance && text.includes(balance.split(' ').at(-1)!));
  const byBrand = ofKind.filter(({ label }) => namesOption(text, label.split(/[ （]/)[0]!));
  const [found, ...more] = [byDigits, byBalance, byBrand, ofKind].find(({ length }) => length > 0) ?? [];
  return found && more.length === 0 ? found : null;
}

function itemsStep(scene: Scene, order: ShownOrder): OfflineStep {
  const text = wishOf(scene.thread);
  const wishes = wishesIn(order, goodsInEnglish(withoutPayment(text)));
  if (wishes.length === 0 || !order.paidWith) return ask(scene, questions.whichItem);
  const products = [...new Set(wishes.map(({ item }) => item.name))];
  const unknown = products.filter((name) => !used(scene, 'find_product', { name }));
  if (unknown.length > 0) return { call: unknown.map((name) => ({ name: 'find_product', input: { name } })) };
  const changes = wishes.map(({ item, target }) => {
    const search = used(scene, 'find_product', { name: item.name })!;
    // Our own tool's answer.
    const found = search.failed ? [] : (search.output as FoundProducts).products;
    const variant = variantWanted(item, found.find(({ name }) => name === item.name)?.variants ?? [], target);
    return variant && { orderItemId: item.id, newVariantId: variant.id };
  });
  if (changes.some((change) => !change)) return ask(scene, questions.whichItem, listItems(scene, order));
  const method = differenceMethod(scene, order.paidWith, text);
  if (!('id' in method)) return method;
  return proposing(scene, 'propose_item_change', { number: order.number, changes, paymentMethodId: method.id });
}

/** The way to pay or get back a difference: the one that is named, else the one in use. */
function differenceMethod(scene: Scene, inUse: { id: string }, text: string): { id: string } | OfflineStep {
  const { now, lastReply } = scene.thread;
  const named = holds(lastReply, questions.whichMethod) ? now : paymentIn(text);
  if (named === '') return inUse;
  const methods = methodsOf(scene);
  if (!Array.isArray(methods)) return methods;
  return methodNamed(methods, named) ?? ask(scene, questions.whichMethod, listMethods(methods));
}

type Item = ShownOrder['items'][number];

/** Which items are to become what: “the lamp to black and the shirt to white” are two wishes. */
function wishesIn(order: ShownOrder, text: string): { item: Item; target: string }[] {
  const pieces: string[] = [];
  for (const piece of text.split(/(?=\band\b|[,，;；、\n]|和|還有|还有)/i)) {
    const isNew = pieces.length === 0 || (order.items.some((item) => isNamed(item, piece)) && order.items.some((item) => isNamed(item, pieces.at(-1)!))); // prettier-ignore
    if (isNew) pieces.push(piece);
    else pieces[pieces.length - 1] += piece;
  }
  const wishes = pieces.flatMap((piece) => {
    const [, before = '', target = piece] =
      /^([^]*)(?:\b(?:to|into|for|with)\b|改成|換成|换成|改為|改为)([^]*)$/.exec(piece) ?? [];
    const item = itemNamed(order, before || piece);
    return item ? [{ item, target }] : [];
  });
  const isOnce = new Set(wishes.map(({ item }) => item.id)).size === wishes.length;
  return isOnce ? wishes : [];
}

/** The variant with all the options that a text names, and most of the item's others. */
function variantWanted(item: Item, variants: FoundProducts['products'][number]['variants'], text: string) {
  const wanted = optionsNamed(variants, text);
  const isWanted = (options: Record<string, string>) => wanted.every((value) => Object.values(options).includes(value));
  const kept = (options: Record<string, string>) =>
    Object.entries(options).filter(([name, value]) => item.options[name] === value).length;
  const [variant] = variants
    .filter(({ id, options }) => id !== item.variantId && isWanted(options))
    .sort((a, b) => kept(b.options) - kept(a.options));
  return wanted.length > 0 ? variant : undefined;
}

function isNamed({ name }: Item, text: string): boolean {
  const last = name.split(' ').at(-1)!;
  const short = last.split('-').at(-1)!;
  return [name, last, short, last.replace(/s$/, ''), name.replace('-', ''), name.replace('-', ' ')].some((each) => namesOption(text, each)); // prettier-ignore
}

/** The item that a text names; the only one needs no name. */
function itemNamed({ items }: ShownOrder, text: string): Item | null {
  const named = items.filter((item) => isNamed(item, text));
  const candidates = named.length > 0 ? named : items.length === 1 ? items : [];
  const shared = ({ options }: Item) => Object.values(options).filter((value) => namesOption(text, value)).length;
  const [best] = [...candidates].sort((a, b) => shared(b) - shared(a));
  return best ?? null;
}

function listItems({ language }: Scene, { items }: ShownOrder): string {
  return items.map(({ name, options }) => `- ${thing(name, options, language)}`).join('\n');
}

const refusals: Readonly<Record<string, Text>> = {
  ITEM_UNAVAILABLE: { en: 'This variant is not in stock.', 'zh-Hant': '這個款式目前缺貨。' },
  VARIANT_MISMATCH: {
    en: 'An item can only be changed into another variant of the same product.',
    'zh-Hant': '商品只能更換為同一商品的其他款式。',
  },
  PAYMENT_METHOD_INVALID: {
    en: 'This payment method cannot be used for this.',
    'zh-Hant': '這個付款方式不能用於這項操作。',
  },
  INSUFFICIENT_BALANCE: { en: 'The gift card does not hold enough.', 'zh-Hant': '禮品卡的餘額不足。' },
  INVALID: { en: 'Something in these details is missing or malformed.', 'zh-Hant': '資料有缺漏或格式不正確。' },
  ORDER_NOT_PENDING: { en: 'This order can no longer be changed.', 'zh-Hant': '這筆訂單已無法變更。' },
  WRONG_STATE: {
    en: 'Please confirm or decline first what I have shown you before.',
    'zh-Hant': '請先確認或取消我先前列出的項目。',
  },
};

function proposing(scene: Scene, tool: string, input: object): OfflineStep {
  const proposed = used(scene, tool);
  if (!proposed) return call(tool, input);
  if (proposed.failed) {
    const known = codesOf(proposed).map((code) => refusals[code]).find(Boolean); // prettier-ignore
    return known ? say(scene, known, questions.offerPerson) : failedStep(scene);
  }
  // Our own tool's answer.
  const { proposed: title, details } = proposed.output as Proposal;
  return say(scene, `**${title}**`, details.map((line) => `- ${line}`).join('\n'), confirmDetails);
}
