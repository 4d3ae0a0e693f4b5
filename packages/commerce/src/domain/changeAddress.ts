import { fail, ok, type Result } from '@supportgraph/kernel';
import { parseAddress, type AddressInput } from './address.js';
import type { OrderChange } from './change.js';
import { orderStateError } from './errors.js';
import type { Situation } from './situation.js';

/** Replaces where a pending order goes, whole. */
export function changeAddress(situation: Situation, input: AddressInput): Result<OrderChange> {
  if (situation.order.status !== 'PENDING') return fail(orderStateError('ORDER_NOT_PENDING', situation));
  const address = parseAddress(input, ['input', 'address']);
  return address.ok ? ok({ set: { address: address.value } }) : address;
}
