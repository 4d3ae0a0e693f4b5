import type { JsonObject, Tx } from '@supportgraph/data';
import { type Result, type Viewer } from '@supportgraph/kernel';
import { lockOrder } from '../data/lockOrder.js';
import type { Situation } from '../domain/situation.js';
import { checkMayAct, type OnBehalf } from './access.js';
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
export function performOnOrder(
  deps: CommerceDeps,
  viewer: Viewer,
  action: string,
  wish: OrderWish,
  decide: (tx: Tx, situation: Situation) => Promise<Result<Done>>,
): Promise<Result<string>> {
  const { idempotencyKey, onBehalf, ...input } = wish;
  const deed = { viewer, action, subjectId: wish.orderId, idempotencyKey, onBehalf, input: asJson(input) };
  return perform(deps, deed, async (tx, now) => {
    const situation = await lockOrder(tx, wish.orderId, now);
    const allowed = checkMayAct(viewer, situation?.order.customerId ?? null, onBehalf, 'orderId');
    // Without a situation there is no customer, and so the wish was just refused.
    return allowed.ok ? decide(tx, situation!) : allowed;
  });
}

/** An input as JSON has it: what is undefined is left out. */
export function asJson(input: object): JsonObject {
  // A round trip through JSON leaves nothing but JSON.
  return JSON.parse(JSON.stringify(input)) as JsonObject;
}
