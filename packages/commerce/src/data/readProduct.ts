import type { Database, Tx } from '@supportgraph/data';
import type { Product, Variant } from '../domain/product.js';
import { optionsOf } from './readOrder.js';

type Client = Database['prisma'] | Tx;

export async function readProducts(client: Client, ids: readonly string[]): Promise<Product[]> {
  const rows = await client.product.findMany({ where: { id: { in: [...ids] } } });
  return rows.map(({ id, name }) => ({ id, name }));
}

/** Variants by id, or all of some products', as the shop orders them. */
export async function readVariants(
  client: Client,
  where: { ids: readonly string[] } | { productIds: readonly string[] },
): Promise<Variant[]> {
  const rows = await client.productVariant.findMany({
    where: 'ids' in where ? { id: { in: [...where.ids] } } : { productId: { in: [...where.productIds] } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, productId, options, price, isAvailable }) => ({
    id,
    productId,
    options: optionsOf(options),
    price: Number(price),
    isAvailable,
  }));
}

/** The new variants that changes name, by id. */
export async function readVariantMap(
  client: Client,
  changes: readonly { newVariantId: string }[],
): Promise<ReadonlyMap<string, Variant>> {
  const variants = await readVariants(client, { ids: changes.map(({ newVariantId }) => newVariantId) });
  return new Map(variants.map((variant) => [variant.id, variant]));
}
