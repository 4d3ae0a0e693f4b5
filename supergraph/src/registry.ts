import type { ModelUse, OfflinePlaybook } from '@supportgraph/agent';
import type { Subgraph } from '@supportgraph/subgraph';
import { faqAgent, faqSubgraph } from '@supportgraph/subgraph-faq';
import { handoffSubgraph } from '@supportgraph/subgraph-handoff';
import { ordersAgent, ordersSubgraph } from '@supportgraph/subgraph-orders';
import { refundsAgent, refundsSubgraph } from '@supportgraph/subgraph-refunds';
import { routerPlaybooks, routerSubgraph } from '@supportgraph/subgraph-router';
import { type CustomerClaim, sessionsSubgraph } from '@supportgraph/subgraph-sessions';
import { techsupportAgent, techsupportSubgraph } from '@supportgraph/subgraph-techsupport';
import type { Resources } from './resources.js';

/** How the offline model plays each agent, by its prompt. */
export const playbooks: ReadonlyMap<string, OfflinePlaybook> = new Map([
  ...routerPlaybooks,
  ...[faqAgent, ordersAgent, refundsAgent, techsupportAgent].map(({ prompt, offline }) => [prompt, offline] as const),
]);

/** Every subgraph of the platform. This is the only file of the gateway that knows them. */
export function makeSubgraphs({ conversation, commerce, db, clock, models, log }: Resources): Subgraph[] {
  const recordUse = ({ sessionId, turnId }: { sessionId?: string; turnId?: string }, use: ModelUse) =>
    log.info({ sessionId, turnId, ...use }, 'model called');
  const matchCustomer = async (claim: CustomerClaim) => {
    const identified = await commerce.customers.identify(claim);
    return identified.ok ? { customerId: identified.value.id } : null;
  };
  const answering = { conversation, models, recordUse, log };
  return [
    faqSubgraph({ ...answering, db, clock }),
    handoffSubgraph({ conversation }),
    ordersSubgraph({ ...answering, commerce, clock }),
    refundsSubgraph({ ...answering, commerce, clock }),
    routerSubgraph(answering),
    sessionsSubgraph({ conversation, matchCustomer, db, clock }),
    techsupportSubgraph({ ...answering, db }),
  ];
}
