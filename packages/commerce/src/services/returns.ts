import type { Tx } from '@supportgraph/data';
import { fail, isStaff, newId, notFound, ok, type Result, type Viewer } from '@supportgraph/kernel';
import type { KeysetPage } from '../data/keyset.js';
import { findExchanges, findReturns, orderOfGoods, pageOfOpenIds } from '../data/findReturns.js';
import { inOrder } from '../data/inOrder.js';
import { readVariantMap } from '../data/readProduct.js';
import { writeChange } from '../data/writeOrder.js';
import { writeNewExchange, writeNewReturn, writeStatus } from '../data/writeReturn.js';
import { asAgreed } from '../domain/actions/agreed.js';
import type { OrderExchange, OrderReturn } from '../domain/order.js';
import { requestExchange } from '../domain/requestExchange.js';
import { requestReturn } from '../domain/requestReturn.js';
import type { ItemChange } from '../domain/resolveChanges.js';
import { callOff, receive, statusAfterReceipt } from '../domain/settleGoods.js';
import type { CommerceEvent } from '../events.js';
import { visible } from './access.js';
import { auditOf } from './auditOf.js';
import type { CommerceDeps } from './deps.js';
import { performForStaff } from './performForStaff.js';
import { performOnOrder, type OrderWish } from './performOnOrder.js';

/** Returns and exchanges as a viewer may see, ask for, and (staff) settle them. */
export interface Returns {
  loadReturns(viewer: Viewer, ids: readonly string[]): Promise<(OrderReturn | null)[]>;
  loadExchanges(viewer: Viewer, ids: readonly string[]): Promise<(OrderExchange | null)[]>;
  /** Staff only: ids of what waits for goods, oldest first; `ret_…` are returns, `exc_…` exchanges. */
  openIds(viewer: Viewer, page: KeysetPage): Promise<string[]>;
  requestReturn(
    viewer: Viewer,
    wish: OrderWish & { orderItemIds: readonly string[]; paymentMethodId: string },
  ): Promise<Result<OrderReturn>>;
  requestExchange(
    viewer: Viewer,
    wish: OrderWish & { changes: readonly ItemChange[]; paymentMethodId: string },
  ): Promise<Result<OrderExchange>>;
  /** Staff: the goods are here, the money moves. */
  receiveReturn(viewer: Viewer, wish: { idempotencyKey: string; orderReturnId: string }): Promise<Result<OrderReturn>>;
  /** Staff: the goods are here, the difference is settled. */
  receiveExchange(
    viewer: Viewer,
    wish: { idempotencyKey: string; orderExchangeId: string },
  ): Promise<Result<OrderExchange>>;
  /** Staff: the order is delivered again. */
  cancelReturn(viewer: Viewer, wish: { orderReturnId: string; reason: string }): Promise<Result<OrderReturn>>;
  cancelExchange(viewer: Viewer, wish: { orderExchangeId: string; reason: string }): Promise<Result<OrderExchange>>;
}

/** What is settled of which kind, with what else the wish says. */
interface Settlement {
  kind: 'return' | 'exchange';
  id: string;
  idempotencyKey?: string;
  reason?: string;
}

const argumentOf = { return: 'orderReturnId', exchange: 'orderExchangeId' } as const;

