import type { Tx } from '@supportgraph/data';
import {
  fail,
  isId,
  isStaff,
  newId,
  notFound,
  ok,
  userError,
  type Result,
  type Running,
  type Viewer,
} from '@supportgraph/kernel';
import type { KeysetPage } from '../data/keyset.js';
import { pageOfRefundIds, pagesOfCustomerRefundIds, readRefunds, type RefundFilter } from '../data/findRefunds.js';
import { inOrder } from '../data/inOrder.js';
import { writeChange } from '../data/writeOrder.js';
import { asAgreed } from '../domain/actions/agreed.js';
import type { Refund } from '../domain/order.js';
import { checkUndecided, requestRefund, type RefundWish } from '../domain/requestRefund.js';
import type { PaymentProvider } from '../payments/provider.js';
import { reconcileLedger, type Discrepancy } from '../payments/reconcile.js';
import { refundChannel } from '../payments/refundChannel.js';
import { workOnRefunds, type RefundWorkOptions } from '../payments/refundWorker.js';
import { sightOf, visible } from './access.js';
import type { CommerceDeps } from './deps.js';
import { performForStaff, type StaffDeed } from './performForStaff.js';
import { performOnOrder, type OrderWish } from './performOnOrder.js';

/** Refunds as a viewer may see, ask for, and (staff) decide on them. */
export interface Refunds {
  load(viewer: Viewer, ids: readonly string[]): Promise<(Refund | null)[]>;
  /** Staff only; newest first. */
  page(viewer: Viewer, filter: RefundFilter, page: KeysetPage): Promise<Refund[]>;
  /** The same page of several customers' refunds, in the order of the ids. Newest first. */
  pagesOfCustomers(viewer: Viewer, customerIds: readonly string[], page: KeysetPage): Promise<Refund[][]>;
  request(viewer: Viewer, wish: OrderWish & RefundWish): Promise<Result<Refund>>;
  approve(
    viewer: Viewer,
    wish: { idempotencyKey: string; refundId: string; note?: string | null },
  ): Promise<Result<Refund>>;
  reject(viewer: Viewer, wish: { idempotencyKey: string; refundId: string; reason: string }): Promise<Result<Refund>>;
  /** Staff: has a refund sent again that the payment provider refused, once the cause is mended. */
  retry(viewer: Viewer, refundId: string): Promise<Result<Refund>>;
  /** Sends approved refunds to a provider, each exactly once, until stopped. Any number of processes may do so. */
  work(provider: PaymentProvider, options?: RefundWorkOptions): Running;
  /** Where our books and the embedded provider's ledger do not agree; empty if all is well and all was sent. */
  reconcile(): Promise<Discrepancy[]>;
}

