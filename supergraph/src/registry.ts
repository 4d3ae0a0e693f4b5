import type { ModelUse, OfflinePlaybook } from '@supportgraph/agent';
import type { Worker } from '@supportgraph/kernel';
import type { Subgraph } from '@supportgraph/subgraph';
import { faqAgent, faqSubgraph } from '@supportgraph/subgraph-faq';
import { handoffSubgraph } from '@supportgraph/subgraph-handoff';
import { ordersAgent, ordersSubgraph } from '@supportgraph/subgraph-orders';
import { refundsAgent, refundsSubgraph } from '@supportgraph/subgraph-refunds';
import { routerPlaybooks, routerSubgraph } from '@supportgraph/subgraph-router';
import { type CustomerClaim, sessionsSubgraph } from '@supportgraph/subgraph-sessions';
import { techsupportAgent, techsupportSubgraph } from '@supportgraph/subgraph-techsupport';
import type { Config } from './config.js';
import type { Resources } from './resources.js';

/** How the offline model plays each agent, by its prompt. */
export const playbooks: ReadonlyMap<string, OfflinePlaybook> = new Map([
  ...routerPlaybooks,
  ...[faqAgent, ordersAgent, refundsAgent, techsupportAgent].map(({ prompt, offline }) => [prompt, offline] as const),
]);

/** Every subgraph of the platform. This is the only file of the gateway that knows them. */
export function makeSubgraphs(resources: Resources, { rabbitMqUrl }: Pick<Config, 'rabbitMqUrl'>): Subgraph[] {
  const { conversation, commerce, payments, db, clock, models, log } = resources;
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
    withWorker(refundsSubgraph({ ...answering, commerce, clock }), () => commerce.refunds.work(payments)),
    routerSubgraph({ ...answering, db, clock }),
    sessionsSubgraph({ conversation, matchCustomer, db, clock, log, rabbitMqUrl }),
    techsupportSubgraph({ ...answering, db }),
  ];
}

/** A subgraph with one more thing to do wherever it is hosted. */
function withWorker(subgraph: Subgraph, worker: Worker): Subgraph {
  return { ...subgraph, workers: [...(subgraph.workers ?? []), worker] };
}
