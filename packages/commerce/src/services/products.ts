import { findProducts, searchProducts } from '../data/findProducts.js';
import type { KeysetPage } from '../data/keyset.js';
import { grouped, inOrder } from '../data/inOrder.js';
import { readProducts, readVariants } from '../data/readProduct.js';
import type { Product, Variant } from '../domain/product.js';
import type { CommerceDeps } from './deps.js';

/** What is sold; everybody may see it. */
export interface Products {
  load(ids: readonly string[]): Promise<(Product | null)[]>;
  loadVariants(ids: readonly string[]): Promise<(Variant | null)[]>;
  /** Variants of several products, in the order of the ids. */
  variantsOf(productIds: readonly string[]): Promise<Variant[][]>;
  /** Products whose name contains the query, by name. */
  page(query: string | null, page: KeysetPage): Promise<Product[]>;
  /** Products whose names share most words with the text, the best first; none if no word is shared. */
  search(text: string, limit: number): Promise<Product[]>;
}

export function productsService({ db }: CommerceDeps): Products {
  return {
    load: async (ids) => inOrder(ids, await readProducts(db.prisma, ids)),
    loadVariants: async (ids) => inOrder(ids, await readVariants(db.prisma, { ids })),
    variantsOf: async (productIds) =>
      grouped(productIds, await readVariants(db.prisma, { productIds }), ({ productId }) => productId),
    page: (query, page) => findProducts(db, query, page),
    search: (text, limit) => searchProducts(db, text, limit),
  };
}
