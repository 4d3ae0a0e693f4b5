import type { Database, Tx } from '@supportgraph/data';
import type { Customer } from '../domain/customer.js';
import type { PaymentMethod } from '../domain/paymentMethod.js';
import { addressOf } from './address.js';

type Client = Database['prisma'] | Tx;

export async function readCustomers(client: Client, ids: readonly string[]): Promise<Customer[]> {
  return (await client.customer.findMany({ where: { id: { in: [...ids] } } })).map(customerOf);
}

type CustomerRow = NonNullable<Awaited<ReturnType<Client['customer']['findFirst']>>>;

export function customerOf(row: CustomerRow): Customer {
  const { id, email, firstName, lastName, createdAt } = row;
  return { id, email, firstName, lastName, address: addressOf(row), createdAt };
}

/** Ways to pay by id, or all of some customers', in their order on file. */
export async function readMethods(
  client: Client,
  where: { ids: readonly string[] } | { customerIds: readonly string[] },
): Promise<PaymentMethod[]> {
  const rows = await client.paymentMethod.findMany({
    where: 'ids' in where ? { id: { in: [...where.ids] } } : { customerId: { in: [...where.customerIds] } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  return rows.map(methodOf);
}

type MethodRow = NonNullable<Awaited<ReturnType<Client['paymentMethod']['findFirst']>>>;

function methodOf({ id, customerId, isOnFile, kind, brand, lastFour, balance }: MethodRow): PaymentMethod {
  const common = { id, customerId, isOnFile };
  switch (kind) {
    case 'CREDIT_CARD':
      return { ...common, kind, brand: brand ?? '', lastFour: lastFour ?? '' };
    case 'PAYPAL':
      return { ...common, kind };
    case 'GIFT_CARD':
      return { ...common, kind, balance: Number(balance) };
  }
}
