import type { ModelAccess, OfflinePlaybook } from '@supportgraph/agent';
import { displayNameOf } from '@supportgraph/commerce';
import { audit } from '@supportgraph/data';
import { nobody } from '@supportgraph/kernel';
import type { Subgraph } from '@supportgraph/subgraph';
import { faqAgent, faqSubgraph } from '@supportgraph/subgraph-faq';
import { handoffSubgraph } from '@supportgraph/subgraph-handoff';
import { ordersAgent, ordersSubgraph } from '@supportgraph/subgraph-orders';
import { refundsAgent, refundsSubgraph } from '@supportgraph/subgraph-refunds';
import { openSpending, parseUsd, routerPlaybooks, routerSubgraph } from '@supportgraph/subgraph-router';
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
export function makeSubgraphs(
  resources: Resources,
  { rabbitMqUrl, shares }: Pick<Config, 'rabbitMqUrl' | 'shares'>,
): Subgraph[] {
  const { conversation, commerce, payments, db, clock, log } = resources;
  const nano = (usd: string | undefined) => (usd === undefined ? null : parseUsd(usd));
  const limits = { sessionNanoUsd: nano(shares.sessionUsd), customerNanoUsd: nano(shares.customerDayUsd) };
  const { record: recordUse, recordSaved, allow } = openSpending({ db, clock, log, limits });
  const linkHosts = async () => (await commerce.shop.read()).linkHosts;
  const models = { ...resources.models, allow, linkHosts, onDenied: auditDenials(resources) };
  const matchCustomer = async (claim: CustomerClaim) => {
    const identified = await commerce.customers.identify(claim);
    if (!identified.ok) return null;
    return { customerId: identified.value.id, displayName: displayNameOf(identified.value) };
  };
  const findCustomer = async (customerId: string) => {
    // Asked in the customer's own name: who names customers may not see all of them.
    const customer = await commerce.customers.find({ ...nobody, role: 'CUSTOMER', customerId }, customerId);
    return customer && { customerId, displayName: displayNameOf(customer) };
  };
  const answering = { conversation, models, recordUse, log };
  return [
    faqSubgraph({ ...answering, commerce, db, clock }),
    handoffSubgraph({ conversation }),
    ordersSubgraph({ ...answering, commerce, clock }),
    refundsSubgraph({ ...answering, commerce, clock, payments }),
    routerSubgraph({ ...answering, recordSaved, db, clock }),
    sessionsSubgraph({ conversation, matchCustomer, findCustomer, db, clock, log, rabbitMqUrl }),
    techsupportSubgraph({ ...answering, db }),
  ];
}

/** Keeps in the audit what agents were kept from. */
export function auditDenials({ db, clock }: Pick<Resources, 'db' | 'clock'>): NonNullable<ModelAccess['onDenied']> {
  return ({ sessionId, turnId, agent, action, tool, why }) =>
    db.transaction((tx) => {
      const deed = { viewer: nobody, actorName: agent, action, subjectId: turnId, sessionId };
      return audit(tx, { ...deed, outcome: 'DENIED', code: why, changes: { tool: tool ?? null } }, clock());
    });
}
