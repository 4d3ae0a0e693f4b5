import type { Tx } from '@supportgraph/data';
import { fail, isId, isStaff, notFound, ok, type Result, type Viewer } from '@supportgraph/kernel';
import { findOrderIdsByNumber, pageOfOrderIds, pagesOfCustomerOrderIds, type OrderFilter } from '../data/findOrders.js';
import type { KeysetPage } from '../data/keyset.js';
import { inOrder } from '../data/inOrder.js';
import { readMethods } from '../data/readCustomer.js';
import { readOrders } from '../data/readOrder.js';
import { readVariantMap } from '../data/readProduct.js';
import { readShop } from '../data/readShop.js';
import { writeChange } from '../data/writeOrder.js';
import { asAgreed } from '../domain/actions/agreed.js';
import type { AddressInput } from '../domain/address.js';
import { cancelOrder } from '../domain/cancelOrder.js';
import type { OrderChange } from '../domain/change.js';
import { changeAddress } from '../domain/changeAddress.js';
import { changeItems, previewItemChange, type PriceChange } from '../domain/changeItems.js';
import { changePayment } from '../domain/changePayment.js';
import type { Order, OrderItem, OrderStatus } from '../domain/order.js';
import type { ItemChange } from '../domain/resolveChanges.js';
import type { Situation } from '../domain/situation.js';
import type { CommerceEvent } from '../events.js';
import { auditOf } from './auditOf.js';
import { sightOf, visible } from './access.js';
import type { CommerceDeps } from './deps.js';
import { performOnOrder, type OrderWish } from './performOnOrder.js';

/** What is told of a change to an order. */
type OrderEvent = Extract<CommerceEvent, { type: `order.${string}` }>;

/** Orders as a viewer may see and change them. What is not the viewer's is not there. */
export interface Orders {
  find(viewer: Viewer, id: string): Promise<Order | null>;
  /** By the number that customers know, with or without `#`. */
  findByNumber(viewer: Viewer, number: string): Promise<Order | null>;
  /** Many at once, in the order of the ids. */
  load(viewer: Viewer, ids: readonly string[]): Promise<(Order | null)[]>;
  /** Many by number, in the order of the numbers. */
  loadByNumber(viewer: Viewer, numbers: readonly string[]): Promise<(Order | null)[]>;
  /** Lines of orders by id, in the order of the ids. */
  loadItems(viewer: Viewer, ids: readonly string[]): Promise<(OrderItem | null)[]>;
  /** Staff only: to others no order is there. Newest first. */
  page(viewer: Viewer, filter: OrderFilter, page: KeysetPage): Promise<Order[]>;
  /** The same page of several customers' orders, in the order of the ids. Newest first. */
  pagesOfCustomers(
    viewer: Viewer,
    customerIds: readonly string[],
    status: readonly OrderStatus[] | null,
    page: KeysetPage,
  ): Promise<Order[][]>;
  /** What changing items would cost, without doing it. */
  previewItemChange(viewer: Viewer, orderId: string, changes: readonly ItemChange[]): Promise<Result<PriceChange>>;
  cancel(viewer: Viewer, wish: OrderWish & { reason: string }): Promise<Result<Order>>;
  changeAddress(viewer: Viewer, wish: OrderWish & { address: AddressInput }): Promise<Result<Order>>;
  changePayment(viewer: Viewer, wish: OrderWish & { paymentMethodId: string }): Promise<Result<Order>>;
  changeItems(
    viewer: Viewer,
    wish: OrderWish & { changes: readonly ItemChange[]; paymentMethodId: string },
  ): Promise<Result<Order>>;
}

