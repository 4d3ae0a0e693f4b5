import { confirmDetails, type OfflineStep, type Proposal, type ToolResult } from '@supportgraph/agent';
import type { Language } from '@supportgraph/kernel';
import { itemsNamed, mentions } from './items.js';
import { meansAll, refundWishIn } from './reading.js';
import { phrases, sentences } from './sentences.js';
import type { ExchangeOptions, ReturnCheck, ShownItem, ShownMethod, ShownVariant } from './shown.js';

/** Where the money goes: to a gift card if that is said, else back where it came from. */
export function methodWanted(methods: readonly ShownMethod[], text: string): ShownMethod | undefined {
  const wantsGiftCard = /gift ?card|禮物卡|礼物卡|禮品卡|礼品卡/i.test(text);
  return (wantsGiftCard && methods.find(({ kind }) => kind === 'GIFT_CARD')) || methods[0];
}

/** The items that are to go back; none if that is not clear. */
export function itemsWanted({ items }: ReturnCheck, text: string): ShownItem[] {
  if (items.length === 1 || meansAll(text)) return items;
  return itemsNamed(items, text);
}

/** The use of a tool for the order with this number. */
export function usedFor(results: readonly ToolResult[], tool: string, number: string): ToolResult | undefined {
  return results.findLast((each) => each.tool === tool && (each.input as { number?: string }).number === number);
}

/** Shows a return to confirm. */
export function returnStep(
  results: readonly ToolResult[],
  language: Language,
  { number }: ReturnCheck,
  items: readonly ShownItem[],
  { paymentMethodId }: ShownMethod,
): OfflineStep {
  const input = { number, itemIds: items.map(({ itemId }) => itemId), paymentMethodId };
  return proposing(results, language, 'propose_return', input);
}

/** Shows an exchange to confirm, once it is clear what is wanted for what. */
export function exchangeStep(
  results: readonly ToolResult[],
  language: Language,
  text: string,
  options: ExchangeOptions,
): OfflineStep {
  // “The blue shirt for a red one”: what comes is named after what goes.
  const parts = text.split(/\n|\b(?:for|to|into|with)\b|換成|换成|改成|換|换/i).filter((part) => /\p{L}/u.test(part));
  const [target = ''] = parts.slice(-1);
  const source = parts.slice(0, -1).join(' ');
  const named = options.items.length === 1 ? options.items : itemsNamed(options.items, source || text);
  const [item] = named;
  const wanted = item ? closestTo(item, variantsNamed(item.variants, target)) : [];
  const method = methodWanted(options.paidWith, text);
  if (named.length !== 1 || wanted.length !== 1 || !item || !method)
    return {
      say: [
        phrases[language].exchangeOptions(named.length > 0 ? { ...options, items: named } : options),
        sentences.whichVariant[language],
      ].join('\n\n'),
    };
  const changes = [{ itemId: item.itemId, newVariantId: wanted[0]!.newVariantId }];
  const { paymentMethodId } = method;
  return proposing(results, language, 'propose_exchange', { number: options.number, changes, paymentMethodId });
}

/** The variants of which a text names the most options; none if it names no option of any. */
function variantsNamed(variants: readonly ShownVariant[], text: string): ShownVariant[] {
  const hits = ({ options }: ShownVariant) => options.filter((option) => mentions(text, option)).length;
  const most = Math.max(0, ...variants.map(hits));
  return most === 0 ? [] : variants.filter((variant) => hits(variant) === most);
}

/** Those of the variants that keep most of what the item is: another size of a brown shoe is brown. */
function closestTo(item: ExchangeOptions['items'][number], variants: readonly ShownVariant[]): ShownVariant[] {
  const kept = ({ options }: ShownVariant) => options.filter((option) => item.options.includes(option)).length;
  const most = Math.max(0, ...variants.map(kept));
  return variants.filter((variant) => kept(variant) === most);
}

/** Shows money back without a return to confirm; null if amount or reason are not said. */
export function refundStep(
  results: readonly ToolResult[],
  language: Language,
  text: string,
  { number, paidBackTo }: ReturnCheck,
): OfflineStep | null {
  const { amount, reason } = refundWishIn(text);
  if (amount === undefined || !reason) return null;
  const method = methodWanted(paidBackTo, text);
  const paymentMethodId = method?.kind === 'GIFT_CARD' ? method.paymentMethodId : null;
  return proposing(results, language, 'propose_refund', { number, amount, reason, paymentMethodId });
}

/** Proposes, and then says what is shown. */
function proposing(
  results: readonly ToolResult[],
  language: Language,
  tool: string,
  input: Readonly<Record<string, unknown>> & { number: string },
): OfflineStep {
  const proposed = usedFor(results, tool, input.number);
  if (!proposed) return { call: [{ name: tool, input }] };
  if (proposed.failed) return { say: `${phrases[language].refusedWish(proposed)} ${sentences.offer[language]}` };
  // Our own tool's answer.
  const { proposed: title, details } = proposed.output as Proposal;
  return {
    say: [`**${title}**`, details.map((line) => `- ${line}`).join('\n'), confirmDetails[language]].join('\n\n'),
  };
}
