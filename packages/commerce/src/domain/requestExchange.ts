import { ok, type Result } from '@supportgraph/kernel';
import { chooseMethod } from './chooseMethod.js';
import { leftToRefund } from './money.js';
import type { ExchangeLine } from './order.js';
import type { Variant } from './product.js';
import { checkReturnable } from './requestReturn.js';
import { differenceOf, resolveChanges, type ItemChange } from './resolveChanges.js';
import type { Situation } from './situation.js';

/** An exchange that was agreed to. */
export interface NewExchange {
  lines: readonly ExchangeLine[];
  paymentMethodId: string;
  priceDifference: number;
}

/** Sends delivered items back for other variants of the same products; the difference is settled when the goods are here. */
export function requestExchange(
  situation: Situation,
  input: { changes: readonly ItemChange[]; paymentMethodId: string },
  variants: ReadonlyMap<string, Variant>,
): Result<NewExchange> {
  const open = checkReturnable(situation);
  if (!open.ok) return open;
  const changes = resolveChanges(situation.order, input.changes, variants, {
    path: ['input', 'changes'],
    allowsSameVariant: true,
  });
  if (!changes.ok) return changes;
  // Never more goes back than is left, should a part have been given back before.
  const priceDifference = Math.max(differenceOf(changes.value), 0 - leftToRefund(situation.order));
  const method = chooseMethod(situation, input.paymentMethodId, priceDifference);
  if (!method.ok) return method;
  return ok({
    lines: changes.value.map(({ item, variant }) => ({
      itemId: item.id,
      newVariantId: variant.id,
      newPrice: variant.price,
    })),
    paymentMethodId: method.value.id,
    priceDifference,
  });
}
