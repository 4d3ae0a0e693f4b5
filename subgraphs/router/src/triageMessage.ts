import type { Decision, PendingAction, Triage } from '@supportgraph/conversation';
import { answeredProposal, meantProposals } from './domain/plainAnswer.js';
import { agentOf } from './domain/triage.js';
import type { RouteMessage } from './routeMessage.js';

/**
 * Triages a turn: a plain yes or no decides on the one proposal that waits for it, and if several wait the customer is asked
 * which is meant; every other message is routed.
 */
export function triageMessage(routeMessage: RouteMessage): Triage {
  return async (job) => {
    const answer = answeredProposal(job.text, job.pending);
    // Who answers follows from the proposal.
    if (answer) return { ...byRule('a plain answer to what was proposed'), answer };
    const meant = meantProposals(job.text, job.pending);
    return meant.length > 0 ? askWhich(meant) : routeMessage(job);
  };
}

function byRule(reason: string): Decision {
  return { method: 'RULES', model: null, confidence: 1, reason, entities: [], latencyMs: 0, routes: [] };
}

/** The router's agent asks; what waits is found beside the message, because it is not in it. */
function askWhich(meant: readonly PendingAction[]): Decision {
  return {
    ...byRule('a plain answer while several proposals wait'),
    entities: meant.map(({ title }) => ({ name: 'proposal', value: title })),
    routes: [{ intent: 'UNKNOWN', agent: agentOf.UNKNOWN, confidence: 1, excerpt: null }],
  };
}
