import { fail, ok, type Result } from '@supportgraph/kernel';
import { isUntouched } from './availableActions.js';
import type { NewTransaction, OrderChange } from './change.js';
import { chooseMethod } from './chooseMethod.js';
import { orderStateError } from './errors.js';
import { leftToRefund, totalOf } from './money.js';
import type { Variant } from './product.js';
import { differenceOf, resolveChanges, type ItemChange, type ResolvedChange } from './resolveChanges.js';
import type { Situation } from './situation.js';

/** What changing items would cost (or give back, if negative), and the new total. */
export interface PriceChange {
  difference: number;
  newTotal: number;
}

/** The same decision as {@link changeItems} without a way to pay. */
export function previewItemChange(
  situation: Situation,
  changes: readonly ItemChange[],
  variants: ReadonlyMap<string, Variant>,
): Result<PriceChange> {
  const resolved = resolve(situation, changes, variants, ['changes']);
  if (!resolved.ok) return resolved;
  return ok({
    difference: settlement(situation, resolved.value),
    newTotal: totalOf(situation.order) + differenceOf(resolved.value),
  });
}

/** Changes lines of a pending order to other variants of the same products: once, all given together. */
export function changeItems(
  situation: Situation,
  input: { changes: readonly ItemChange[]; paymentMethodId: string },
  variants: ReadonlyMap<string, Variant>,
): Result<OrderChange> {
  const resolved = resolve(situation, input.changes, variants, ['input', 'changes']);
  if (!resolved.ok) return resolved;
  const difference = settlement(situation, resolved.value);
  const method = chooseMethod(situation, input.paymentMethodId, difference);
  if (!method.ok) return method;
  return ok({
    set: { itemsModified: true },
    items: resolved.value.map(({ item, variant }) => ({
      id: item.id,
      variantId: variant.id,
      options: variant.options,
      price: variant.price,
    })),
    transactions: [transactionOf(difference, method.value.id)],
  });
}

function resolve(
  situation: Situation,
  changes: readonly ItemChange[],
  variants: ReadonlyMap<string, Variant>,
  path: readonly string[],
): Result<ResolvedChange[]> {
  if (!isUntouched(situation.order)) return fail(orderStateError('ORDER_NOT_PENDING', situation));
  return resolveChanges(situation.order, changes, variants, { path, allowsSameVariant: false });
}

/** Never more goes back than is left, should a part have been given back before. */
function settlement({ order }: Situation, changes: readonly ResolvedChange[]): number {
  const difference = differenceOf(changes);
  return difference < 0 ? 0 - Math.min(-difference, leftToRefund(order)) : difference;
}

/** A change without a difference still leaves its trace: a refund of nothing. */
function transactionOf(difference: number, paymentMethodId: string): NewTransaction {
  return difference > 0
    ? { kind: 'PAYMENT', amount: difference, paymentMethodId }
    : { kind: 'REFUND', amount: Math.abs(difference), paymentMethodId, cause: 'ITEM_CHANGE' };
}
