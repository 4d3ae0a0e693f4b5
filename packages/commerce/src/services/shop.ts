import { fail, notFound, ok, type Result, type Viewer } from '@supportgraph/kernel';
import { readShop, writeShop } from '../data/readShop.js';
import { changeShop, type ShopChange } from '../domain/changeShop.js';
import type { Shop } from '../domain/shop.js';
import { forbidden } from './access.js';
import type { CommerceDeps } from './deps.js';
import { perform } from './perform.js';
import { asJson } from './performOnOrder.js';

/** The shop and its settings. */
export interface ShopSettings {
  read(): Promise<Shop>;
  /** Operators only; what is left out stays. */
  change(viewer: Viewer, change: ShopChange): Promise<Result<Shop>>;
}

export function shopService(deps: CommerceDeps): ShopSettings {
  const read = () => readShop(deps.db.prisma);
  return {
    read,
    async change(viewer, change) {
      const deed = { viewer, action: 'shop.change', subjectId: 'shop', idempotencyKey: null, input: asJson(change) };
      const done = await perform(deps, deed, async (tx) => {
        if (viewer.role !== 'OPERATOR') return fail(viewer.role === 'STAFF' ? forbidden('input') : notFound('input'));
        const shop = changeShop(await readShop(tx), change);
        if (!shop.ok) return shop;
        await writeShop(tx, shop.value);
        return ok({ id: 'shop', event: { type: 'shop.changed', data: {} }, changes: asJson(change) });
      });
      return done.ok ? ok(await read()) : done;
    },
  };
}
