import type { ModelUse, OfflinePlaybook } from '@supportgraph/agent';
import { displayNameOf } from '@supportgraph/commerce';
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
    if (!identified.ok) return null;
    return { customerId: identified.value.id, displayName: displayNameOf(identified.value) };
  };
  const answering = { conversation, models, recordUse, log };
  return [
    faqSubgraph({ ...answering, db, clock }),
    handoffSubgraph({ conversation }),
    ordersSubgraph({ ...answering, commerce, clock }),
    refundsSubgraph({ ...answering, commerce, clock, payments }),
    routerSubgraph({ ...answering, db, clock }),
    sessionsSubgraph({ conversation, matchCustomer, db, clock, log, rabbitMqUrl }),
    techsupportSubgraph({ ...answering, db }),
  ];
}
