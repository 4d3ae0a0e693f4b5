import { shownProduct, type ShownProduct } from '../domain/shownProduct.js';
import type { Products } from './products.js';
import type { ShopSettings } from './shop.js';

/** What agents find by the name of a product. */
export interface FoundProducts {
  /** The best first; empty if nothing of that name is sold. */
  products: ShownProduct[];
}

/** Finds products by words of their names, at most `limit`, each with all its variants. */
export async function showProducts(
  { products, shop }: { products: Products; shop: ShopSettings },
  name: string,
  limit: number,
): Promise<FoundProducts> {
  const found = await products.search(name, limit);
  const [variants, settings] = await Promise.all([products.variantsOf(found.map(({ id }) => id)), shop.read()]);
  return { products: found.map((product, index) => shownProduct(product, variants[index] ?? [], settings)) };
}
