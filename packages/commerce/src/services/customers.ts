import { fail, isStaff, notFound, ok, userError, type Result, type Viewer } from '@supportgraph/kernel';
import { findCustomers, identifyCustomer, type Identity } from '../data/findCustomers.js';
import type { KeysetPage } from '../data/keyset.js';
import { grouped, inOrder } from '../data/inOrder.js';
import { readCustomers, readMethods } from '../data/readCustomer.js';
import { readShop } from '../data/readShop.js';
import { parseAddress, type AddressInput } from '../domain/address.js';
import type { Customer } from '../domain/customer.js';
import type { PaymentMethod } from '../domain/paymentMethod.js';
import { checkMayAct, sightOf, visible, type OnBehalf } from './access.js';
import type { CommerceDeps } from './deps.js';
import { perform } from './perform.js';
import { asJson } from './performOnOrder.js';

/** Customers as a viewer may see and change them. */
export interface Customers {
  find(viewer: Viewer, id: string): Promise<Customer | null>;
  load(viewer: Viewer, ids: readonly string[]): Promise<(Customer | null)[]>;
  /** Staff only: by name, e-mail or order number; newest first. */
  search(viewer: Viewer, query: string, page: KeysetPage): Promise<Customer[]>;
  /** Ways to pay by id, in the order of the ids; also those no longer on file. */
  loadMethods(viewer: Viewer, ids: readonly string[]): Promise<(PaymentMethod | null)[]>;
  /** Ways to pay on file of several customers, in the order of the ids. */
  methodsOf(viewer: Viewer, customerIds: readonly string[]): Promise<PaymentMethod[][]>;
  /** Replaces where orders go unless said otherwise; orders already placed stay as they are. */
  changeAddress(
    viewer: Viewer,
    wish: { idempotencyKey: string; customerId?: string | null; address: AddressInput; onBehalf?: OnBehalf | null },
  ): Promise<Result<Customer>>;
  /**
   * The customer that a visitor's words identify, as the shop's setting asks for them, or `CUSTOMER_NOT_VERIFIED`:
   * the same answer from the same queries whether there is no such customer or something does not match.
   */
  identify(identity: Identity): Promise<Result<Customer>>;
}

export function customersService(deps: CommerceDeps): Customers {
  const { db } = deps;
  const load: Customers['load'] = async (viewer, ids) => {
    const sees = await sightOf(deps, viewer, ids);
    return inOrder(ids, await readCustomers(db.prisma, ids.filter(sees)));
  };
  const find: Customers['find'] = async (viewer, id) => (await load(viewer, [id]))[0] ?? null;

  return {
    find,
    load,
    search: async (viewer, query, page) => (isStaff(viewer) ? findCustomers(db, query, page) : []),
    async loadMethods(viewer, ids) {
      const methods = await readMethods(db.prisma, { ids });
      return inOrder(ids, await visible(deps, viewer, methods));
    },
    async methodsOf(viewer, customerIds) {
      const sees = await sightOf(deps, viewer, customerIds);
      const methods = await readMethods(db.prisma, { customerIds: customerIds.filter(sees) });
      return grouped(
        customerIds,
        methods.filter(({ isOnFile }) => isOnFile),
        ({ customerId }) => customerId,
      );
    },
    async changeAddress(viewer, { idempotencyKey, onBehalf, ...wish }) {
      const customerId = wish.customerId ?? viewer.customerId;
      const deed = { viewer, action: 'customer.changeAddress', subjectId: customerId, idempotencyKey, onBehalf };
      const sees = await sightOf(deps, viewer, customerId === null ? [] : [customerId]);
      const done = await perform(deps, { ...deed, input: asJson(wish) }, async (tx) => {
        const [customer] = customerId ? await readCustomers(tx, [customerId]) : [];
        const allowed = checkMayAct(sees, viewer, customer?.id ?? null, onBehalf, 'customerId');
        if (!allowed.ok) return allowed;
        const address = parseAddress(wish.address, ['input', 'address']);
        if (!address.ok) return address;
        // Just allowed, and so there is a customer.
        const { id } = customer!;
        await tx.customer.update({ where: { id }, data: address.value });
        const event = { type: 'customer.addressChanged', data: { customerId: id } } as const;
        return ok({ id, event, changes: { address: 'changed' } });
      });
      if (!done.ok) return done;
      const customer = await find(viewer, done.value);
      return customer ? ok(customer) : fail(notFound('input', 'customerId'));
    },
    async identify(identity) {
      const { verification } = await readShop(db.prisma);
      const customer = await identifyCustomer(db, identity, verification);
      return customer ? ok(customer) : fail(notVerified());
    },
  };
}

function notVerified() {
  return userError(
    'CUSTOMER_NOT_VERIFIED',
    'We could not find a customer with these details.',
    '我們找不到符合這些資料的顧客。',
  );
}
