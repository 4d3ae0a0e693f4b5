import type { JsonObject, Tx } from '@supportgraph/data';
import { isId, type Result, type Viewer } from '@supportgraph/kernel';
import { lockOrder } from '../data/lockOrder.js';
import { readOrders } from '../data/readOrder.js';
import type { Situation } from '../domain/situation.js';
import { checkMayAct, sightOf, type OnBehalf, type Sight } from './access.js';
import type { CommerceDeps } from './deps.js';
import { perform, type Done } from './perform.js';

/** What every wish about an order says. */
export interface OrderWish {
  /** Any string unique to this wish; sending it again gives the first result again. */
  idempotencyKey: string;
  orderId: string;
  onBehalf?: OnBehalf | null;
  /** The decision that the customer agreed to, if they did: another one is refused. */
  agreed?: object | null;
}

/** Runs a deed on one locked order that the viewer may change. Answers the id of what was changed or made. */
export async function performOnOrder(
  deps: CommerceDeps,
  viewer: Viewer,
  action: string,
  wish: OrderWish,
  decide: (tx: Tx, situation: Situation) => Promise<Result<Done>>,
): Promise<Result<string>> {
  const { idempotencyKey, onBehalf, ...input } = wish;
  const deed = { viewer, action, subjectId: wish.orderId, idempotencyKey, onBehalf, input: asJson(input) };
  const sees = await sightOnOrder(deps, viewer, wish.orderId);
  return perform(deps, deed, async (tx, now) => {
    const situation = await lockOrder(tx, wish.orderId, now);
    const allowed = checkMayAct(sees, viewer, situation?.order.customerId ?? null, onBehalf, 'orderId');
    // Without a situation there is no customer, and so the wish was just refused.
    return allowed.ok ? decide(tx, situation!) : allowed;
  });
}

/** Before the transaction: in it, a question to others would wait for a second connection while it holds the first. */
async function sightOnOrder(deps: CommerceDeps, viewer: Viewer, orderId: string): Promise<Sight> {
  const isAsked = viewer.role === 'PARTNER' && isId('ord', orderId);
  const orders = isAsked ? await readOrders(deps.db.prisma, [orderId]) : [];
  return sightOf(
    deps,
    viewer,
    orders.map(({ customerId }) => customerId),
  );
}

/** An input as JSON has it: what is undefined is left out. */
export function asJson(input: object): JsonObject {
  // A round trip through JSON leaves nothing but JSON.
  return JSON.parse(JSON.stringify(input)) as JsonObject;
}
