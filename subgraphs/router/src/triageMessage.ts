import type { Decision, PendingAction, Triage } from '@supportgraph/conversation';
import { answeredProposal, meantProposals } from './domain/plainAnswer.js';
import { agentOf } from './domain/triage.js';
import type { RouteMessage } from './routeMessage.js';

/**
 * Triages a turn: a plain yes or no decides on the one proposal that it was asked for; if several wait, or it was asked for
 * earlier, the customer is asked which is meant; every other message is routed.
 */
export function triageMessage(routeMessage: RouteMessage): Triage {
  return async (job) => {
    const answer = answeredProposal(job.text, job.pending, job.history);
    // Who answers follows from the proposal.
    if (answer) return { ...byRule('a plain answer to what was proposed'), answer };
    const meant = meantProposals(job.text, job.pending, job.history);
    return meant.length > 0 ? askWhich(meant) : routeMessage(job);
  };
}

function byRule(reason: string): Decision {
  return { method: 'RULES', model: null, confidence: 1, reason, entities: [], latencyMs: 0, routes: [] };
}

/** The router's agent asks; what waits is found beside the message, because it is not in it. */
function askWhich(meant: readonly PendingAction[]): Decision {
  return {
    ...byRule('a plain answer that may mean several things'),
    entities: meant.map(({ title }) => ({ name: 'proposal', value: title })),
    routes: [{ intent: 'UNKNOWN', agent: agentOf.UNKNOWN, confidence: 1, excerpt: null }],
  };
}
