import { productKey } from '../data/findProducts.js';
import { amountOf, once } from './importing.js';
import type { ImportContext, Placed } from './importShop.js';
import type { ProductRecord } from './records.js';
import { refuse } from './refusal.js';

/** Writes products and variants; those that are there already are updated. */
export async function importProducts(context: ImportContext, placed: readonly Placed<ProductRecord>[]): Promise<void> {
  const { tx, now } = context;
  const products = placed.map(({ path, record: { id, name, createdAt } }) => {
    once(context, 'product', id, [...path, 'id']);
    return { id: `prd_${id}`, name, name_key: productKey(name), created_at: createdAt ?? null };
  });
  const variants = placed.flatMap(({ path, record: product }) =>
    product.variants.map(({ id, options, price, available }, position) => {
      const at = [...path, 'variants', position];
      once(context, 'variant', id, [...at, 'id']);
      return {
        ...{ id: `var_${id}`, product_id: `prd_${product.id}`, options, position, is_available: available },
        ...{ price: amountOf(context, [...at, 'price'], price), at },
      };
    }),
  );
  const ids = variants.map(({ id }) => id);
  const known = await tx.productVariant.findMany({ where: { id: { in: ids } }, select: { id: true, productId: true } });
  const productOf = new Map(known.map(({ id, productId }) => [id, productId]));
  for (const { id, product_id, at } of variants) {
    if ((productOf.get(id) ?? product_id) !== product_id) refuse([...at, 'id'], 'is a variant of another product');
  }
  await tx.$executeRaw`
    INSERT INTO commerce.products (id, name, name_key, created_at)
    SELECT id, name, name_key, COALESCE(created_at, ${now})
    FROM jsonb_to_recordset(${JSON.stringify(products)}::jsonb)
      AS record (id text, name text, name_key text, created_at timestamptz)
    ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, name_key = EXCLUDED.name_key`;
  await tx.$executeRaw`
    INSERT INTO commerce.product_variants (id, product_id, options, price, is_available, position)
    SELECT id, product_id, options, price, is_available, position
    FROM jsonb_to_recordset(${JSON.stringify(variants)}::jsonb)
      AS record (id text, product_id text, options jsonb, price bigint, is_available boolean, position int)
    ON CONFLICT (id) DO UPDATE SET options = EXCLUDED.options, price = EXCLUDED.price,
      is_available = EXCLUDED.is_available, position = EXCLUDED.position`;
}
