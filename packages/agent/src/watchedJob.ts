import type { RouteJob } from './job.js';

/** A job, and what its reply shows. */
export interface WatchedJob {
  job: RouteJob;
  /** Whether the customer was shown an order or a proposal in this turn. */
  readonly hasCard: boolean;
  /** Whether something was proposed in this turn. */
  readonly hasProposal: boolean;
}

/** Makes a {@link WatchedJob} of a job. */
export function watchedJob(job: RouteJob): WatchedJob {
  const { writer } = job;
  let hasOrder = false;
  let hasProposal = false;
  return {
    get hasCard() {
      return hasOrder || hasProposal;
    },
    get hasProposal() {
      return hasProposal;
    },
    job: {
      ...job,
      writer: {
        text: (delta) => writer.text(delta),
        cite: (citation) => writer.cite(citation),
        toolStarted: (call) => writer.toolStarted(call),
        toolFinished: (id, outcome) => writer.toolFinished(id, outcome),
        flush: () => writer.flush(),
        order(orderId) {
          hasOrder = true;
          writer.order(orderId);
        },
      },
      async propose(proposal) {
        const proposed = await job.propose(proposal);
        hasProposal ||= proposed.ok;
        return proposed;
      },
    },
  };
}
