import type { Result } from '@supportgraph/kernel';
import type { Deps } from '../deps.js';
import type { NewProposal, RouteJob } from '../job.js';
import { propose } from '../proposals/propose.js';
import { tellProposal } from '../proposals/tellProposal.js';
import type { ProposalRecord } from '../records.js';
import type { Fence } from '../stream/eventLog.js';
import type { ClaimedRoute } from './claimRoutes.js';
import type { RouteWriter } from './routeWriter.js';

/** Makes the function by which the agent of a route proposes; `onLost`: another worker has the route. */
export function proposer(
  deps: Deps,
  route: ClaimedRoute,
  writer: RouteWriter,
  fences: readonly Fence[],
  onLost: () => void,
): RouteJob['propose'] {
  const shown = new Set<string>();
  /** One after the other, as tools may run side by side. */
  let last: Promise<unknown> = Promise.resolve();

  async function proposeNow(proposal: NewProposal): Promise<Result<ProposalRecord>> {
    const made = await propose(deps, route, proposal, route.context.language);
    if (!made) {
      onLost();
      throw new Error('The route is lost.');
    }
    if (made.ok && !shown.has(made.value.id)) {
      shown.add(made.value.id);
      writer.action(made.value.id);
      await tellProposal(deps, made.value, fences);
    }
    return made;
  }

  return (proposal) => {
    const next = last.then(() => proposeNow(proposal));
    last = next.catch(() => {});
    return next;
  };
}
