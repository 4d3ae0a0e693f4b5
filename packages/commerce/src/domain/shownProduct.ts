import { moneyText } from '@supportgraph/kernel';
import type { Product, Variant } from './product.js';
import type { Shop } from './shop.js';

/** A variant as agents see it: options by name, and what it costs now. */
export interface ShownVariant {
  id: string;
  options: Record<string, string>;
  price: string;
  isAvailable: boolean;
}

/** A product as agents see it. */
export interface ShownProduct {
  id: string;
  name: string;
  variants: ShownVariant[];
}

/** Makes the {@link ShownProduct} of a product. */
export function shownProduct({ id, name }: Product, variants: readonly Variant[], { currency }: Shop): ShownProduct {
  const shown = variants.map(({ id, options, price, isAvailable }): ShownVariant => ({
    ...{ id, price: moneyText(price, currency), isAvailable },
    options: Object.fromEntries(options.map(({ name, value }) => [name, value])),
  }));
  return { id, name, variants: shown };
}
