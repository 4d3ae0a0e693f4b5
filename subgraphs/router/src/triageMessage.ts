import type { Decision, PendingAction, Triage } from '@supportgraph/conversation';
import { answeredProposal, meantProposals, plainAnswer } from './domain/plainAnswer.js';
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
    if (meant.length > 0) return askWhich(meant);
    const agrees = job.sessionStatus === 'WAITING_FOR_STAFF' && plainAnswer(job.text) === 'YES';
    return agrees ? sayWhoComes() : routeMessage(job);
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

/** Who is waited for is what is agreed to: the customer is told again, with the place in the queue. */
function sayWhoComes(): Decision {
  return {
    ...byRule('a plain yes while a person is waited for'),
    routes: [{ intent: 'HUMAN', agent: agentOf.HUMAN, confidence: 1, excerpt: null }],
  };
}
