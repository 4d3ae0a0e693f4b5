import { fail, notFound, ok, userError, type Result, type UserError } from '@supportgraph/kernel';
import { invalidList } from './errors.js';
import type { Order, OrderItem } from './order.js';
import type { Variant } from './product.js';

/** One line for another variant, as asked for. */
export interface ItemChange {
  orderItemId: string;
  newVariantId: string;
}

/** The same with what the ids stand for. */
export interface ResolvedChange {
  item: OrderItem;
  variant: Variant;
}

export interface ResolveOptions {
  /** Where the list lies in the arguments. */
  path: readonly string[];
  /** Whether a line may take the variant that it already has. */
  allowsSameVariant: boolean;
}

/** Finds every line and variant before anything is changed, or says what is wrong with each. */
export function resolveChanges(
  order: Order,
  changes: readonly ItemChange[],
  variants: ReadonlyMap<string, Variant>,
  { path, allowsSameVariant }: ResolveOptions,
): Result<ResolvedChange[]> {
  const named = new Set(changes.map(({ orderItemId }) => orderItemId));
  if (changes.length === 0 || named.size < changes.length) return fail(invalidList(path));
  const resolved: ResolvedChange[] = [];
  const errors: UserError[] = [];
  for (const [index, change] of changes.entries()) {
    const item = order.items.find(({ id }) => id === change.orderItemId);
    const variant = variants.get(change.newVariantId);
    const at = [...path, String(index)];
    if (!item) errors.push(notFound(...at, 'orderItemId'));
    else if (!variant) errors.push(notFound(...at, 'newVariantId'));
    else if (variant.productId !== item.productId || (!allowsSameVariant && variant.id === item.variantId))
      errors.push(mismatch(at));
    else if (!variant.isAvailable) errors.push(unavailable(at));
    else resolved.push({ item, variant });
  }
  const [first, ...rest] = errors;
  return first ? fail(first, ...rest) : ok(resolved);
}

/** Sum of new minus old prices: to pay if positive, to get back if negative. */
export function differenceOf(changes: readonly ResolvedChange[]): number {
  return changes.reduce((sum, { item, variant }) => sum + variant.price - item.price, 0);
}

function mismatch(at: readonly string[]): UserError {
  return userError(
    'VARIANT_MISMATCH',
    'The new variant must be another one of the same product.',
    '新款式必須是同一商品的其他款式。',
    [...at, 'newVariantId'],
  );
}

function unavailable(at: readonly string[]): UserError {
  return userError('ITEM_UNAVAILABLE', 'This variant is not in stock.', '這個款式目前缺貨。', [...at, 'newVariantId']);
}