export function refundsService(deps: CommerceDeps): Refunds {
  const { db } = deps;
  const load: Refunds['load'] = async (viewer, ids) =>
    inOrder(ids, await visible(deps, viewer, await readRefunds(db, ids)));

  async function reload(viewer: Viewer, done: Result<string>): Promise<Result<Refund>> {
    if (!done.ok) return done;
    const [refund] = await load(viewer, [done.value]);
    return refund ? ok(refund) : fail(notFound('input'));
  }

  const staffDeed = (action: string, wish: { idempotencyKey: string | null; refundId: string }): StaffDeed => ({
    ...{ action, id: wish.refundId, argument: 'refundId', idempotencyKey: wish.idempotencyKey },
    orderOf: async (tx: Tx) =>
      (await tx.refund.findUnique({ where: { id: wish.refundId }, select: { orderId: true } }))?.orderId ?? null,
  });

  return {
    load,
    async page(viewer, filter, page) {
      if (!isStaff(viewer) || (filter.customerId != null && !isId('cus', filter.customerId))) return [];
      const refunds = await load(viewer, await pageOfRefundIds(db, filter, page));
      return refunds.filter((refund) => refund !== null);
    },
    async pagesOfCustomers(viewer, customerIds, page) {
      const sees = await sightOf(deps, viewer, customerIds);
      const pages = await pagesOfCustomerRefundIds(db, customerIds.filter(sees), page);
      const byId = new Map((await readRefunds(db, [...pages.values()].flat())).map((refund) => [refund.id, refund]));
      return customerIds.map((id) => (pages.get(id) ?? []).flatMap((refundId) => byId.get(refundId) ?? []));
    },
    async request(viewer, wish) {
      const done = await performOnOrder(deps, viewer, 'refund.request', wish, async (tx, situation) => {
        const decision = asAgreed(wish.agreed, requestRefund(situation, wish));
        if (!decision.ok) return decision;
        const { isAutomatic, amount, paymentMethodId, reason } = decision.value;
        const { order, now } = situation;
        const id = newId('ref', now.getTime());
        await tx.refund.create({
          data: {
            ...{ id, orderId: order.id, customerId: order.customerId, cause: 'REQUEST', status: 'PENDING_APPROVAL' },
            ...{ amount, paymentMethodId, reason, createdAt: now, dueAt: now },
          },
        });
        if (isAutomatic) await send(tx, situation, { id, amount, paymentMethodId });
        const changes = { refundId: id, orderId: order.id, amount, isAutomatic };
        const data = { ...changes, customerId: order.customerId, sessionId: viewer.sessionId };
        return ok({ id, event: { type: 'refund.requested', data }, changes });
      });
      return reload(viewer, done);
    },
    async approve(viewer, wish) {
      const deed = { ...staffDeed('refund.approve', wish), reason: wish.note };
      const done = await performForStaff(deps, viewer, deed, async (tx, situation) => {
        const refund = situation.order.refunds.find(({ id }) => id === wish.refundId)!;
        const undecided = checkUndecided(refund);
        if (!undecided.ok) return undecided;
        await decide(tx, refund, viewer, situation.now, wish.note ?? null);
        await send(tx, situation, refund);
        return ok(decided('refund.approved', refund, 'APPROVED'));
      });
      return reload(viewer, done);
    },
    async reject(viewer, wish) {
      const deed = { ...staffDeed('refund.reject', wish), reason: wish.reason };
      const done = await performForStaff(deps, viewer, deed, async (tx, situation) => {
        const refund = situation.order.refunds.find(({ id }) => id === wish.refundId)!;
        const undecided = checkUndecided(refund);
        if (!undecided.ok) return undecided;
        if (!wish.reason.trim()) return fail(userError('INVALID', 'Say why.', '請說明原因。', ['input', 'reason']));
        await decide(tx, refund, viewer, situation.now, wish.reason);
        await tx.refund.update({ where: { id: refund.id }, data: { status: 'REJECTED' } });
        return ok(decided('refund.rejected', refund, 'REJECTED'));
      });
      return reload(viewer, done);
    },
    async retry(viewer, refundId) {
      const deed = staffDeed('refund.retry', { idempotencyKey: null, refundId });
      const done = await performForStaff(deps, viewer, deed, async (tx, situation) => {
        const refund = situation.order.refunds.find(({ id }) => id === refundId)!;
        if (refund.failedAt === null) return fail(notRefused);
        const data = { failedAt: null, failureCode: null, dueAt: situation.now };
        await tx.refund.update({ where: { id: refundId }, data });
        await tx.$queryRaw`SELECT pg_notify(${refundChannel}, '')::text`;
        return ok({ id: refundId, changes: { failureCode: [refund.failureCode, null] } });
      });
      return reload(viewer, done);
    },
    work: (provider, options) => workOnRefunds(deps, provider, options),
    reconcile: () => reconcileLedger(db),
  };
}

const notRefused = userError(
  'WRONG_STATE',
  'The payment provider has not refused this refund.',
  '付款服務商並未拒絕這筆退款。',
  ['input', 'refundId'],
);

/** Puts a stored refund onto the order: a gift card has it at once, for all else the refund worker sends it. */
async function send(
  tx: Tx,
  situation: Parameters<typeof writeChange>[1],
  { id, amount, paymentMethodId }: Pick<Refund, 'id' | 'amount' | 'paymentMethodId'>,
): Promise<void> {
  const transactions = [{ kind: 'REFUND', cause: 'REQUEST', amount, paymentMethodId }] as const;
  await writeChange(tx, situation, { transactions }, { refundId: id });
}

async function decide(tx: Tx, refund: Refund, viewer: Viewer, now: Date, note: string | null): Promise<void> {
  const data = { decidedBy: viewer.staffId ?? viewer.role, decidedAt: now, decisionNote: note };
  await tx.refund.update({ where: { id: refund.id }, data });
}

function decided(type: 'refund.approved' | 'refund.rejected', { id, orderId, amount }: Refund, status: string) {
  const event = { type, data: { refundId: id, orderId, amount } };
  return { id, event, changes: { status: ['PENDING_APPROVAL', status] } };
}
