import type { RouteJob } from './job.js';

/** A job, and whether its reply shows a card. */
export interface WatchedJob {
  job: RouteJob;
  /** Whether the customer was shown an order or a proposal in this turn. */
  readonly hasCard: boolean;
}

/** Makes a {@link WatchedJob} of a job. */
export function watchedJob(job: RouteJob): WatchedJob {
  const { writer } = job;
  let hasCard = false;
  return {
    get hasCard() {
      return hasCard;
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
          hasCard = true;
          writer.order(orderId);
        },
      },
      async propose(proposal) {
        const proposed = await job.propose(proposal);
        hasCard ||= proposed.ok;
        return proposed;
      },
    },
  };
}
