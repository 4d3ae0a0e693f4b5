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

const mostWords = 30;

/** Products whose names share most words with the text; among those, the ones with the fewest other words first. */
export async function searchProducts(db: Database, text: string, limit: number): Promise<Product[]> {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  return db.query<Product>(
    `WITH named AS (
       SELECT p.id, p.name, cardinality(part.words) AS words,
           (SELECT count(*) FROM unnest(part.words) word WHERE word = ANY ($1)) AS shared
         FROM commerce.products p CROSS JOIN LATERAL (
           -- A name with a hyphen is found by its parts and as one word.
           SELECT regexp_split_to_array(p.name_key, '[\\s-]+') || regexp_split_to_array(replace(p.name_key, '-', ''), '\\s+') AS words
         ) part
     )
     SELECT id, name FROM named WHERE shared > 0 AND shared = (SELECT max(shared) FROM named)
       ORDER BY words - shared, name LIMIT $2`,
    [words, limit],
  );
}

/** The words of a text as they may stand in a name: in singular and plural, and two as one (“t shirt”). */
function wordsOf(text: string): string[] {
  const words = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, mostWords);
  const pairs = words.slice(1).map((word, index) => `${words[index]}${word}`);
  return [...new Set([...words, ...pairs].flatMap((word) => [word, `${word}s`, word.replace(/s$/, '')]))];
}