export function returnsService(deps: CommerceDeps): Returns {
  const { db } = deps;
  const loadReturns: Returns['loadReturns'] = async (viewer, ids) =>
    inOrder(ids, await visible(deps, viewer, await findReturns(db, ids)));
  const loadExchanges: Returns['loadExchanges'] = async (viewer, ids) =>
    inOrder(ids, await visible(deps, viewer, await findExchanges(db, ids)));
  /** The goods of a return or exchange arrived, or it is called off. */
  function settle(
    viewer: Viewer,
    verb: 'receive' | 'cancel',
    { kind, id, ...wish }: Settlement,
  ): Promise<Result<string>> {
    const argument = argumentOf[kind];
    const deed = { action: `${kind}.${verb}`, argument, id, idempotencyKey: null, ...wish };
    const orderOf = (tx: Tx) => orderOfGoods(tx, kind, id);
    return performForStaff(deps, viewer, { ...deed, orderOf }, async (tx, situation) => {
      const decision = verb === 'cancel' ? callOff(situation.order, kind) : receive(situation, kind);
      if (!decision.ok) return decision;
      if (decision.value === null) return ok({ id });
      const refundIds = await writeChange(tx, situation, decision.value, { [argument]: id });
      await writeStatus(tx, kind, id, verb === 'cancel' ? 'CANCELLED' : statusAfterReceipt(situation, decision.value));
      const event = settledEvent(kind, verb, id, { orderId: situation.order.id, refundIds });
      return ok({ id, event, changes: auditOf(situation.order, decision.value) });
    });
  }

  /** The return or exchange that a deed changed or made. */
  async function reload<T>(
    viewer: Viewer,
    done: Result<string>,
    load: (viewer: Viewer, ids: readonly string[]) => Promise<(T | null)[]>,
  ): Promise<Result<T>> {
    if (!done.ok) return done;
    const [found] = await load(viewer, [done.value]);
    return found ? ok(found) : fail(notFound('input'));
  }

  return {
    loadReturns,
    loadExchanges,
    openIds: async (viewer, page) => (isStaff(viewer) ? pageOfOpenIds(db, page) : []),
    async requestReturn(viewer, wish) {
      const done = await performOnOrder(deps, viewer, 'return.request', wish, async (tx, situation) => {
        const decision = asAgreed(wish.agreed, requestReturn(situation, wish));
        if (!decision.ok) return decision;
        const id = newId('ret', situation.now.getTime());
        await writeNewReturn(tx, situation, id, decision.value);
        await writeChange(tx, situation, { set: { status: 'RETURN_REQUESTED' } });
        const { amount, itemIds } = decision.value;
        const data = { orderReturnId: id, orderId: situation.order.id, amount, itemIds: [...itemIds] };
        return ok({ id, event: { type: 'return.requested', data }, changes: data });
      });
      return reload(viewer, done, loadReturns);
    },
    async requestExchange(viewer, wish) {
      const done = await performOnOrder(deps, viewer, 'exchange.request', wish, async (tx, situation) => {
        const variants = await readVariantMap(tx, wish.changes);
        const decision = asAgreed(wish.agreed, requestExchange(situation, wish, variants));
        if (!decision.ok) return decision;
        const id = newId('exc', situation.now.getTime());
        await writeNewExchange(tx, situation, id, decision.value);
        await writeChange(tx, situation, { set: { status: 'EXCHANGE_REQUESTED' } });
        const { priceDifference, lines } = decision.value;
        const data = {
          ...{ orderExchangeId: id, orderId: situation.order.id, priceDifference },
          lines: lines.map((line) => ({ ...line })),
        };
        return ok({ id, event: { type: 'exchange.requested', data }, changes: data });
      });
      return reload(viewer, done, loadExchanges);
    },
    receiveReturn: async (viewer, { orderReturnId, ...wish }) =>
      reload(viewer, await settle(viewer, 'receive', { kind: 'return', id: orderReturnId, ...wish }), loadReturns),
    receiveExchange: async (viewer, { orderExchangeId, ...wish }) =>
      reload(
        viewer,
        await settle(viewer, 'receive', { kind: 'exchange', id: orderExchangeId, ...wish }),
        loadExchanges,
      ),
    cancelReturn: async (viewer, { orderReturnId, ...wish }) =>
      reload(viewer, await settle(viewer, 'cancel', { kind: 'return', id: orderReturnId, ...wish }), loadReturns),
    cancelExchange: async (viewer, { orderExchangeId, ...wish }) =>
      reload(viewer, await settle(viewer, 'cancel', { kind: 'exchange', id: orderExchangeId, ...wish }), loadExchanges),
  };
}

function settledEvent(
  kind: Settlement['kind'],
  verb: 'receive' | 'cancel',
  id: string,
  about: { orderId: string; refundIds: string[] },
): CommerceEvent {
  const end = verb === 'cancel' ? 'cancelled' : 'received';
  return kind === 'return'
    ? { type: `return.${end}`, data: { orderReturnId: id, ...about } }
    : { type: `exchange.${end}`, data: { orderExchangeId: id, ...about } };
}
