import type { OfflinePlaybook } from '@supportgraph/agent';
import type { Subgraph } from '@supportgraph/subgraph';
import { type CustomerClaim, sessionsSubgraph } from '@supportgraph/subgraph-sessions';
import type { Resources } from './resources.js';

/** How the offline model plays each agent, by its prompt. */
export const playbooks: ReadonlyMap<string, OfflinePlaybook> = new Map();

/** Every subgraph of the platform. This is the only file of the gateway that knows them. */
export function makeSubgraphs({ conversation, commerce }: Resources): Subgraph[] {
  const matchCustomer = async (claim: CustomerClaim) => {
    const identified = await commerce.customers.identify(claim);
    return identified.ok ? { customerId: identified.value.id } : null;
  };
  return [sessionsSubgraph({ conversation, matchCustomer })];
}
