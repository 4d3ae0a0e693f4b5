import type { Triage } from '@supportgraph/conversation';
import { answeredProposal } from './domain/plainAnswer.js';
import type { RouteMessage } from './routeMessage.js';

/** Triages a turn: a plain yes or no decides on the one proposal that waits for it; every other message is routed. */
export function triageMessage(routeMessage: RouteMessage): Triage {
  return async (job) => {
    const answer = answeredProposal(job.text, job.pending);
    if (!answer) return routeMessage(job);
    return {
      ...{ method: 'RULES', model: null, confidence: 1, reason: 'a plain answer to what was proposed' },
      // Who answers follows from the proposal.
      ...{ entities: [], latencyMs: 0, routes: [], answer },
    };
  };
}
