import type { Database } from '@supportgraph/data';
import type { Product } from '../domain/product.js';
import { containing, isStorable } from './findCustomers.js';
import { keyset, type KeysetPage } from './keyset.js';

/** How products are sorted and found. */
export function productKey(name: string): string {
  return name.trim().toLowerCase();
}

/** Products whose name contains the query, by name. */
export async function findProducts(db: Database, query: string | null, page: KeysetPage): Promise<Product[]> {
  if (!isStorable(query ?? '')) return [];
  const { sql, values } = keyset({ column: 'name_key', type: 'text', isDescending: false }, page, 2);
  return db.query<Product>(
    `SELECT id, name FROM commerce.products WHERE ($1::text IS NULL OR name_key LIKE $1) AND ${sql}`,
    [query?.trim() ? containing(productKey(query)) : null, ...values],
  );
}
