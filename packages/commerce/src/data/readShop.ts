import type { Database, Tx } from '@supportgraph/data';
import { newShop, type BusinessSpan, type Shop } from '../domain/shop.js';

type Client = Database['prisma'] | Tx;

/** The shop as it is set up, or a new one. */
export async function readShop(client: Client): Promise<Shop> {
  const row = await client.shopSettings.findUnique({ where: { id: 'shop' } });
  if (!row) return newShop;
  const { name, currency, returnWindowDays, timeZone, linkHosts, verification } = row;
  return {
    name,
    currency,
    returnWindowDays,
    timeZone,
    // Only written by this package, from values of this type.
    businessSpans: row.businessSpans as unknown as BusinessSpan[],
    linkHosts,
    automaticRefundLimit: Number(row.automaticRefundLimit),
    verification,
  };
}

/** Writes all of the shop's settings. */
export async function writeShop(tx: Tx, shop: Shop): Promise<void> {
  const row = {
    ...shop,
    linkHosts: [...shop.linkHosts],
    businessSpans: shop.businessSpans.map((span) => ({ ...span })),
  };
  await tx.shopSettings.upsert({ where: { id: 'shop' }, create: { id: 'shop', ...row }, update: row });
}