export function ordersService(deps: CommerceDeps): Orders {
  const { db, clock } = deps;

  const load: Orders['load'] = async (viewer, ids) => {
    const orders = await readOrders(db.prisma, ids);
    return inOrder(ids, await visible(deps, viewer, orders));
  };
  const find: Orders['find'] = async (viewer, id) => (await load(viewer, [id]))[0] ?? null;
  const loadByNumber: Orders['loadByNumber'] = async (viewer, numbers) => {
    const ids = await findOrderIdsByNumber(db, numbers);
    const orders = await readOrders(db.prisma, [...new Set(ids.filter((id) => id !== null))]);
    const byId = new Map((await visible(deps, viewer, orders)).map((order) => [order.id, order]));
    return ids.map((id) => byId.get(id ?? '') ?? null);
  };

  /** Decides on a locked order, writes what was decided, and tells of it. */
  async function change(
    viewer: Viewer,
    wish: OrderWish,
    names: { action: string; event: OrderEvent['type'] },
    decide: (situation: Situation, tx: Tx) => Result<OrderChange> | Promise<Result<OrderChange>>,
  ): Promise<Result<Order>> {
    const done = await performOnOrder(deps, viewer, names.action, wish, async (tx, situation) => {
      const decision = asAgreed(wish.agreed, await decide(situation, tx));
      if (!decision.ok) return decision;
      const refundIds = await writeChange(tx, situation, decision.value);
      const { id, number, customerId } = situation.order;
      return ok({
        id,
        event: { type: names.event, data: { orderId: id, number, customerId, refundIds } },
        changes: auditOf(situation.order, decision.value),
      });
    });
    if (!done.ok) return done;
    const order = await find(viewer, done.value);
    return order ? ok(order) : fail(notFound('input', 'orderId'));
  }

  return {
    find,
    load,
    loadByNumber,
    findByNumber: async (viewer, number) => (await loadByNumber(viewer, [number]))[0] ?? null,
    async loadItems(viewer, ids) {
      const rows = await db.prisma.orderItem.findMany({ where: { id: { in: [...ids] } }, select: { orderId: true } });
      const orders = await load(viewer, [...new Set(rows.map(({ orderId }) => orderId))]);
      return inOrder(
        ids,
        orders.flatMap((order) => order?.items ?? []),
      );
    },
    async page(viewer, filter, page) {
      if (!isStaff(viewer) || (filter.customerId && !isId('cus', filter.customerId))) return [];
      const orders = await load(viewer, await pageOfOrderIds(db, filter, page));
      return orders.filter((order) => order !== null);
    },
    async pagesOfCustomers(viewer, customerIds, status, page) {
      const sees = await sightOf(deps, viewer, customerIds);
      const pages = await pagesOfCustomerOrderIds(db, customerIds.filter(sees), status, page);
      const orders = await readOrders(db.prisma, [...pages.values()].flat());
      const byId = new Map(orders.map((order) => [order.id, order]));
      return customerIds.map((id) => (pages.get(id) ?? []).flatMap((orderId) => byId.get(orderId) ?? []));
    },
    async previewItemChange(viewer, orderId, changes) {
      const order = await find(viewer, orderId);
      if (!order) return fail(notFound('orderId'));
      const [methods, shop, variants] = await Promise.all([
        readMethods(db.prisma, { customerIds: [order.customerId] }),
        readShop(db.prisma),
        readVariantMap(db.prisma, changes),
      ]);
      return previewItemChange({ order, methods, shop, now: clock() }, changes, variants);
    },
    cancel: (viewer, wish) =>
      change(viewer, wish, { action: 'order.cancel', event: 'order.cancelled' }, (situation) =>
        cancelOrder(situation, wish.reason),
      ),
    changeAddress: (viewer, wish) =>
      change(viewer, wish, { action: 'order.changeAddress', event: 'order.addressChanged' }, (situation) =>
        changeAddress(situation, wish.address),
      ),
    changePayment: (viewer, wish) =>
      change(viewer, wish, { action: 'order.changePayment', event: 'order.paymentChanged' }, (situation) =>
        changePayment(situation, wish.paymentMethodId),
      ),
    changeItems: (viewer, wish) =>
      change(viewer, wish, { action: 'order.changeItems', event: 'order.itemsChanged' }, async (situation, tx) =>
        changeItems(situation, wish, await readVariantMap(tx, wish.changes)),
      ),
  };
}
