import { confirmDetails, type OfflineStep, type Proposal, type ToolResult } from '@supportgraph/agent';
import type { Language } from '@supportgraph/kernel';
import type { ReturnCheck, ShownItem, ShownMethod } from '../shown.js';
import { itemsSaid } from './items.js';
import { methodWanted } from './methods.js';
import { refundWishOf } from './money.js';
import { phrases } from './phrases.js';
import { sentences } from './sentences.js';

/** The items that are to go back; none if that is not clear. The only one need not be named, if the order was. */
export function itemsWanted({ items }: ReturnCheck, said: readonly string[], isGuess = false): ShownItem[] {
  const named = itemsSaid(items, said);
  return named.length === 0 && items.length === 1 && !isGuess ? items : named;
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

/** Shows money back without a return to confirm; null if no amount is said, or why. */
export function refundStep(
  results: readonly ToolResult[],
  language: Language,
  said: readonly string[],
  { number, paidBackTo }: ReturnCheck,
  isAnswer: boolean,
): OfflineStep | null {
  const { amount, reason } = refundWishOf(said, isAnswer);
  if (amount === undefined) return null;
  const wish = methodWanted(paidBackTo, said);
  if (wish && 'impossible' in wish) return { say: phrases[language].notPossible(number, wish.impossible, paidBackTo) };
  if (!reason) return { say: sentences.whyRefund[language] };
  const paymentMethodId = wish?.method.kind === 'GIFT_CARD' ? wish.method.paymentMethodId : null;
  return proposing(results, language, 'propose_refund', { number, amount, reason, paymentMethodId });
}

/** Proposes, and then says what is shown. */
export function proposing(
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
