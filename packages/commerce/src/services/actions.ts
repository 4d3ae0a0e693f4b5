import type { JsonObject } from '@supportgraph/data';
import { assertNever, fail, notFound, ok, type Result, type Text, type Viewer } from '@supportgraph/kernel';
import { readVariantMap } from '../data/readProduct.js';
import { readSituation } from '../data/readSituation.js';
import type {
  ActionDescription,
  ActionKind,
  ActionWish,
  BoundAction,
  BoundOrderAction,
} from '../domain/actions/action.js';
import { bindAction } from '../domain/actions/bindAction.js';
import { describeAction, describeAddressChange } from '../domain/actions/describeAction.js';
import { possibleInstead } from '../domain/actions/possibleInstead.js';
import { reportAction, reportAddressChange } from '../domain/actions/reportAction.js';
import { inEach } from '../domain/actions/wording.js';
import { parseAddress } from '../domain/address.js';
import { availableActions } from '../domain/availableActions.js';
import type { Situation } from '../domain/situation.js';
import { checkMayAct, sightOf } from './access.js';
import type { Customers } from './customers.js';
import type { CommerceDeps } from './deps.js';
import type { Orders } from './orders.js';
import { asJson } from './performOnOrder.js';
import type { Refunds } from './refunds.js';
import type { Returns } from './returns.js';

/** An action as it is proposed to a customer. Nothing of it was done. */
export interface ActionDraft extends ActionDescription {
  kind: ActionKind;
  customerId: string;
  orderId: string | null;
  /** The wish with exact values and all that it would do; opaque, for {@link Actions.carryOut}. */
  wish: JsonObject;
}

/** What was done, for the customer. */
export interface ActionReport {
  report: Text;
  orderId: string | null;
}

/** Actions that agents propose and customers agree to. */
export interface Actions {
  /** Checks all rules as things stand now, and says exactly what the action would do. */
  draft(viewer: Viewer, wish: ActionWish): Promise<Result<ActionDraft>>;
  /**
   * Does what was agreed to, once for each proposal however often it is called. Refused if the rules no longer allow
   * it, or if it would no longer do exactly what was agreed to.
   */
  carryOut(viewer: Viewer, proposalId: string, wish: unknown): Promise<Result<ActionReport>>;
}

export interface ActionServices {
  customers: Customers;
  orders: Orders;
  refunds: Refunds;
  returns: Returns;
}

export function actionsService(deps: CommerceDeps, services: ActionServices): Actions {
  const { db, clock } = deps;

  async function draftOnOrder(
    viewer: Viewer,
    wish: Exclude<ActionWish, { kind: 'UPDATE_CUSTOMER_ADDRESS' }>,
  ): Promise<Result<ActionDraft>> {
    const situation = await readSituation(db, wish.orderId, clock());
    const customerId = situation?.order.customerId ?? null;
    const sees = await sightOf(deps, viewer, customerId === null ? [] : [customerId]);
    const allowed = checkMayAct(sees, viewer, customerId, null, 'orderId');
    if (!allowed.ok) return allowed;
    // Without a situation there is no customer, and so the wish was just refused.
    const { order } = situation!;
    const variants = await readVariantMap(db.prisma, 'changes' in wish ? wish.changes : []);
    const action = bindAction(situation!, wish, variants);
    if (!action.ok) return action;
    const { kind, orderId } = action.value;
    const description = describeAction(situation!, action.value, variants);
    return ok({ kind, customerId: order.customerId, orderId, ...description, wish: asJson(action.value) });
  }

  async function draftAddress(
    viewer: Viewer,
    wish: Extract<ActionWish, { kind: 'UPDATE_CUSTOMER_ADDRESS' }>,
  ): Promise<Result<ActionDraft>> {
    const { customerId } = viewer;
    const sees = await sightOf(deps, viewer, customerId === null ? [] : [customerId]);
    const allowed = checkMayAct(sees, viewer, customerId, null, 'customerId');
    if (!allowed.ok || customerId === null) return allowed.ok ? fail(notFound('input', 'customerId')) : allowed;
    const address = parseAddress(wish.address, ['input', 'address']);
    if (!address.ok) return address;
    const description = describeAddressChange(address.value);
    const bound = asJson({ ...wish, agreed: address.value });
    return ok({ kind: wish.kind, customerId, orderId: null, ...description, wish: bound });
  }

  async function reportOnOrder(done: Result<unknown>, action: BoundOrderAction): Promise<Result<ActionReport>> {
    const situation = await readSituation(db, action.orderId, clock());
    if (!done.ok) return refusalOf(done, situation);
    if (!situation) return fail(notFound('input', 'orderId'));
    return ok({ report: reportAction(situation, action), orderId: action.orderId });
  }

  return {
    draft: (viewer, wish) =>
      wish.kind === 'UPDATE_CUSTOMER_ADDRESS' ? draftAddress(viewer, wish) : draftOnOrder(viewer, wish),
    async carryOut(viewer, idempotencyKey, wish) {
      // What `draft` made, as it was kept.
      const action = wish as BoundAction;
      const { customers, orders, refunds, returns } = services;
      switch (action.kind) {
        case 'UPDATE_CUSTOMER_ADDRESS': {
          const done = await customers.changeAddress(viewer, { idempotencyKey, address: action.agreed });
          return done.ok ? ok({ report: reportAddressChange(action.agreed), orderId: null }) : refusalOf(done, null);
        }
        case 'CANCEL_ORDER':
          return reportOnOrder(await orders.cancel(viewer, { idempotencyKey, ...action }), action);
        case 'UPDATE_ORDER_ADDRESS':
          return reportOnOrder(await orders.changeAddress(viewer, { idempotencyKey, ...action }), action);
        case 'UPDATE_ORDER_ITEMS':
          return reportOnOrder(await orders.changeItems(viewer, { idempotencyKey, ...action }), action);
        case 'UPDATE_ORDER_PAYMENT':
          return reportOnOrder(await orders.changePayment(viewer, { idempotencyKey, ...action }), action);
        case 'REQUEST_RETURN':
          return reportOnOrder(await returns.requestReturn(viewer, { idempotencyKey, ...action }), action);
        case 'REQUEST_EXCHANGE':
          return reportOnOrder(await returns.requestExchange(viewer, { idempotencyKey, ...action }), action);
        case 'REQUEST_REFUND':
          return reportOnOrder(await refunds.request(viewer, { idempotencyKey, ...action }), action);
        default:
          return assertNever(action);
      }
    },
  };
}

/**
 * Says with the reason what is possible instead. A refusal is final, so it must not be said while another worker is still
 * at it: that is a fault, and tried again.
 */
function refusalOf(refused: Extract<Result<unknown>, { ok: false }>, situation: Situation | null): Result<never> {
  const [first, ...rest] = refused.errors;
  if (!first || first.code === 'IN_PROGRESS') throw new Error('The action is being carried out.');
  // Of an order that is not the customer's nothing is said.
  if (!situation || first.code === 'NOT_FOUND') return refused;
  const { order, shop, now } = situation;
  const instead = possibleInstead(order.number, availableActions(order, shop, now));
  const message = inEach((language) => [first.message[language], instead[language]].join(language === 'en' ? ' ' : ''));
  return fail({ ...first, message }, ...rest);
}
